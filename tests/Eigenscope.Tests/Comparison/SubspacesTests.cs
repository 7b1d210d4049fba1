using Eigenscope.Comparison;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Comparison;

public sealed class SubspacesTests
{
    private static readonly double[] X = [1, 0, 0, 0];
    private static readonly double[] Y = [0, 1, 0, 0];
    private static readonly double[] Z = [0, 0, 1, 0];

    /// <summary>One direction in common, and the other turned by an angle, down to angles whose cosine is 1 in float64.</summary>
    [Theory]
    [InlineData(Math.PI / 2)]
    [InlineData(1)]
    [InlineData(0.1)]
    [InlineData(1e-6)]
    [InlineData(1e-10)]
    [InlineData(0)]
    public void An_angle_is_found_however_small(double angle)
    {
        var subspaces = Subspaces.Of([X, Y], [[0, Math.Cos(angle), Math.Sin(angle), 0], X]);
        Assert.Equal(1, subspaces.Cosines[0], 1e-15);
        Assert.InRange(subspaces.Angles[0], 0, 1e-15);
        Assert.Equal(angle, subspaces.Angles[1], 1e-15);
        Assert.Equal(angle, subspaces.GrassmannDistance, 1e-15);
        Assert.Equal(Math.Sin(angle), subspaces.ChordalDistance, 1e-15);
        Assert.Equal((1 + Math.Pow(Math.Cos(angle), 2)) / 2, subspaces.Overlap, 1e-15);
        Assert.Equal(0.5, subspaces.ChanceOverlap);
    }

    [Fact]
    public void Disjoint_directions_have_no_overlap() => Assert.Equal((0.0, Math.PI / 2), (Subspaces.Of([X], [Z]).Overlap, Subspaces.Of([X], [Z]).Angles[0]));

    /// <summary>Random subspaces overlap by k / n on average; over 40 draws of 5 in 50 the mean has a standard error of about 0.002.</summary>
    [Fact]
    public void Random_subspaces_overlap_by_chance()
    {
        var draws = Enumerable.Range(0, 40).Select(draw => Subspaces.Of(Vectors(2 * draw), Vectors((2 * draw) + 1))).ToList();
        Assert.Equal(draws[0].ChanceOverlap, draws.Average(subspaces => subspaces.Overlap), 0.01);
    }

    [Fact]
    public void Subspaces_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Subspaces.Of([X, Y], [Z]));
        Assert.Throws<ArgumentException>(() => Subspaces.Of([X], [[1, 0]]));
        Assert.Throws<ArgumentException>(() => Subspaces.Of([], []));
    }

    /// <summary>W = U S V^T, for tall, wide and square matrices: the leading triplets rebuild a matrix of their rank.</summary>
    [Theory]
    [InlineData(30, 12)]
    [InlineData(12, 30)]
    [InlineData(20, 20)]
    public void Leading_vectors_rebuild_a_matrix_of_low_rank(int rows, int columns)
    {
        var w = MatrixProduct.Of(Normal(rows, 4, 1), Normal(4, columns, 2), cancellation: TestContext.Current.CancellationToken);
        var leading = LeadingVectors.Of(w, 6, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(4, leading.SingularValues.Count);
        var scale = leading.SingularValues[0];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                Assert.Equal(w[i, j], leading.SingularValues.Select((sigma, k) => sigma * leading.Left[k][i] * leading.Right[k][j]).Sum(), 1e-13 * scale);
            }
        }
    }

    [Fact]
    public void Nothing_leads_in_a_matrix_of_zeros() => Assert.Empty(LeadingVectors.Of(new DenseMatrix(3, 2, new double[6]), 2, cancellation: TestContext.Current.CancellationToken).SingularValues);

    private static IReadOnlyList<double[]> Vectors(int seed) => LeadingVectors.Of(Normal(50, 5, 100 + seed), 5).Left;

    private static DenseMatrix Normal(int rows, int columns, int seed) => new(rows, columns, [.. new Draws(seed).Normals(rows * columns)]);
}
