using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The teaching matrices, whose singular values are known by hand.</summary>
public sealed class HandWorkedMatrixTests
{
    private static readonly double[][] Symmetric = [[3, 2], [2, 3]];
    private static readonly double[][] RankTwo = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]];

    [Theory]
    [InlineData]
    [InlineData("--accurate")]
    [InlineData("--compat", "weightwatcher")]
    public void TheSymmetricOneHasFiveAndOne(params string[] options)
    {
        var layer = Analyze(Symmetric, options);

        Assert.Equal(5, AnalysisDocument.Metric(layer, "sv_max")!.Value, 1e-14);
        Assert.Equal(1, AnalysisDocument.Metric(layer, "sv_min")!.Value, 1e-14);
    }

    [Fact]
    public void TheThirdValueOfARankTwoMatrixLiesAtTheFloor()
    {
        var layer = Analyze(RankTwo);

        RequireKnownValues(AnalysisDocument.SingularValues(layer), 1e-6);
        Assert.Equal(1, AnalysisDocument.Metric(layer, "num_at_floor"));
        Assert.Contains(layer.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.StartsWith("at-floor: 1 of 3", StringComparison.Ordinal));
    }

    [Fact]
    public void TheAccurateRouteResolvesTheThirdValue() =>
        RequireKnownValues(AnalysisDocument.SingularValues(Analyze(RankTwo, "--accurate")), 1e-13);

    private static void RequireKnownValues(double[] sigma, double third)
    {
        Assert.Equal(3, sigma.Length);
        Assert.Equal(25.4368356, sigma[0], 5e-8);
        Assert.Equal(1.72261225, sigma[1], 5e-9);
        Assert.InRange(sigma[2], 0, third);
    }

    private static System.Text.Json.JsonElement Analyze(double[][] matrix, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return AnalysisDocument.Of(folder.Write("matrix.npy", Npy.Of(matrix)), ["--esd", .. options]).Layers.Single();
    }
}
