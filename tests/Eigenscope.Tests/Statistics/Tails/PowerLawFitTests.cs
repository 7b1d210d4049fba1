using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

public sealed class PowerLawFitTests
{
    private const int Cases = 150;

    /// <summary>By hand: alpha = 1 + k / sum ln(x / xmin), and D is the largest of |1 - (x_j / xmin)^(1 - alpha) - j / k|.</summary>
    public static TheoryData<double[], double, double, int> ByHand => new()
    {
        { [1, Math.E], 3, 0.5 - Math.Exp(-2), 2 },
        { [7, 7 * Math.E], 3, 0.5 - Math.Exp(-2), 2 },
        { [1, Math.E, Math.E * Math.E], 2, (2.0 / 3) - Math.Exp(-1), 3 },
        { [1, 1, Math.E], 4, 1.0 / 3, 3 },
        { [1, 1, 1, Math.E], 4, 1.0 / 3, 3 },
        { [0.5, 1, 1], 1 + (1.5 / Math.Log(2)), (2.0 / 3) - Math.Exp(-1.5), 3 },
    };

    /// <summary>Samples with heavy or light tails, in ascending order, with and without ties.</summary>
    private static Gen<double[]> Samples { get; } =
        from count in Gen.Choose(2, 80)
        from seed in Gen.Choose(1, 1_000_000)
        from spread in Gen.Elements(0.1, 0.5, 1.0, 3.0)
        from steps in Gen.Elements(0, 4)
        select Sample(count, seed, spread, steps);

    /// <summary>Up to eighty numbers a few units in the last place apart, at any size.</summary>
    private static Gen<double[]> Neighbours { get; } =
        from count in Gen.Choose(2, 80)
        from exponent in Gen.Choose(-20, 20)
        from steps in Gen.Choose(1, 20)
        from seed in Gen.Choose(1, 1_000_000)
        select Close(Math.Pow(10, exponent / 4.0), count, steps, new Draws(seed));

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Small_samples(double[] ascending, double alpha, double distance, int tail)
    {
        var fit = Fit(ascending);
        Assert.Equal(alpha, fit.Alpha, 1e-14);
        Assert.Equal(distance, fit.D, 1e-15);
        Assert.Equal((tail, ascending[^tail], ascending[^1]), (fit.TailCount, fit.Xmin, fit.Xmax));
        Assert.Equal((fit.Alpha - 1) / Math.Sqrt(tail), fit.Sigma);
    }

    /// <summary>Three equal values of six and two of three lie 1/3 above the law that begins with them; every other candidate is worse.</summary>
    [Fact]
    public void The_first_of_equal_distances_wins()
    {
        var first = Math.Exp(-1.75);
        double[] all = [first, first, first, 1, 1, Math.E];
        Assert.Equal(1.0 / 3, Fit(all[3..]).D);
        Assert.Equal((1.0 / 3, first, 6), (Fit(all).D, Fit(all).Xmin, Fit(all).TailCount));
        Assert.Equal(1.96, Fit(all).Alpha, 1e-14);
    }

    /// <summary>
    /// The quantiles (j + 1/2) / n of the law. The sum of their logarithms is the integral by midpoints, short by about ln(2)/2 where the
    /// logarithm grows without bound, and xmin lies half a step into the law: together less than 2 / n of alpha - 1.
    /// </summary>
    [Theory]
    [InlineData(1.5)]
    [InlineData(2.0)]
    [InlineData(2.5)]
    [InlineData(3.0)]
    [InlineData(4.0)]
    [InlineData(6.0)]
    [InlineData(20.0)]
    public void Quantiles_of_a_law_give_its_exponent(double alpha)
    {
        const int Count = 2000;
        var fit = Fit([.. Enumerable.Range(0, Count).Select(j => 3 * Math.Pow(1 - ((j + 0.5) / Count), -1 / (alpha - 1)))]);
        Assert.Equal(alpha, fit.Alpha, 2 * (alpha - 1) / Count);
        Assert.InRange(fit.D, 0, 1.0 / Count);
        Assert.Equal(Count, fit.TailCount);
    }

    [Fact]
    public void A_bulk_below_the_law_is_left_out()
    {
        var tail = Enumerable.Range(0, 500).Select(j => Math.Pow(1 - ((j + 0.5) / 500), -1 / 1.5));
        var bulk = Enumerable.Range(0, 500).Select(j => 0.5 + (j / 1000.0));
        var fit = Fit([.. bulk.Concat(tail)]);
        Assert.Equal(2.5, fit.Alpha, 0.03);
        Assert.InRange(fit.Xmin, 0.98, 1.05);
    }

    [Fact]
    public void Is_the_scan_without_short_cuts_bit_for_bit() => Property.Holds(Samples, Cases, sample =>
    {
        var (fit, _) = PowerLawFit.Of(sample);
        Assert.Equal(Scan(sample), fit);
    });

    [Fact]
    public void Does_not_depend_on_the_unit() => Property.Holds(Gen.Zip(Samples, Gen.Elements(-40, -10, -1, 3, 30)), Cases, item =>
    {
        var (sample, exponent) = item;
        if (sample[0] == sample[^1])
        {
            return;
        }

        var (fit, scaled) = (Fit(sample), Fit(Array.ConvertAll(sample, x => Math.ScaleB(x, exponent))));
        Assert.Equal((Math.ScaleB(fit.Xmin, exponent), Math.ScaleB(fit.Xmax, exponent), fit.TailCount), (scaled.Xmin, scaled.Xmax, scaled.TailCount));
        Assert.Equal(1, (scaled.Alpha - 1) / (fit.Alpha - 1), LogarithmError(sample, exponent));
        Assert.Equal(fit.D, scaled.D, LogarithmError(sample, exponent));
    });

