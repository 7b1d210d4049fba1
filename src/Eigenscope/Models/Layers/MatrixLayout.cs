namespace Eigenscope.Models.Layers;

/// <summary>Which axes of a tensor run down a matrix and which across. Axes of length 1 make no difference.</summary>
internal static class MatrixLayout
{
    /// <summary>The matrix of a tensor, or its matrices by kernel position.</summary>
    public static IReadOnlyList<TensorMatrix> Of(Tensor tensor, TensorDescription description, ConvolutionMode mode)
    {
        var rank = tensor.Shape.Count;
        var outputsLast = description.Orientation == Orientation.InOut;
        if (IsConvolution(description.Kind) && mode == ConvolutionMode.Slices)
        {
            return outputsLast ? Slices(tensor, rank - 2, rank - 1, ..(rank - 2)) : Slices(tensor, 0, 1, 2..);
        }

        // All axes but one are taken together: the outputs of a convolution and of attention stand alone, and so does the first long axis elsewhere.
        var outputsAlone = IsConvolution(description.Kind) || (description.Role == Role.AttentionOutput && rank > 2);
        var split = outputsAlone && outputsLast ? rank - 1 : FirstLongAxis(tensor) + 1;
        return [Matrix(tensor, Axes(..split, rank), Axes(split.., rank), new long[rank])];
    }

    /// <summary>One matrix for each index of the first axis.</summary>
    public static IEnumerable<TensorMatrix> Experts(Tensor tensor)
    {
        for (var e = 0L; e < tensor.Shape[0]; e++)
        {
            yield return Matrix(tensor, [1], [2], [e, 0, 0]);
        }
    }

    /// <summary>A contiguous part of a matrix along one of its two axes.</summary>
    public static TensorMatrix Part(Tensor tensor, FusedPart part)
    {
        var origin = new long[2];
        origin[part.Axis] = part.Start;
        var (rows, columns) = (new AxisGroup(tensor, 0), new AxisGroup(tensor, 1));
        return part.Axis == 0
            ? new TensorMatrix(tensor, rows, columns, origin, (int)part.Length, (int)columns.Count)
            : new TensorMatrix(tensor, rows, columns, origin, (int)rows.Count, (int)part.Length);
    }

    private static bool IsConvolution(string kind) => kind is LayerKind.Conv1d or LayerKind.Conv2d or LayerKind.Conv3d;

    private static List<TensorMatrix> Slices(Tensor tensor, int rowAxis, int columnAxis, Range window)
    {
        var positions = new AxisGroup(tensor, Axes(window, tensor.Shape.Count));
        var slices = new List<TensorMatrix>();
        for (var position = 0L; position < positions.Count; position++)
        {
            var origin = new long[tensor.Shape.Count];
            positions.Unravel(position, origin);
            slices.Add(Matrix(tensor, [rowAxis], [columnAxis], origin));
        }

        return slices;
    }

    private static TensorMatrix Matrix(Tensor tensor, int[] rowAxes, int[] columnAxes, long[] origin)
    {
        var (rows, columns) = (new AxisGroup(tensor, rowAxes), new AxisGroup(tensor, columnAxes));
        return new TensorMatrix(tensor, rows, columns, origin, checked((int)rows.Count), checked((int)columns.Count));
    }

    private static int FirstLongAxis(Tensor tensor) => Enumerable.Range(0, tensor.Shape.Count).First(axis => tensor.Shape[axis] > 1);

    private static int[] Axes(Range range, int rank) => [.. Enumerable.Range(0, rank).Take(range)];
}
