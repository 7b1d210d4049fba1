using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

public sealed class TailCalibrationTests
{
    /// <summary>A quick version: 200 samples tell a coverage of 0.95 to within 4 standard errors of 0.015.</summary>
    [Fact]
    public void Corrected_exponents_and_intervals_are_right()
    {
        var options = new TailCalibrationOptions { Alphas = [1.8, 2.5, 6], TailCounts = [400], Trials = 200, Bootstrap = new BootstrapOptions { Replicates = 100, Threads = 2 } };
        foreach (var row in TailCalibration.Run(options, TestContext.Current.CancellationToken).Rows)
        {
            Assert.InRange(Math.Abs(row.CorrectedBias), 0, 0.01 + (3 * row.BiasError));
            Assert.InRange(row.Coverage, 0.95 - (4 * 0.015), 1);
        }
    }

    [Fact]
    public void Is_repeatable_on_any_number_of_threads()
    {
        var options = new TailCalibrationOptions { Alphas = [2.5], TailCounts = [50], BodyShare = 1, Trials = 20, Bootstrap = new BootstrapOptions { Replicates = 20 } };
        Assert.Equal(TailCalibration.Run(options, TestContext.Current.CancellationToken).Rows, TailCalibration.Run(options with { Bootstrap = options.Bootstrap with { Threads = 3 } }, TestContext.Current.CancellationToken).Rows);
    }
}
