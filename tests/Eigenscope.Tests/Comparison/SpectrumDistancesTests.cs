using Eigenscope.Comparison;
using Xunit;

namespace Eigenscope.Tests.Comparison;

public sealed class SpectrumDistancesTests
{
    [Fact]
    public void By_hand()
    {
        var distances = SpectrumDistances.Of([1, 2], [1, 4]);
        Assert.Equal(Math.Log(2) / Math.Sqrt(2), distances.Logarithmic!.Value, 1e-15);
        Assert.Equal(1, distances.Wasserstein, 1e-15);
        Assert.Equal(0.5, distances.KolmogorovSmirnov, 1e-15);
    }

    [Fact]
    public void A_spectrum_is_at_no_distance_from_itself() => Assert.Equal(new SpectrumDistances(0, 0, 0, 0), SpectrumDistances.Of([0.5, 1, 3], [0.5, 1, 3]));

    /// <summary>Each value twice is the same distribution.</summary>
    [Fact]
    public void Different_counts_are_compared_as_distributions() =>
        Assert.Equal(new SpectrumDistances(null, 0, null, 0), SpectrumDistances.Of([1, 2, 5], [1, 1, 2, 2, 5, 5]));

    [Fact]
    public void Shifted_values_are_moved_by_the_shift() => Assert.Equal(0.25, SpectrumDistances.Of([1, 2, 3], [1.25, 2.25, 3.25]).Wasserstein, 1e-15);

    [Fact]
    public void Without_scale_a_rescaled_spectrum_is_the_same()
    {
        var distances = SpectrumDistances.ScaleFree([1, 2, 3], [2, 4, 6])!;
        Assert.Equal(0, distances.Wasserstein, 1e-15);
        Assert.Equal(0, distances.Logarithmic!.Value, 1e-15);
        Assert.Null(SpectrumDistances.ScaleFree([0, 0], [1, 2]));
    }

    [Fact]
    public void Zeros_have_no_logarithm() => Assert.Null(SpectrumDistances.Of([0, 1], [1, 2]).Logarithmic);
}
