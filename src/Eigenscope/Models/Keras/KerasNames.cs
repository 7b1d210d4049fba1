using System.Globalization;

namespace Eigenscope.Models.Keras;

/// <summary>
/// From the path of a dataset to the name of a tensor. Keras 1 and 2 name each parameter (<c>dense/dense/kernel:0</c>), below <c>model_weights</c> in a whole model.
/// Keras 3 numbers them (<c>layers/dense/vars/0</c>): there the class of the layer, by which Keras names groups, tells the parameter.
/// </summary>
internal static class KerasNames
{
    private const string WholeModel = "model_weights/";
    private const string Variables = "vars";
    private const string Kernel = "kernel";

    private static readonly string[] Optimizers = ["optimizer_weights", "optimizer"];

    /// <summary>The parameters of a layer in the order of their numbers, by the words that end the name of its group without its number.</summary>
    private static readonly (string Layer, string[] Parameters)[] Layers =
    [
        ("batch_normalization", ["gamma", "beta", "moving_mean", "moving_variance"]),
        ("normalization", ["gamma", "beta"]),
        ("position_embedding", ["embeddings"]),
        ("embedding", ["embeddings"]),
        ("cell", [Kernel, "recurrent_kernel", "bias"]),
        ("separable_conv1d", ["depthwise_kernel", "pointwise_kernel", "bias"]),
        ("separable_conv2d", ["depthwise_kernel", "pointwise_kernel", "bias"]),
        ("depthwise_conv1d", ["depthwise_kernel", "bias"]),
        ("depthwise_conv2d", ["depthwise_kernel", "bias"]),
        ("p_re_lu", ["alpha"]),
        ("dense", [Kernel, "bias"]),
        ("conv1d", [Kernel, "bias"]),
        ("conv2d", [Kernel, "bias"]),
        ("conv3d", [Kernel, "bias"]),
        ("transpose", [Kernel, "bias"]),
    ];

    /// <summary>True for the groups of an optimizer's state, which is no weight.</summary>
    public static bool IsOptimizer(string path) => Optimizers.Contains(path);

    /// <summary>The name of the tensor at a path.</summary>
    /// <param name="path">Without a leading slash.</param>
    /// <param name="rank">The number of axes.</param>
    public static string Of(string path, int rank)
    {
        var name = path.StartsWith(WholeModel, StringComparison.Ordinal) ? path[WholeModel.Length..] : path;
        return name.Split('/') is [.. var module, Variables, var index] && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Parameter(module, number, rank) is { } parameter ? string.Join('/', [.. module, parameter]) : name
            : name;
    }

    /// <summary>A layer of another class has a kernel where its first variable has two axes or more; its others keep their numbers.</summary>
    private static string? Parameter(string[] module, int number, int rank)
    {
        var layer = module.Length == 0 ? "" : WithoutNumber(module[^1]);
        var parameters = Array.Find(Layers, row => EndsWith(layer, row.Layer)).Parameters ?? (rank >= 2 ? [Kernel] : []);
        return number < parameters.Length ? parameters[number] : null;
    }

    private static bool EndsWith(string layer, string words) =>
        layer.EndsWith(words, StringComparison.Ordinal) && (layer.Length == words.Length || layer[^(words.Length + 1)] == '_');

    /// <summary>Takes off the number that tells layers of one class apart: <c>dense_3</c> is of the class <c>dense</c>.</summary>
    private static string WithoutNumber(string layer)
    {
        var cut = layer.LastIndexOf('_');
        return cut > 0 && cut < layer.Length - 1 && !layer.AsSpan(cut + 1).ContainsAnyExceptInRange('0', '9') ? layer[..cut] : layer;
    }
}
