using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The network that WeightWatcher publishes with a table of its own.</summary>
public sealed class WeightWatcherOnnxTests
{
    [Theory]
    [InlineData("convolution_3_W", 9.007452, 0.101420, 0.012541, 0.140728, 33.600650)]
    [InlineData("convolution_4_W", 9.463857, 0.148458, 0.011243, 0.127018, 46.405928)]
    public void HasItsPublishedFigures(string layer, double alpha, double d, double xmin, double largest, double stableRank)
    {
        var model = Repository.Shared("models", "weightwatcher-onnx", "tempNetwork.onnx");
        var result = AnalysisDocument.Of(model, "--compat", "weightwatcher", "--conv", "slices", "--xmax", "max").Layer(layer);

        (string Name, double Expected)[] expected = [("alpha", alpha), ("D", d), ("xmin", xmin), ("sv_max", largest), ("stable_rank", stableRank)];
        Assert.All(expected, metric => Assert.Equal(metric.Expected, AnalysisDocument.Metric(result, metric.Name)!.Value, 4e-6));
    }
}
