using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Training;
using Eigenscope.Training.Data;
using Eigenscope.Training.Gradients;
using Eigenscope.Training.Networks;
using Xunit;

namespace Eigenscope.Tests.Training.Gradients;

public sealed class GradientStatisticsTests
{
    /// <summary>Sums of a few hundred products of order one.</summary>
    private const double Bound = 1e-12;

    [Theory]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    public void Are_what_their_definitions_say(int n, int m)
    {
        var parameter = new Parameter("w", n, m);
        var gradients = Enumerable.Range(0, 7).Select(k => Matrices.Normal(n, m, k)).ToList();
        var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        var accumulator = new GradientAccumulator(parameter, TestContext.Current.CancellationToken);
        foreach (var gradient in gradients)
        {
            gradient.Values.Span.CopyTo(parameter.Gradient.Elements);
            accumulator.Add(execution);
        }

        Confirm(gradients, accumulator.Finish());
    }

    /// <summary>Of a matrix with singular vectors along the axes: the modes are the diagonal elements, but for the one without a direction.</summary>
    [Fact]
    public void Modes_are_those_of_the_singular_vectors_in_descending_order()
    {
        var parameter = new Parameter("w", 3, 4);
        double[] sigma = [2, 3, 0];
        for (var k = 0; k < 3; k++)
        {
            parameter.Value.Row(k)[k] = sigma[k];
        }

        var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        var accumulator = new GradientAccumulator(parameter, TestContext.Current.CancellationToken);
        var gradients = Enumerable.Range(0, 5).Select(k => Matrices.Normal(3, 4, k)).ToList();
        foreach (var gradient in gradients)
        {
            gradient.Values.Span.CopyTo(parameter.Gradient.Elements);
            accumulator.Add(execution);
        }

        var statistics = accumulator.Finish();
        Assert.Equal(2, statistics.ModeVariance.Count);
        Assert.Equal([9.0, 4.0], statistics.ModeEigenvalues.Select(lambda => Math.Round(lambda, 9)));
        Assert.Equal(Variance(gradients.Select(g => g[1, 1])), statistics.ModeVariance[0], Bound);
        Assert.Equal(Variance(gradients.Select(g => g[0, 0])), statistics.ModeVariance[1], Bound);
    }

    /// <summary>A linear map by squares, whose gradient is the mean of (W x - y) x^T over the mini-batch.</summary>
    [Fact]
    public void A_training_measures_independent_mini_batches_at_its_weights()
    {
        var options = new TrainingOptions
        {
            Network = new() { Depth = 0, Biases = false },
            Data = new() { Kind = DataKind.LinearTeacher, Inputs = 5, Outputs = 3, Rank = 2, Examples = 40, HeldOut = 5 },
            Loss = LossKind.Squares,
            Steps = 2,
            BatchSize = 8,
            GradientBatches = 6,
            SaveAt = [],
        };
        var data = TrainingData.Of(options, TestContext.Current.CancellationToken);
        TrainingCheckpoint? last = null;
        TrainingRun.Start(options, checkpoint => last = checkpoint, data, cancellation: TestContext.Current.CancellationToken);
        var w = Assert.Single(last!.Weights).Values;
        var seed = Seeds.Of(0, Seeds.Use.Gradients, 2);
        var gradients = Enumerable.Range(0, 6).Select(k =>
        {
            var (examples, batch) = (new int[8], new Batch());
            BatchOrder.Draw(Seeds.Of(seed, Seeds.Use.Gradients, k), 40, examples);
            data.Fill(batch, examples, isHeldOut: false);
            return Matrices.Of(3, 5, (i, j) => Enumerable.Range(0, 8).Average(b =>
                (Enumerable.Range(0, 5).Sum(l => w[i, l] * batch.Inputs!.Row(b)[l]) - batch.Targets!.Row(b)[i]) * batch.Inputs!.Row(b)[j]));
        }).ToList();
        var statistics = Assert.Single(last.Gradients);
        Confirm(gradients, statistics);
        Assert.Equal(3, statistics.ModeVariance.Count);
    }

    private static void Confirm(IReadOnlyList<DenseMatrix> gradients, MatrixGradientStatistics statistics)
    {
        var (n, m, count) = (gradients[0].Rows, gradients[0].Columns, gradients.Count);
        var mean = Matrices.Of(n, m, (i, j) => gradients.Average(g => g[i, j]));
        var variance = Pairs(n, m).Average(at => Variance(gradients.Select(g => g[at.I, at.J])));
        Assert.Equal(variance, statistics.Variance, Bound);
        foreach (var (i, j) in Pairs(n, m))
        {
            Assert.Equal(mean[i, j], statistics.Mean[i, j], Bound);
        }

        foreach (var (i, j) in Pairs(n, n))
        {
            var sum = gradients.Sum(g => Enumerable.Range(0, m).Sum(l => (g[i, l] - mean[i, l]) * (g[j, l] - mean[j, l])));
            Assert.Equal(sum / (count - 1) / m, statistics.RowCovariance[i, j], Bound);
        }

        foreach (var (i, j) in Pairs(m, m))
        {
            var sum = gradients.Sum(g => Enumerable.Range(0, n).Sum(l => (g[l, i] - mean[l, i]) * (g[l, j] - mean[l, j])));
            Assert.Equal(sum / (count - 1) / (n * variance), statistics.ColumnCovariance[i, j], Bound);
        }
    }

    private static double Variance(IEnumerable<double> values)
    {
        var all = values.ToList();
        var mean = all.Average();
        return all.Sum(x => (x - mean) * (x - mean)) / (all.Count - 1);
    }

    private static IEnumerable<(int I, int J)> Pairs(int rows, int columns) => Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, columns).Select(j => (i, j)));
}
