using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

public sealed class EntryStatisticsTests
{
    /// <summary>The sums of a sample of known moments, in tiles of any size: rounding of sums of 1.2e5 terms.</summary>
    [Theory]
    [InlineData(1, 120_000)]
    [InlineData(300, 400)]
    [InlineData(120_000, 1)]
    public void Moments_are_those_of_the_sample(int rows, int columns)
    {
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(k => 5 + (k % 2 == 0 ? -1.0 : 3.0))];
        var found = EntryStatistics.Of([new DenseMatrix(rows, columns, values)], TestContext.Current.CancellationToken);
        Assert.Equal((120_000, 8.0), (found.Count, found.LargestMagnitude));
        Assert.Equal(6, found.Mean, 1e-12);
        Assert.Equal(4, found.Variance, 1e-11);
        Assert.Equal(-2, found.ExcessKurtosis, 1e-11);
    }

    /// <summary>Two matrices of other means are one sample: third moments count when they are joined.</summary>
    [Fact]
    public void Several_matrices_are_one_sample()
    {
        double[] first = [0, 0, 0, 1], second = [10, 12, 13, 30];
        double[] all = [.. first, .. second];
        var found = EntryStatistics.Of([new DenseMatrix(2, 2, first), new DenseMatrix(4, 1, second)], TestContext.Current.CancellationToken);
        var mean = all.Average();
        var (m2, m4) = (all.Average(x => Math.Pow(x - mean, 2)), all.Average(x => Math.Pow(x - mean, 4)));
        Assert.Equal(mean, found.Mean, 1e-13);
        Assert.Equal(m2, found.Variance, 1e-12);
        Assert.Equal((m4 / (m2 * m2)) - 3, found.ExcessKurtosis, 1e-12);
    }

    [Fact]
    public void The_kurtosis_of_normal_and_uniform_entries()
    {
        var normal = EntryStatistics.Of([Matrices.Normal(500, 400, seed: 1)], TestContext.Current.CancellationToken);
        Assert.InRange(normal.ExcessKurtosis, -0.05, 0.05);
        var flat = EntryStatistics.Of([Matrices.Of(500, 400, (i, j) => ((i * 400) + j) / 200_000.0)], TestContext.Current.CancellationToken);
        Assert.Equal(-1.2, flat.ExcessKurtosis, 1e-4);
        Assert.True(double.IsNaN(EntryStatistics.Of([Matrices.Of(3, 3, (_, _) => 1)], TestContext.Current.CancellationToken).ExcessKurtosis));
    }

    /// <summary>One large entry in noise makes a spike where the theory of one perturbation says; fluctuations are of order N^(-1/2).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(200)]
    public void The_largest_entry_tells_the_largest_eigenvalue_of_a_shuffled_layer(double entry)
    {
        var w = Matrices.Normal(600, 300, seed: 7).With(3, 5, entry);
        var expected = EntryStatistics.Of([w], TestContext.Current.CancellationToken).ExpectedLargest(600, 300);
        Assert.Equal(1, Spectrum.Of(w, SpectrumRoute.Gram, TestContext.Current.CancellationToken).Eigenvalues[^1] / expected, 0.05);
    }
}