    [Fact]
    public void Powers_law_and_sample_alike() => Property.Holds(Samples.Where(sample => sample[0] < sample[^1]), Cases, sample =>
    {
        // The logarithms of x^2 are twice those of x, so alpha - 1 is halved and the distances stay.
        var (fit, squared) = (Fit(sample), Fit(Array.ConvertAll(sample, x => x * x)));
        Assert.Equal(fit.TailCount, squared.TailCount);
        Assert.Equal(2, (fit.Alpha - 1) / (squared.Alpha - 1), 2 * LogarithmError(sample, 1));
    });

    [Theory]
    [InlineData(new double[0], "a power law needs at least two eigenvalues, and 0 are large enough to count")]
    [InlineData(new[] { 5.0 }, "a power law needs at least two eigenvalues, and 1 is large enough to count")]
    [InlineData(new[] { 5.0, 5.0 }, "all eigenvalues are equal")]
    [InlineData(new[] { 1e-300, 1e-300, 1e-300 }, "all eigenvalues are equal")]
    public void Says_why_there_is_no_fit(double[] ascending, string reason) => Assert.Equal((null, reason), PowerLawFit.Of(ascending));

    /// <summary>However the sums of equal logarithms are rounded.</summary>
    [Fact]
    public void Equal_numbers_have_no_law() => Property.Holds(Gen.Zip(Gen.Choose(2, 300), Gen.Choose(-1000, 1000)), Cases, item =>
    {
        var (count, exponent) = item;
        Assert.Equal((null, "all eigenvalues are equal"), PowerLawFit.Of([.. Enumerable.Repeat(Math.Exp(exponent / 50.0), count)]));
    });

    /// <summary>The largest value, many times over, is no candidate.</summary>
    [Fact]
    public void A_tail_of_equal_numbers_is_no_candidate() => Property.Holds(Gen.Zip(Gen.Choose(2, 300), Gen.Choose(-1000, 1000)), Cases, item =>
    {
        var (count, exponent) = item;
        var largest = Math.Exp(exponent / 50.0);
        var fit = Fit([largest / 3, largest / 2, .. Enumerable.Repeat(largest, count)]);
        Assert.True(fit.Xmin < largest, $"{fit}");
    });

    /// <summary>An orthogonal matrix has such eigenvalues: equal up to rounding, so that alpha is rounding noise; but it is an exponent.</summary>
    [Fact]
    public void Neighbouring_numbers_have_an_exponent_above_one_or_none() => Property.Holds(Neighbours, 4 * Cases, sample =>
    {
        var (fit, reason) = PowerLawFit.Of(sample);
        Assert.True(fit is null == reason is not null);
        Assert.True(fit is null || (double.IsFinite(fit.Alpha) && fit.Alpha > 1 && fit.Sigma > 0 && fit.D is >= 0 and <= 1), $"{fit}");
    });

    private static PowerLawFit Fit(double[] ascending)
    {
        var (fit, reason) = PowerLawFit.Of(ascending);
        Assert.Null(reason);
        return Assert.IsType<PowerLawFit>(fit);
    }

    /// <summary>Logarithms carry an error of eps times their size, which counts by the spread of the sample: its gap from xmin to the top.</summary>
    private static double LogarithmError(double[] sample, int exponent)
    {
        var size = Math.Abs(exponent) + 10;
        return 1e-12 + (8 * size * 2.22e-16 * sample.Length / Math.Log(sample[^1] / sample[0]));
    }

    /// <summary>The same fit, every candidate to the end of its tail.</summary>
    private static PowerLawFit? Scan(double[] x)
    {
        var logs = Array.ConvertAll(x, Math.Log);
        var candidates = Enumerable.Range(0, x.Length - 1).Where(i => logs[i] < logs[^1]).Select(i => Candidate(x, logs, i));
        return candidates.Where(fit => fit.Alpha > 1 && double.IsFinite(fit.Alpha)).MinBy(fit => fit.D);
    }

    private static PowerLawFit Candidate(double[] x, double[] logs, int i)
    {
        var k = x.Length - i;
        var sum = Enumerable.Range(i, k).Reverse().Aggregate(0.0, (total, j) => total + logs[j]);
        var alpha = 1 + (k / (sum - (k * logs[i])));
        var distance = Enumerable.Range(0, k).Max(j => Math.Abs(1 - Math.Exp((1 - alpha) * (logs[i + j] - logs[i])) - (j / (double)k)));
        return new PowerLawFit(alpha, x[i], x[^1], distance, (alpha - 1) / Math.Sqrt(k), k);
    }

    private static double[] Sample(int count, int seed, double spread, int steps) =>
        [.. new Draws(seed).Normals(count).Select(z => Math.Exp(spread * (steps == 0 ? z : Math.Round(z * steps) / steps))).Order()];

    private static double[] Close(double x, int count, int steps, Draws draws) =>
        [.. Enumerable.Range(0, count).Select(_ => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + draws.Below(steps + 1))).Order()];
}
