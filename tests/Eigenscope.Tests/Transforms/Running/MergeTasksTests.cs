using Eigenscope.LinearAlgebra;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Running;

public class MergeTasksTests
{
    private const int Outputs = 5, Inputs = 7, Rank = 2;

    private static readonly TensorParameters None = new([], new Dictionary<string, object>(StringComparer.Ordinal));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_factors_of_an_adapter_make_what_it_adds(bool isTransposed)
    {
        long[] shape = isTransposed ? [Inputs, Outputs] : [Outputs, Inputs];
        var product = new LowRankProduct(MemoryTensor.F64("a", [Rank, Inputs], Drawn(1, Rank * Inputs)), MemoryTensor.F64("b", [Outputs, Rank], Drawn(2, Outputs * Rank)), 1.5);
        var weight = MemoryTensor.F64("w", shape, Drawn(3, Outputs * Inputs));
        var adapted = new PlannedInput(1, weight, None, false) { Adapter = product, IsAdapterTransposed = isTransposed };
        var task = MergeTasks.Of(new PlannedTensor("w", shape, Eigenscope.Models.DType.F64, AverageOfChanges.Instance, new PlannedInput(0, weight, None, true), [adapted], None), 0, null, Execution.OneThread(TestContext.Current.CancellationToken));
        using var block = task.Read(0);
        var factors = task.Inputs[0].Adapter!;
        for (var k = 0; k < block.Count; k++)
        {
            var (i, j) = (k / (int)shape[1], k % (int)shape[1]);
            var change = factors.Scale * Enumerable.Range(0, Rank).Sum(r => factors.Up[i, r] * factors.Down[r, j]);
            Assert.Equal(change, block.Model(0)[k] - block.Base[k], 1e-14);
        }
    }

    private static double[] Drawn(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
