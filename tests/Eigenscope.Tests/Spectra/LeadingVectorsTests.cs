using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

public sealed class LeadingVectorsTests
{
    [Fact]
    public void Are_singular_vectors_of_any_matrix() => Property.Holds(Shape.Any, shape => shape.Simpler(), 40, shape => Require(Matrices.Normal(shape.Rows, shape.Columns, shape.Seed), 12));

    [Theory]
    [InlineData(130, 97)]
    [InlineData(97, 130)]
    [InlineData(600, 50)]
    [InlineData(50, 600)]
    [InlineData(96, 96)]
    public void Are_singular_vectors_of_tall_and_wide_matrices(int rows, int columns) => Require(Matrices.Normal(rows, columns, rows), 30);

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e-60)]
    [InlineData(1e60)]
    [InlineData(1e150)]
    public void Are_singular_vectors_at_every_scale(double scale)
    {
        Require(Matrices.Normal(40, 30, 1).Times(scale), 10);
        Require(Matrices.Normal(30, 40, 1).Times(scale), 10);
    }

    [Fact]
    public void Come_with_the_spectrum_that_there_is_without_them()
    {
        foreach (var (rows, columns) in new[] { (1, 1), (1, 9), (30, 70), (170, 130) })
        {
            var w = Matrices.Normal(rows, columns, rows);
            using var execution = new Execution(TileKernel.Best, 2, TestContext.Current.CancellationToken);
            var expected = Spectrum.OfGram(w, execution);
            var (spectrum, vectors) = Spectrum.OfGramWithVectors(w, 7, 2, TestContext.Current.CancellationToken);
            Assert.Equal(expected.SingularValues, spectrum.SingularValues);
            Assert.Equal(expected.Eigenvalues, spectrum.Eigenvalues);
            Assert.Equal((expected.Floor, expected.Route), (spectrum.Floor, spectrum.Route));
            Assert.Equal(Math.Min(7, Math.Min(rows, columns)), vectors.SingularValues.Count);
        }
    }

    /// <summary>Of four equal values, two zeros, and one too small to have a direction.</summary>
    [Theory]
    [InlineData(30, 20)]
    [InlineData(20, 30)]
    public void There_are_no_more_than_directions_that_are_known(int rows, int columns)
    {
        double[] sigma = [3, 3, 3, 3, 1, 1e-9, .. new double[14]];
        var leading = Require(Matrices.WithSingularValues(rows, columns, sigma, seed: 2), 20);
        Assert.Equal(5, leading.SingularValues.Count);
        Assert.Equal([3, 3, 3, 3, 1], leading.SingularValues.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void Have_the_same_bits_in_every_width_and_on_any_number_of_threads()
    {
        var w = Matrices.Normal(600, 110, 4);
        var expected = Numbers(w, 1, 1);
        foreach (var (lanes, threads) in new[] { (2, 1), (4, 1), (8, 1), (8, 2), (8, 3) })
        {
            Assert.Equal(expected, Numbers(w, lanes, threads));
        }
    }

    [Fact]
    public void At_least_one_is_asked_for() => Assert.Throws<ArgumentOutOfRangeException>(() => LeadingVectors.Of(Matrices.Diagonal(1, 2), 0, cancellation: TestContext.Current.CancellationToken));

    [Fact]
    public void Stop_when_told_to() => Assert.ThrowsAny<OperationCanceledException>(() => LeadingVectors.Of(Matrices.Normal(60, 50, 1), 5, 2, new CancellationToken(canceled: true)));

    [Fact]
    public void Name_the_first_element_that_is_not_finite() => Assert.Throws<NonFiniteElementException>(
        () => LeadingVectors.Of(Matrices.Normal(60, 50, 1).With(3, 4, double.NaN), 5, cancellation: TestContext.Current.CancellationToken));

    private static double[] Numbers(DenseMatrix w, int lanes, int threads)
    {
        using var execution = new Execution(TileKernel.OfLanes(lanes), threads, CancellationToken.None);
        var leading = LeadingVectors.Of(w, 30, execution);
        return [.. leading.SingularValues, .. leading.Left.SelectMany(u => u), .. leading.Right.SelectMany(v => v)];
    }

    /// <summary>W v = sigma u and W^T u = sigma v; v is orthogonal to eps, u to eps times the square of sigma_max / sigma.</summary>
    private static LeadingVectors Require(DenseMatrix w, int count)
    {
        var leading = LeadingVectors.Of(w, count, cancellation: TestContext.Current.CancellationToken);
        var (sigma, largest) = (leading.SingularValues, leading.SingularValues[0]);
        var allowed = 16 * Accuracy.Epsilon * (Math.Sqrt(Math.Max(w.Rows, w.Columns)) + 4);
        var transposed = w.Transposed();
        Assert.Equal(sigma.OrderDescending(), sigma);
        for (var k = 0; k < sigma.Count; k++)
        {
            var (u, v, ratio) = (leading.Left[k], leading.Right[k], largest / sigma[k]);
            Assert.All(w.Times(v), (image, i) => Assert.Equal(sigma[k] * u[i] / largest, image / largest, allowed * ratio));
            Assert.All(transposed.Times(u), (image, i) => Assert.Equal(sigma[k] * v[i] / largest, image / largest, allowed * ratio));
            Assert.All(Enumerable.Range(0, k + 1), l =>
            {
                Assert.Equal(k == l ? 1 : 0, Dot(u, leading.Left[l]), allowed * ratio * ratio);
                Assert.Equal(k == l ? 1 : 0, Dot(v, leading.Right[l]), allowed * ratio * ratio);
            });
        }

        return leading;
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
