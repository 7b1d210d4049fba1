using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>The rows of a model that a command looks at, each with the reason why it is left as it is, where there is one.</summary>
internal static class ChosenLayers
{
    /// <summary>The wholes of a model's table: parts of a fused matrix are not worked on separately.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Which of them.</param>
    /// <param name="convolutions">How kernels become matrices.</param>
    /// <param name="withEmbeddings">Whether embeddings and unembeddings count where no layer is named.</param>
    /// <exception cref="MergeException">The model is quantised, or none of its layers is chosen.</exception>
    public static IReadOnlyList<(WeightMatrix Layer, string? Reason)> Of(Model model, ReshapingOptions options, ConvolutionMode convolutions, bool withEmbeddings)
    {
        RequirePlain(model);
        var rows = WeightTable.Of(model, new WeightTableOptions { Convolutions = convolutions, CompareValues = false }).Where(row => row.PartOf is null).Select(row => (row, Reason(row, options, withEmbeddings))).ToList();
        return rows.Exists(row => row.Item2 is null) ? rows
            : throw new MergeException($"{model.Path}: none of its layers is chosen; inspect lists their names{(withEmbeddings ? "" : ", and embeddings must be named by --layers or --role")}");
    }

    /// <summary>Throws where values are not stored one by one, so that they can neither be copied nor written.</summary>
    /// <exception cref="MergeException">They are not.</exception>
    public static void RequirePlain(Model model)
    {
        if (model.Tensors.FirstOrDefault(tensor => tensor.Quantization is not null || tensor.Type == DType.Complex128) is { } tensor)
        {
            throw new MergeException($"{model.Path}: tensor '{tensor.Name}' is stored as {tensor.TypeName}; weights that are stored number by number are wanted");
        }
    }

    private static string? Reason(WeightMatrix row, ReshapingOptions options, bool withEmbeddings) =>
        row.SkipReason ?? (row.Product is not null ? "the product of two factors, which are stored"
        : options.Filter.Reason(row) ?? (!withEmbeddings && !options.ChoosesLayers && row.Role is Role.Embedding or Role.PositionEmbedding or Role.Unembedding ? "an embedding, not named by --layers or --role"
        : Unwritable(row, options)));

    private static string? Unwritable(WeightMatrix row, ReshapingOptions options) =>
        Narrowing.Writes(options.Type ?? row.Tensor.Type) ? null : $"{row.Tensor.Type.Name()} is not written; --dtype gives another type";
}
