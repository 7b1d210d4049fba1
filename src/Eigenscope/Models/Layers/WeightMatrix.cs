using Eigenscope.LinearAlgebra;

namespace Eigenscope.Models.Layers;

/// <summary>
/// One row of a model's table of layers: a tensor seen as a matrix (or as several, for a convolution by kernel position), or a tensor
/// that is no weight matrix, with the reason.
/// </summary>
public sealed record WeightMatrix
{
    /// <summary>The position in the model's table, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>The full path of the tensor, with <c>:q</c> and the like after it for a part.</summary>
    public required string Name { get; init; }

    /// <summary>The tensor that holds it.</summary>
    public required Tensor Tensor { get; init; }

    /// <summary>What the name and shape say.</summary>
    public required TensorDescription Description { get; init; }

    /// <summary>What it does in the network; for a part, what the part does.</summary>
    public required Role Role { get; init; }

    /// <summary>The name of the fused matrix that this is a part of; null for a whole.</summary>
    public string? PartOf { get; init; }

    /// <summary>Why it is not analysed; null where it is.</summary>
    public string? SkipReason { get; init; }

    /// <summary>The number of rows of each matrix as stored; 0 where there is none.</summary>
    public int Rows => product?.Outputs ?? kernel?.Outputs ?? replacement?.Rows ?? (slices.Count == 0 ? 0 : slices[0].Rows);

    /// <summary>The number of columns of each matrix as stored; 0 where there is none.</summary>
    public int Columns => product?.Inputs ?? kernel?.Inputs ?? replacement?.Columns ?? (slices.Count == 0 ? 0 : slices[0].Columns);

    /// <summary>The matrices: one, or one for each position of a convolution kernel; none where the tensor is skipped.</summary>
    public IReadOnlyList<IMatrix> Slices { get; private init; } = [];

    /// <summary>The number of kernel positions that its tensor was cut into; 1 where it was not.</summary>
    public int Positions { get; init; } = 1;

    /// <summary>The full index in the tensor of an element of one of the <see cref="Slices"/>, such as <c>[3, 17]</c>.</summary>
    public string IndexText(int slice, int row, int column) =>
        product is not null ? $"[{row}, {column}] of its core"
        : kernel is not null ? kernel.IndexText(row, column)
        : replacement is not null ? $"[{row}, {column}]"
        : slices[slice].IsColumnMajor ? slices[slice].IndexText(column, row) : slices[slice].IndexText(row, column);

    internal IReadOnlyList<TensorMatrix> Stored
    {
        init => (slices, Slices, Positions) = (value, [.. value.Select(slice => slice.IsColumnMajor ? slice.Transposed() : slice)], value.Count);
    }

    /// <summary>The product of an adapter's factors, in place of stored matrices: it has fewer singular values than its sides are long.</summary>
    internal LowRankProduct? Product
    {
        get => product;
        init => (product, Slices) = (value, value is null ? [] : [value]);
    }

    /// <summary>The kernel of a convolution that is analysed as an operator, whose matrices are made when they are needed; <see cref="Slices"/> holds its elements.</summary>
    internal ConvolutionKernel? Kernel
    {
        get => kernel;
        init => (kernel, Slices) = (value, value is null ? [] : [value.Elements]);
    }

    /// <summary>Another matrix in place of the stored ones, such as the difference of two layers; null where there is none.</summary>
    internal IMatrix? Replacement
    {
        get => replacement;
        init => (replacement, product, kernel, Slices) = (value, null, null, value is null ? [] : [value]);
    }

    /// <summary>True where the rows of its only matrix, as <see cref="Slices"/> has it, are outputs, false where they are inputs; null where nothing tells.</summary>
    internal bool? OutputsAreRows =>
        slices.Count != 1 ? null
        : Description.Convolution is { } axes ? axes.Outputs[0] == 0 != slices[0].IsColumnMajor
        : Description.Orientation == Orientation.Unknown ? null
        : Description.Orientation == Orientation.OutIn != slices[0].IsColumnMajor;

    private readonly IMatrix? replacement;
    private readonly LowRankProduct? product;
    private readonly ConvolutionKernel? kernel;
    private readonly IReadOnlyList<TensorMatrix> slices = [];
}
