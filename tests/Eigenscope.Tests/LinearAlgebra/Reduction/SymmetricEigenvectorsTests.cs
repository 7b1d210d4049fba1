using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class SymmetricEigenvectorsTests
{
    /// <summary>n eps of the norm, with a factor for the constants of Householder's and QL's error bounds.</summary>
    private const double Factor = 20 * 2.220446049250313e-16;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(7, 7)]
    [InlineData(8, 20)]
    [InlineData(9, 9)]
    [InlineData(25, 40)]
    [InlineData(64, 64)]
    [InlineData(130, 200)]
    public void Satisfy_their_equation_and_are_orthogonal(int n, int rows) => Require(Matrices.Normal(rows, n, seed: n + rows));

    /// <summary>Equal eigenvalues, zeros, one direction, values far apart.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Do_so_for_degenerate_matrices(int which)
    {
        double[][] sigma = [[.. Enumerable.Repeat(1.0, 24)], [.. Enumerable.Repeat(0.0, 12), .. Enumerable.Repeat(2.0, 12)], [5, .. Enumerable.Repeat(0.0, 23)], [.. Enumerable.Range(0, 24).Select(k => Math.Pow(10, -k / 4.0))]];
        Require(Matrices.WithSingularValues(30, 24, sigma[which], seed: 3));
    }

    [Fact]
    public void A_diagonal_matrix_has_the_unit_vectors()
    {
        using var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        using var gram = ScaledGram.Of(Matrices.Diagonal(3, 1, 2), execution);
        using var vectors = SymmetricEigenvectors.Of(gram.Matrix, TestContext.Current.CancellationToken);
        Assert.Equal([1, 4, 9], vectors.Values);
        Assert.Equal([0, 1, 0], vectors.Vector(0).ToArray().Select(Math.Abs));
    }

    private static void Require(DenseMatrix w)
    {
        using var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        using var gram = ScaledGram.Of(w, execution);
        using var vectors = SymmetricEigenvectors.Of(gram.Matrix, TestContext.Current.CancellationToken);
        var n = gram.Matrix.Order;
        var allowed = Factor * n * Math.Max(vectors.Values[^1], 1e-300);
        Assert.Equal(vectors.Values.Order(), vectors.Values);
        for (var k = 0; k < n; k++)
        {
            var v = vectors.Vector(k).ToArray();
            for (var i = 0; i < n; i++)
            {
                var product = Enumerable.Range(0, n).Sum(j => (j <= i ? gram.Matrix[i, j] : gram.Matrix[j, i]) * v[j]);
                Assert.InRange(Math.Abs(product - (vectors.Values[k] * v[i])), 0, allowed);
            }

            for (var l = 0; l <= k; l++)
            {
                var dot = v.Zip(vectors.Vector(l).ToArray(), (a, b) => a * b).Sum();
                Assert.InRange(Math.Abs(dot - (k == l ? 1 : 0)), 0, Factor * n);
            }
        }
    }
}
