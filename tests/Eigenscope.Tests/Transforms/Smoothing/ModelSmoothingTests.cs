using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Statistics;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

public sealed class ModelSmoothingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Matrices { get; } = [.. WeightWatcherTable.Matrices];

    public void Dispose() => folder.Dispose();

    /// <summary>As many singular values are kept as WeightWatcher counts, of a kernel by positions their share rounded up, and each is the one that it was.</summary>
    [Theory]
    [MemberData(nameof(Matrices))]
    public void Ranks_are_the_counts_of_WeightWatcher(string matrix)
    {
        var row = WeightWatcherTable.Row("PL_default_mp_detx.csv", matrix);
        Check(matrix, SmoothingMethod.UnitDeterminant, WeightWatcherTable.Number(row, "detX_num"), row);
        Check(matrix, SmoothingMethod.PowerLaw, row["status"] == "success" ? WeightWatcherTable.Number(row, "num_pl_spikes") : null, row);
        Check(matrix, SmoothingMethod.DensityFit, WeightWatcherTable.Number(row, "mp_softrank") is > 0 and not (> 0.00249 and < 0.00251) ? WeightWatcherTable.Number(row, "num_spikes") : null, row);
    }

    [Theory]
    [InlineData(0.5, 15)]
    [InlineData(-0.1, 27)]
    public void A_share_is_kept_or_the_largest_are_left_out(double percent, int rank)
    {
        var w = LinearAlgebra.Matrices.Normal(40, 30, 1);
        using var model = Model.Open(folder.Write("model", null, StoredModels.Tensor("layer.weight", w)));
        var result = ModelSmoothing.Of(model, folder.At("out"), new() { Method = SmoothingMethod.Percent, Percent = percent }, cancellation: TestContext.Current.CancellationToken);
        var (before, after) = (StoredModels.SingularValues(w), StoredModels.SingularValues(new DenseMatrix(40, 30, StoredModels.Values(folder.At("out"), "layer.weight"))));
        var kept = percent > 0 ? before.TakeLast(rank) : before.Take(rank);
        Assert.Equal(rank, result.Of(result.Layers[0], "rank"));
        Assert.All(kept.Zip(after.TakeLast(rank)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.All(after.SkipLast(rank), sigma => Assert.InRange(sigma, 0, 1e-12));
    }

    private void Check(string matrix, SmoothingMethod method, double? count, Dictionary<string, string> row)
    {
        using var model = Model.Open(SharedFiles.Path("reference", "weightwatcher", "matrices", matrix + ".npy"));
        var positions = (int)WeightWatcherTable.Number(row, "rf");
        var m = (int)WeightWatcherTable.Number(row, "num_evals") / positions;
        var expected = count is > 0 and { } number ? Math.Min(m, (int)Math.Ceiling(number / positions)) : 0;
        var result = ModelSmoothing.Of(model, folder.At($"{method}"), new() { Method = method }, cancellation: TestContext.Current.CancellationToken);
        var layer = result.Layers[0];
        Assert.True(
            expected is 0 || expected == m ? layer.Status == ReshapingStatus.Kept : result.Of(layer, "rank") == expected * positions,
            $"{method}: {layer.Status} {layer.Reason}, rank {result.Of(layer, "rank")}, expected {expected} of {m} at {positions} positions");
    }
}
