using System.Globalization;
using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>What of a layer's name and description should be equal in its counterpart.</summary>
internal static class LayerKeys
{
    /// <summary>Segments that wrap a whole model.</summary>
    private static readonly HashSet<string> Wrappers =
    [
        "module", "model", "_orig_mod", "base_model", "transformer", "backbone", "network", "net", "state_dict", "params", "variables", "language_model", "text_model", "bert", "roberta", "gpt_neox",
        "_model", "student", "teacher", "ema", "model_ema", "policy",
    ];

    /// <summary>Parts of names that tell apart layers of one role and block.</summary>
    private static readonly string[] Scopes = ["encoder", "decoder", "cross", "vision", "visual", "text", "audio", "shared_expert"];

    /// <summary>The layer's name.</summary>
    public static string Name(WeightMatrix layer) => layer.Name;

    /// <summary>The path of its module, joined as adapters join it, without what wraps the model; the parameter's own name only where a module has several.</summary>
    public static string Path(WeightMatrix layer)
    {
        var path = new TensorPath(layer.Tensor.Name);
        var segments = path.Module.ToArray().SkipWhile(Wrappers.Contains).Select(TensorPath.Unprefixed);
        return string.Join('_', layer.Role == Models.Layers.Role.Recurrent ? segments.Append(path.Leaf) : segments) + (layer.Product is null ? Suffix(layer) : "");
    }

    /// <summary>Role, block, and what else tells its kind apart; null where the role says too little.</summary>
    public static string? Role(WeightMatrix layer)
    {
        if (layer.Role is Models.Layers.Role.Other or Models.Layers.Role.Convolution or Models.Layers.Role.Recurrent)
        {
            return null;
        }

        var path = new TensorPath(layer.Tensor.Name);
        return string.Create(CultureInfo.InvariantCulture, $"{layer.Role}|{layer.Description.Block}|{ScopesOf(path)}|{string.Join(',', Experts(path, layer))}");
    }

    /// <summary>Role and shape, whichever way it is stored; in blocks, encoder and decoder are told apart.</summary>
    public static string Shape(WeightMatrix layer)
    {
        var path = new TensorPath(layer.Tensor.Name);
        var scopes = RelativeDepth.IsOfBlocks(layer) ? ScopesOf(path) : "";
        var parameter = layer.Role == Models.Layers.Role.Recurrent ? path.Leaf : "";
        return string.Create(CultureInfo.InvariantCulture, $"{layer.Role}|{Math.Max(layer.Rows, layer.Columns)}x{Math.Min(layer.Rows, layer.Columns)}|{scopes}|{parameter}{Suffix(layer)}");
    }

    private static string ScopesOf(TensorPath path) => string.Join(',', Scopes.Where(scope => Array.Exists(path.Segments, segment => segment.Contains(scope, StringComparison.Ordinal))));

    /// <summary>What a part or a matrix of a stack has behind the name of the tensor.</summary>
    private static string Suffix(WeightMatrix layer) => layer.Name.StartsWith(layer.Tensor.Name, StringComparison.Ordinal) ? layer.Name[layer.Tensor.Name.Length..] : "";

    /// <summary>The numbers of experts and heads: those behind <c>experts</c> in the path, and those in the suffix.</summary>
    private static IEnumerable<string> Experts(TensorPath path, WeightMatrix layer)
    {
        for (var i = 1; i < path.Segments.Length; i++)
        {
            if (path.Segments[i - 1] == "experts")
            {
                yield return path.Segments[i];
            }
        }

        foreach (var part in Suffix(layer).Split(':', StringSplitOptions.RemoveEmptyEntries).Where(part => part.Any(char.IsDigit)))
        {
            yield return part;
        }
    }
}
