using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Learning;

/// <summary>A singular value decomposition in float64, however it was found, and what must hold of it.</summary>
/// <param name="Values">sigma, descending, as many as the shorter side has.</param>
/// <param name="Left">u, one for each value.</param>
/// <param name="Right">v, one for each value.</param>
internal sealed record Decomposition(double[] Values, IReadOnlyList<double[]> Left, IReadOnlyList<double[]> Right)
{
    /// <summary>What rounding may cost, as a share of what is compared, for each number that is summed.</summary>
    public const double Rounding = 8 * 2.220446049250313e-16;

    /// <summary>The one that was worked by hand, its exact numbers rounded.</summary>
    public static Decomposition Of(HandDecomposition hand)
    {
        List<double[]> near = [.. hand.Triplets.Select(triplet => triplet.Near.Unit)];
        List<double[]> far = [.. hand.Triplets.Select(triplet => triplet.Far.Unit)];
        return new([.. hand.Triplets.Select(triplet => triplet.Eigenvalue.SingularValue)], hand.IsTall ? far : near, hand.IsTall ? near : far);
    }

    /// <summary>The one that the numerical solver finds; the first entry of each u (of v where W is tall) that is not about 0 is positive.</summary>
    public static Decomposition Of(DenseMatrix w)
    {
        using var execution = Execution.On(1, CancellationToken.None);
        var copy = new RowMajor(w.Rows, w.Columns);
        w.Read(0, 0, w.Rows, w.Columns, copy.Elements, w.Columns);
        var found = SingularVectors.Of(copy, execution);
        var (left, right) = (Enumerable.Range(0, found.Count).Select(k => found.Left.Row(k).ToArray()).ToList(), Enumerable.Range(0, found.Count).Select(k => found.Right.Row(k).ToArray()).ToList());
        foreach (var (u, v) in left.Zip(right).Where(pair => (w.Rows > w.Columns ? pair.Second : pair.First).FirstOrDefault(x => Math.Abs(x) > 1e-9) < 0))
        {
            Negate(u);
            Negate(v);
        }

        return new(found.Values, left, right);
    }

    /// <summary>U diag(sigma) V^T with the first values alone.</summary>
    public double[,] Product(int rank)
    {
        var product = new double[Left[0].Length, Right[0].Length];
        for (var k = 0; k < rank; k++)
        {
            for (var i = 0; i < product.GetLength(0); i++)
            {
                for (var j = 0; j < product.GetLength(1); j++)
                {
                    product[i, j] += Left[k][i] * Values[k] * Right[k][j];
                }
            }
        }

        return product;
    }

    /// <summary>The largest entry of |W - U diag(sigma) V^T|.</summary>
    public double ReconstructionError(DenseMatrix w)
    {
        var (product, error) = (Product(Values.Length), 0.0);
        for (var i = 0; i < w.Rows; i++)
        {
            for (var j = 0; j < w.Columns; j++)
            {
                error = Math.Max(error, Math.Abs(w[i, j] - product[i, j]));
            }
        }

        return error;
    }

    /// <summary>Adds what must hold of the decomposition of a matrix.</summary>
    public StepBuilder AddClaims(StepBuilder step, DenseMatrix w)
    {
        var (unit, scale) = (Rounding * Math.Max(w.Rows, w.Columns), Values[0]);
        var squares = Values.Sum(sigma => sigma * sigma);
        var norm = Enumerable.Range(0, w.Rows * w.Columns).Sum(k => w[k / w.Columns, k % w.Columns] * w[k / w.Columns, k % w.Columns]);
        return step
            .Require($"the columns of U have unit length and stand at right angles: UᵀU = I", Orthonormality(Left), unit)
            .Require($"so do those of V: VᵀV = I", Orthonormality(Right), unit)
            .Require($"every input direction goes to its output direction, as many times as long: W v = σ u", ImageError(w), unit * scale)
            .Require($"the squares of the singular values add up to the squares of all entries of W: {squares} and {norm}", Math.Abs(squares - norm), unit * norm)
            .Require($"U diag(σ) Vᵀ is W again", ReconstructionError(w), unit * scale);
    }

    /// <summary>The largest entry of |X^T X - I|.</summary>
    private static double Orthonormality(IReadOnlyList<double[]> vectors)
    {
        var error = 0.0;
        for (var i = 0; i < vectors.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                error = Math.Max(error, Math.Abs(vectors[i].Zip(vectors[j], (x, y) => x * y).Sum() - (i == j ? 1 : 0)));
            }
        }

        return error;
    }

    /// <summary>The largest entry of |W v - sigma u| over all triplets.</summary>
    public double ImageError(DenseMatrix w) =>
        Enumerable.Range(0, Values.Length).Max(k => Enumerable.Range(0, w.Rows).Max(i => Math.Abs(Enumerable.Range(0, w.Columns).Sum(j => w[i, j] * Right[k][j]) - (Values[k] * Left[k][i]))));

    private static void Negate(double[] vector)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = -vector[i];
        }
    }
}
