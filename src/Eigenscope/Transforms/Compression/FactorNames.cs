using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>What the two factors of a tensor are called: <c>layer.svd_up.weight</c> and <c>layer.svd_down.weight</c> for <c>layer.weight</c>, and <c>table.svd_up</c> where a name has no parameter at its end.</summary>
internal static class FactorNames
{
    private const string Weight = ".weight";

    /// <summary>Why a layer cannot be stored as factors; null where it can.</summary>
    public static string? Refusal(WeightMatrix layer, int rank) =>
        TensorSlice.Whole(layer) is not { } matrix || (layer.Tensor.Shape.Count > 2 && layer.Tensor.Shape[0] != matrix.Rows) ? $"{layer.Tensor.ShapeText} is not one matrix with its rows along the first axis"
        : (long)rank * (matrix.Rows + matrix.Columns) >= (long)matrix.Rows * matrix.Columns ? $"factors of rank {rank} are {(long)rank * (matrix.Rows + matrix.Columns)} numbers, and the matrix is {(long)matrix.Rows * matrix.Columns}"
        : null;

    /// <summary>The name of the left factor, rows x r.</summary>
    public static string Up(string tensor) => Inserted(tensor, ".svd_up");

    /// <summary>The name of the right factor, r x columns.</summary>
    public static string Down(string tensor) => Inserted(tensor, ".svd_down");

    private static string Inserted(string tensor, string factor) =>
        tensor.EndsWith(Weight, StringComparison.Ordinal) ? string.Concat(tensor.AsSpan(0, tensor.Length - Weight.Length), factor, Weight) : tensor + factor;
}
