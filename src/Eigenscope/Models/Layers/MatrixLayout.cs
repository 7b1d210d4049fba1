namespace Eigenscope.Models.Layers;

/// <summary>Which axes of a tensor run down a matrix and which across. Axes of length 1 make no difference.</summary>
internal static class MatrixLayout
{
    /// <summary>True for a tensor that holds several matrices [n, x, y], one behind the other: experts, or the directions of a recurrent layer.</summary>
    public static bool IsStack(IReadOnlyList<long> shape, string kind) =>
        shape.Count == 3 && (kind == LayerKind.Experts || (kind == LayerKind.Recurrent && shape[0] > 1));

    /// <summary>The sides of a tensor that is one matrix or a stack of them; null for convolutions and others.</summary>
    public static MatrixSides? SidesOf(IReadOnlyList<long> shape, TensorDescription description)
    {
        if (description.Kind is not (LayerKind.Dense or LayerKind.Recurrent or LayerKind.Experts) || description.SkipReason is not null)
        {
            return null;
        }

        var (rows, columns) = IsStack(shape, description.Kind) ? ([1], [2]) : RowsAndColumns(shape, description);
        return new(rows.Aggregate(1L, (product, axis) => product * shape[axis]), columns.Aggregate(1L, (product, axis) => product * shape[axis]));
    }

    /// <summary>The matrix of a tensor, or its matrices by kernel position.</summary>
    public static IReadOnlyList<TensorMatrix> Of(Tensor tensor, TensorDescription description, ConvolutionMode mode)
    {
        if (description.Convolution is { } convolution && mode == ConvolutionMode.Slices)
        {
            return Slices(tensor, convolution);
        }

        var (rows, columns) = RowsAndColumns(tensor.Shape, description);
        return [Matrix(tensor, rows, columns, new long[tensor.Shape.Count])];
    }

    /// <summary>The matrices of a stack.</summary>
    public static IEnumerable<TensorMatrix> Stack(Tensor tensor)
    {
        for (var i = 0L; i < tensor.Shape[0]; i++)
        {
            yield return Matrix(tensor, [1], [2], [i, 0, 0]);
        }
    }

    /// <summary>Some rows or columns of a matrix.</summary>
    public static TensorMatrix Part(TensorMatrix whole, FusedPart part) => part.Side == 0 ? whole.SelectRows(part.Indices) : whole.SelectColumns(part.Indices);

    /// <summary>All elements of a tensor, some axes down and the others across, whichever is stored first.</summary>
    public static TensorMatrix Kernel(Tensor tensor, int[] down, int[] across) => Matrix(tensor, down, across, new long[tensor.Shape.Count]);

    /// <summary>
    /// All axes but one are taken together: the outputs of a convolution and of attention stand alone, the vectors of a table of positions, and the first long axis elsewhere.
    /// </summary>
    private static (int[] Rows, int[] Columns) RowsAndColumns(IReadOnlyList<long> shape, TensorDescription description)
    {
        if (description.Convolution is { } axes)
        {
            int[] others = [.. Enumerable.Range(0, shape.Count).Except(axes.Outputs)];
            return axes.Outputs[0] == 0 ? (axes.Outputs, others) : (others, axes.Outputs);
        }

        var outputsAlone = shape.Count > 2 && shape[^1] > 1 && description is { Role: Role.AttentionOutput, Orientation: Orientation.InOut } or { Role: Role.PositionEmbedding };
        var split = outputsAlone ? shape.Count - 1 : FirstLongAxis(shape) + 1;
        return ([.. Enumerable.Range(0, split)], [.. Enumerable.Range(split, shape.Count - split)]);
    }

    private static List<TensorMatrix> Slices(Tensor tensor, ConvolutionAxes axes)
    {
        int[] channels = [.. Enumerable.Range(0, tensor.Shape.Count).Except(axes.Window)];
        var positions = new AxisGroup(tensor, axes.Window);
        var slices = new List<TensorMatrix>();
        for (var position = 0L; position < positions.Count; position++)
        {
            var origin = new long[tensor.Shape.Count];
            positions.Unravel(position, origin);
            slices.Add(Matrix(tensor, [channels[0]], [channels[1]], origin));
        }

        return slices;
    }

    private static TensorMatrix Matrix(Tensor tensor, int[] rowAxes, int[] columnAxes, long[] origin)
    {
        var (rows, columns) = (new AxisGroup(tensor, rowAxes), new AxisGroup(tensor, columnAxes));
        return new TensorMatrix(tensor, rows, columns, origin, checked((int)rows.Count), checked((int)columns.Count));
    }

    private static int FirstLongAxis(IReadOnlyList<long> shape) => Enumerable.Range(0, shape.Count).First(axis => shape[axis] > 1);
}
