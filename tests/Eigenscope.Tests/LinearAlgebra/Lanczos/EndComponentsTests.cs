using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Lanczos;

/// <summary>Eigenvalues, and rows of the matrix of eigenvectors Y: what T = Y diag(theta) Y^T and Y Y^T = I say of them.</summary>
public sealed class EndComponentsTests
{
    private const int Width = Frame.Width;

    /// <summary>A few eps for each of at most 120 rows, relative to |T|, which is below 40.</summary>
    private const double Tolerance = 120 * 40 * 10 * 2.220446049250313e-16;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 1)]
    [InlineData(5, 0)]
    public void Of_a_random_matrix(int steps, double coupling)
    {
        var t = Random(steps, coupling);
        using var vectors = EndComponents.Of(t, CancellationToken.None);
        double[] theta = [.. vectors.Ascending.Select(vectors.Value)];
        Assert.Equal(theta.Order(), theta);
        Assert.Equal(Elements(t).Trace, theta.Sum(), Tolerance);
        Assert.Equal(Elements(t).Squares, theta.Sum(x => x * x), 40 * Tolerance);
        for (var i = 0; i < Width; i++)
        {
            for (var j = 0; j < Width; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Sum(vectors, k => vectors.First(k)[i] * vectors.First(k)[j]), Tolerance);
                Assert.Equal(steps == 1 && i == j ? 1 : 0, Sum(vectors, k => vectors.First(k)[i] * vectors.Last(k)[j]), Tolerance);
                Assert.Equal(t.Diagonal(0)[(i * Width) + j], Sum(vectors, k => vectors.Value(k) * vectors.First(k)[i] * vectors.First(k)[j]), Tolerance);
                Assert.Equal(t.Diagonal(steps - 1)[(i * Width) + j], Sum(vectors, k => vectors.Value(k) * vectors.Last(k)[i] * vectors.Last(k)[j]), Tolerance);
            }
        }
    }

    [Fact]
    public void Of_zero()
    {
        using var vectors = EndComponents.Of(new BlockTridiagonal(3), CancellationToken.None);
        Assert.All(vectors.Ascending, k => Assert.Equal(0, vectors.Value(k)));
    }

    private static double Sum(EndComponents vectors, Func<int, double> term) => vectors.Ascending.Sum(term);

    private static BlockTridiagonal Random(int steps, double coupling)
    {
        var (t, draws) = (new BlockTridiagonal(steps), new Draws(steps));
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < Width; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    t.Diagonal(step)[(i * Width) + j] = t.Diagonal(step)[(j * Width) + i] = draws.Normal();
                    t.Below(step)[(j * Width) + i] = coupling * draws.Normal();
                }
            }
        }

        return t;
    }

    private static (double Trace, double Squares) Elements(BlockTridiagonal t)
    {
        var rows = new double[t.Order * t.Order];
        t.CopyTo(rows, t.Order);
        return (Enumerable.Range(0, t.Order).Sum(i => rows[i * (t.Order + 1)]), rows.Sum(x => x * x));
    }
}
