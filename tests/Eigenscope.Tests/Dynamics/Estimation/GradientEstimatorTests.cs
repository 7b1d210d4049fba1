using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Estimation;

/// <summary>Estimators are held against noise of known make; Monte-Carlo bounds are five of the standard errors that the estimators state themselves, or that theory gives.</summary>
public sealed class GradientEstimatorTests
{
    private const double Errors = 5;

    [Fact]
    public void Two_batches_by_hand()
    {
        var c = GradientNoise.Variance([1, 2, 3], [2, 4, 3]);
        // Halves of squares are 0.5, 2 and 0: mean 5/6, and their sample variance over 3 is ((1/3)^2 + (7/6)^2 + (5/6)^2) / 2 / 3.
        Assert.Equal(5.0 / 6, c.Value, 1e-15);
        Assert.Equal(Math.Sqrt(((1.0 / 9) + (49.0 / 36) + (25.0 / 36)) / 6), c.StandardError, 1e-15);
    }

    [Fact]
    public void Two_batches_are_the_sample_variance_of_two()
    {
        var random = new Sampling(1);
        var (first, second) = (Normals(random, 100, 1), Normals(random, 100, 1));
        Assert.Equal(GradientNoise.Variance(first, second).Value, GradientNoise.Variance([first, second]).Value, 1e-14);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void The_variance_of_a_gradient_is_found_whatever_its_mean(int batches)
    {
        var random = new Sampling(2);
        var mean = Normals(random, 5000, 10);
        var c = GradientNoise.Variance([.. Enumerable.Range(0, batches).Select(_ => Sum(mean, Normals(random, 5000, 0.3)))]);
        Assert.InRange(c.Value, 0.09 - (Errors * c.StandardError), 0.09 + (Errors * c.StandardError));
        // The variance of a sample variance is 2 c^2 / (K - 1); the stated error carries one of a few percent itself.
        Assert.Equal(Math.Sqrt(2.0 / (batches - 1) / 5000) * 0.09, c.StandardError, 0.1 * c.StandardError);
    }

    [Fact]
    public void Equal_noise_in_all_directions_has_index_1_and_a_single_direction_n()
    {
        var random = new Sampling(3);
        var equal = AnisotropyIndex.Of([.. Enumerable.Range(0, 40).Select(_ => Normals(random, 200, 1))]);
        Assert.InRange(equal.Value, 1 - (Errors * equal.StandardError), 1 + (Errors * equal.StandardError));
        Assert.InRange(equal.StandardError, 0, 0.2);
        var direction = Normals(random, 200, 1);
        // All differences are multiples of one vector, so that both traces are products of the same numbers.
        var single = AnisotropyIndex.Of([.. Enumerable.Range(0, 40).Select(_ => random.Normal()).Select(x => Array.ConvertAll(direction, d => x * d))]);
        Assert.Equal(200, single.Value, 1e-9);
    }

    [Fact]
    public void Factors_of_noise_that_is_a_product_are_found()
    {
        var random = new Sampling(4);
        var (rows, columns) = (new[] { 4.0, 1, 1, 2 }, new[] { 0.5, 1.5, 1 });
        const int K = 4000;
        var factors = KroneckerFactors.Of([.. Enumerable.Range(0, K).Select(_ => new DenseMatrix(4, 3, [.. from l in rows from r in columns select Math.Sqrt(l * r) * random.Normal()]))]);
        Assert.Equal(2, factors.MeanVariance, Errors * 4 / Math.Sqrt(K));
        for (var i = 0; i < 4; i++)
        {
            // An element is a mean of K M products of normal numbers, of variance at most 2 L_ii L_jj max R / M.
            Assert.All(Enumerable.Range(0, 4), j => Assert.Equal(i == j ? rows[i] : 0, factors.Rows[i, j], Errors * Math.Sqrt(2 * rows[i] * rows[j] * 1.2 / (3 * K))));
        }

        Assert.All(Enumerable.Range(0, 3), j => Assert.Equal(columns[j], factors.Columns[j, j], Errors * columns[j] * Math.Sqrt(2 * 22.0 / 64 / K) * 2));
        // tr(L^2) N / (tr L)^2 = 22 * 4 / 64 and tr(R^2) M / (tr R)^2 = 3.5 * 3 / 9.
        Assert.Equal(22.0 * 4 / 64 * 3.5 / 3, factors.Anisotropy, 0.05);
    }

    [Fact]
    public void Projections_by_hand()
    {
        var x = new DenseMatrix(2, 2, [1, 2, 3, 4]);
        Assert.Equal([2.0, 3], ModeProjection.Of(x, [[1, 0], [0, 1]], [[0, 1], [1, 0]]));
        Assert.Equal([2.0], ModeProjection.Variances([x, new DenseMatrix(2, 2, [3, 2, 3, 4])], [[1, 0]], [[1, 0]]));
    }

    [Fact]
    public void Noise_that_grows_with_lambda_is_told_from_noise_that_does_not()
    {
        var random = new Sampling(5);
        double[] lambda = [.. Enumerable.Range(1, 60).Select(k => 0.1 * k)];
        const int K = 33;
        var growing = MultiplicativeNoise.Of(lambda, [.. lambda.Select(x => (0.5 + (0.8 * x)) * 2 * random.Gamma((K - 1) / 2.0) / (K - 1))]).Fit!;
        Assert.InRange(growing.Slope.Value, 0.8 - (Errors * growing.Slope.StandardError), 0.8 + (Errors * growing.Slope.StandardError));
        Assert.InRange(growing.Additive.Value, 0.5 - (Errors * growing.Additive.StandardError), 0.5 + (Errors * growing.Additive.StandardError));
        Assert.True(growing.Z > 5);
        Assert.Equal(1.5 + (0.3 / growing.Slope.Value), growing.TailExponent(0.3).Value, 1e-14);
        Assert.Equal(growing.Slope.Value, growing.Kappa * growing.Kappa, 1e-14);
        var constant = MultiplicativeNoise.Of(lambda, [.. lambda.Select(_ => 2 * random.Gamma((K - 1) / 2.0) / (K - 1))]).Fit!;
        Assert.InRange(Math.Abs(constant.Z), 0, 4);
    }

    [Fact]
    public void A_line_is_found_exactly()
    {
        var fit = MultiplicativeNoise.Of([1, 2, 5, 9], [3, 5, 11, 19]).Fit!;
        Assert.Equal((1.0, 2.0), (fit.Additive.Value, fit.Slope.Value), new Near(1e-12));
        Assert.InRange(fit.Slope.StandardError, 0, 1e-12);
        Assert.Null(MultiplicativeNoise.Of([1, 1, 1, 1], [3, 5, 11, 19]).Fit);
        Assert.Null(MultiplicativeNoise.Of([1, 2], [3, 5]).Fit);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        Assert.Throws<ArgumentException>(() => GradientNoise.Variance([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => GradientNoise.Variance([[1.0, 2]]));
        Assert.Throws<ArgumentException>(() => AnisotropyIndex.Of([[1.0], [1], [1]]));
        Assert.Throws<ArgumentException>(() => AnisotropyIndex.Of([[1.0], [1], [1], [1]]));
        Assert.Throws<ArgumentException>(() => KroneckerFactors.Of([new DenseMatrix(1, 2, [1, 2]), new DenseMatrix(2, 1, [1, 2])]));
        Assert.Throws<ArgumentException>(() => ModeProjection.Of(new DenseMatrix(2, 1, [1, 2]), [[1.0]], [[1.0]]));
    }

    private static double[] Normals(Sampling random, int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];

    private static double[] Sum(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];

    private sealed class Near(double tolerance) : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) <= tolerance && Math.Abs(x.Item2 - y.Item2) <= tolerance;

        public int GetHashCode((double, double) obj) => 0;
    }
}
