using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics;

public sealed class SignalShrinkageTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Outliers_and_overlaps_agree_with_the_reference()
    {
        Assert.All(TheoryReference.Of("bbp_reference").GetProperty("bbp").EnumerateArray(), item =>
        {
            var (law, theta) = (new SignalShrinkage(item.Number("gamma")), item.Number("theta"));
            Assert.Equal(item.Number("threshold"), law.Threshold, Tolerance);
            Assert.Equal(item.Number("lam_pred"), law.OutlierEigenvalue(theta), Tolerance * item.Number("lam_pred"));
            Assert.Equal(item.Number("overlap_u_longside_pred"), law.LongOverlap(theta), Tolerance);
            Assert.Equal(item.Number("overlap_v_shortside_pred"), law.ShortOverlap(theta), Tolerance);
        });
    }

    [Fact]
    public void Far_from_the_threshold_random_matrices_agree_with_the_formulas()
    {
        Assert.All(TheoryReference.Of("bbp_reference").GetProperty("bbp").EnumerateArray().Where(item => item.Number("theta") > 1.3 * item.Number("threshold")), item =>
        {
            var (law, theta) = (new SignalShrinkage(item.Number("gamma")), item.Number("theta"));
            Assert.Equal(law.OutlierEigenvalue(theta), item.Number("lam_mc"), 2 * item.Number("lam_sd"));
            Assert.Equal(law.LongOverlap(theta), item.Number("overlap_u_mc"), 0.03);
            Assert.Equal(law.ShortOverlap(theta), item.Number("overlap_v_mc"), 0.03);
        });
    }

    [Fact]
    public void Shrinkers_agree_with_the_reference()
    {
        Assert.All(TheoryReference.Of("bbp_reference").GetProperty("shrinkers").EnumerateArray(), item =>
        {
            var (law, y) = (new SignalShrinkage(item.Number("beta")), item.Number("y"));
            Assert.Equal(item.Number("x"), law.Strength(y), Tolerance);
            Assert.Equal(item.Number("operator"), law.Strength(y), Tolerance);
            Assert.Equal(item.Number("frobenius"), law.Frobenius(y), Tolerance);
            Assert.Equal(item.Number("nuclear"), law.Nuclear(y), Tolerance);
        });
    }

    [Fact]
    public void Hard_thresholds_agree_with_the_reference()
    {
        Assert.All(TheoryReference.Of("mp_reference").GetProperty("gavish_donoho").EnumerateArray(), item =>
        {
            var law = new SignalShrinkage(item.Number("beta"));
            Assert.Equal(item.Number("bulk_edge_singular"), law.BulkEdge, Tolerance);
            Assert.Equal(item.Number("lambda_star"), law.HardThreshold, Tolerance);
            Assert.Equal(item.Number("omega"), law.HardThresholdOverMedian, Tolerance);
            Assert.Equal(item.Number("omega_poly"), law.HardThresholdOverMedian, 0.01);
        });
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void The_strength_is_the_inverse_of_the_outlier(double gamma)
    {
        var law = new SignalShrinkage(gamma);
        Assert.All([1.001, 1.2, 3, 100], factor =>
        {
            var theta = factor * law.Threshold;
            Assert.Equal(1, law.Strength(Math.Sqrt(law.OutlierEigenvalue(theta))) / theta, 1e-9);
        });
        Assert.Equal(law.BulkEdge * law.BulkEdge, law.OutlierEigenvalue(law.Threshold), Tolerance);
        Assert.Equal((0, 0, 0), (law.Strength(law.BulkEdge), law.Frobenius(1), law.Nuclear(0)));
    }

    [Fact]
    public void The_frobenius_shrinker_is_the_strength_times_both_cosines()
    {
        var law = new SignalShrinkage(0.4);
        var theta = 1.5;
        var cosines = Math.Sqrt(law.LongOverlap(theta) * law.ShortOverlap(theta));
        Assert.Equal(theta * cosines, law.Frobenius(Math.Sqrt(law.OutlierEigenvalue(theta))), Tolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Other_ratios_are_refused(double gamma) => Assert.Throws<ArgumentOutOfRangeException>(() => new SignalShrinkage(gamma));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Other_values_are_refused(double value)
    {
        var law = new SignalShrinkage(0.5);
        Assert.All(
            [law.OutlierEigenvalue, law.LongOverlap, law.ShortOverlap, law.Strength, law.Frobenius, law.Nuclear],
            (Func<double, double> function) => Assert.Throws<ArgumentOutOfRangeException>(() => function(value)));
    }
}
