using System.Runtime.Intrinsics;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

public sealed class TailScanTests
{
    public static TheoryData<int> Counts => [2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 1000];

    /// <summary>The polynomial, the split of ln 2 and the last rounding err by a unit in the last place each, and the smallest result is 1e-307.</summary>
    [Fact]
    public void Exponential_of_four_numbers()
    {
        for (var i = 0; i < 80_000; i += 4)
        {
            var t = Vector256.Create(Enumerable.Range(i, 4).Select(j => -1e-9 - (j * j * 1.2e-7)).ToArray());
            var exponential = NegativeExponential.Of(t);
            for (var lane = 0; lane < 4; lane++)
            {
                Assert.Equal(Math.Exp(t[lane]), exponential[lane], (4 * 2.3e-16 * Math.Exp(t[lane])) + 1e-307);
            }
        }

        Assert.Equal(Vector256<double>.One, NegativeExponential.Of(Vector256<double>.Zero));
    }

    /// <summary>Every distance, looked at by the functions of the platform, against the candidate that the scan takes.</summary>
    [Theory]
    [MemberData(nameof(Counts))]
    public void Finds_the_smallest_distance(int count)
    {
        for (var seed = 1; seed < 20; seed++)
        {
            var sample = seed % 2 == 0 ? Planted.PowerLaw(2.5, count, seed) : Planted.Lognormal(1, count, seed);
            foreach (var distance in new[] { TailDistance.Compat, TailDistance.Standard })
            {
                var scan = Prepared(sample, distance);
                var best = scan.Best(0, count - 1);
                var least = Enumerable.Range(0, count - 1).Min(i => Whole(scan, i));
                Assert.Equal(least, scan.Distances[best], TailScan.Margin / 2);
            }
        }
    }

    [Fact]
    public void Two_sided_is_the_larger_side()
    {
        var scan = Prepared([1, 2, 5], TailDistance.Standard);
        var law = scan.Deviation(0);
        for (var j = 0; j < 3; j++)
        {
            var f = 1 - Math.Exp((1 - scan.Alphas[0]) * scan.Logs[j]);
            Assert.Equal(Math.Max(f - (j / 3.0), ((j + 1) / 3.0) - f), law.At(scan.Logs[j], j), 1e-15);
        }
    }

    private static double Whole(TailScan scan, int i)
    {
        var law = scan.Deviation(i);
        return Enumerable.Range(0, scan.Count - i).Max(j => law.At(scan.Logs[i + j], j));
    }

    private static TailScan Prepared(double[] sample, TailDistance distance)
    {
        var scan = new TailScan();
        scan.Resize(sample.Length);
        Array.ConvertAll(sample, Math.Log).CopyTo(scan.Logs);
        scan.Prepare(double.PositiveInfinity, distance);
        return scan;
    }
}
