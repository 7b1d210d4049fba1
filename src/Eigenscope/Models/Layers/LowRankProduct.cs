using Eigenscope.LinearAlgebra;

namespace Eigenscope.Models.Layers;

/// <summary>
/// What an adapter adds to a weight, s B A with B of r columns and A of r rows: seen as the r x r matrix s R_B R_A^T, which has the same singular values and is all that is computed.
/// </summary>
internal sealed class LowRankProduct : IMatrix
{
    private readonly Lazy<DenseMatrix> core;
    private readonly Lazy<(DenseMatrix Up, DenseMatrix Down)> factors;

    /// <param name="down">A, [r, inputs...].</param>
    /// <param name="up">B, [outputs, r, ...].</param>
    /// <param name="scale">s.</param>
    public LowRankProduct(Tensor down, Tensor up, double scale)
    {
        Rank = checked((int)down.Shape[0]);
        Inputs = checked((int)(down.Count / Rank));
        Outputs = checked((int)up.Shape[0]);
        Scale = scale;
        Tensors = [down, up];
        core = new(() => Core(down, up, scale));
        factors = new(() => (new DenseMatrix(Outputs, Rank, Elements(up, 0, checked(Outputs * Rank))), new DenseMatrix(Rank, Inputs, Elements(down, 0, checked(Rank * Inputs)))));
    }

    /// <summary>A and B as they are stored.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>s.</summary>
    public double Scale { get; }

    /// <summary>s B A itself, outputs by inputs; the factors are held.</summary>
    public IMatrix Whole => new FactorProduct(factors.Value.Up, factors.Value.Down, Scale);

    /// <summary>B, outputs by r, A, r by inputs, and s; held from the first time on.</summary>
    public (DenseMatrix Up, DenseMatrix Down, double Scale) Factors => (factors.Value.Up, factors.Value.Down, Scale);

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>Columns of the weight that it is added to.</summary>
    public int Inputs { get; }

    /// <summary>Rows of the weight that it is added to.</summary>
    public int Outputs { get; }

    /// <inheritdoc/>
    public int Rows => Rank;

    /// <inheritdoc/>
    public int Columns => Rank;

    /// <summary>True where two tensors are the factors of a product.</summary>
    public static bool Fit(Tensor down, Tensor up) =>
        down.Shape.Count >= 2 && up.Shape.Count >= 2 && down.Count > 0 && up.Count > 0 && down.Shape[0] == up.Shape[1] && up.Shape.Skip(2).All(size => size == 1)
        && down.Shape[0] <= 4096 && down.Count / down.Shape[0] <= int.MaxValue && up.Shape[0] <= int.MaxValue
        && down.Strides.SequenceEqual(Tensor.RowMajor(down.Shape)) && up.Strides.SequenceEqual(Tensor.RowMajor(up.Shape));

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride) => core.Value.Read(row, column, rowCount, columnCount, tile, stride);

    private DenseMatrix Core(Tensor down, Tensor up, double scale)
    {
        double[][] a = [.. Enumerable.Range(0, Rank).Select(k => Elements(down, k * (long)Inputs, Inputs))];
        var rows = Elements(up, 0, checked(Outputs * Rank));
        double[][] b = [.. Enumerable.Range(0, Rank).Select(k => Enumerable.Range(0, Outputs).Select(i => rows[(i * Rank) + k]).ToArray())];
        double[,] rb = ThinQr.Factor(b), ra = ThinQr.Factor(a);
        var values = new double[Rank * Rank];
        for (var i = 0; i < Rank; i++)
        {
            for (var j = 0; j < Rank; j++)
            {
                values[(i * Rank) + j] = scale * Enumerable.Range(0, Rank).Sum(k => rb[i, k] * ra[j, k]);
            }
        }

        return new DenseMatrix(Rank, Rank, values);
    }

    private static double[] Elements(Tensor tensor, long first, int count)
    {
        var values = new double[count];
        tensor.Read(first, values);
        return values;
    }
}
