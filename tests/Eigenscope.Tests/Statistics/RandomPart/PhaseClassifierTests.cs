using System.Text.Json;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class PhaseClassifierTests
{
    private const int N = 600;
    private const int M = 300;

    private static readonly string[] Names = ["random", "bleeding", "spikes", "decay", "heavy", "collapse"];

    [Theory]
    [InlineData("random_like")]
    [InlineData("bleeding_out")]
    [InlineData("bulk_spikes")]
    [InlineData("bulk_decay")]
    [InlineData("heavy_tailed")]
    [InlineData("rank_collapse")]
    [InlineData("qne_3pct")]
    public void Agrees_with_the_reference(string name)
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "theory", "phase_examples.json")));
        var example = reference.RootElement.GetProperty("examples").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        double[] lambda = [.. example.GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble()).Order()];
        var quasiNull = QuasiNull.Of(lambda, N).Result!;
        Assert.Equal(example.GetProperty("qne_final_count").GetInt32(), quasiNull.Count);
        var verdict = PhaseClassifier.Of(lambda, N, quasiNull.Count).Verdict!;
        Assert.Equal(example.GetProperty("phase").GetString(), Names[(int)verdict.Phase]);
        Assert.False(verdict.IsLowResolution);
        AgreesWith(example.GetProperty("features"), verdict.Features);
        Assert.All(Enum.GetValues<Phase>(), phase => Assert.Equal(example.GetProperty("probabilities").GetProperty(Names[(int)phase]).GetDouble(), verdict.Probabilities[(int)phase], 0.03));
    }

    [Fact]
    public void The_first_example_is_drawn_again()
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "theory", "phase_examples.json")));
        var example = reference.RootElement.GetProperty("examples").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "random_like");
        var drawn = RandomSpectra.Eigenvalues(TestMatrices.Noise(NoiseKind.Gaussian, N, M, 101));
        var expected = example.GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble()).Order();
        Assert.All(expected.Zip(drawn), pair => Assert.Equal(1, pair.Second / N / pair.First, 1e-9));
    }

    /// <summary>One eigenvalue that moves out from the edge.</summary>
    [Theory]
    [InlineData(0.97, Phase.RandomLike, 0.9, 1)]
    [InlineData(1.12, Phase.BleedingOut, 0.9, 1)]
    [InlineData(1.249, Phase.BleedingOut, 0.45, 0.6)]
    [InlineData(1.251, Phase.BulkSpikes, 0.45, 0.6)]
    [InlineData(1.5, Phase.BulkSpikes, 0.9, 1)]
    public void Confidence_is_low_at_the_borders(double ratio, Phase phase, double least, double most)
    {
        var verdict = Of(RandomSpectra.Quantiles(N, M, ratio * RandomSpectra.EdgeBesideOne(N, M)), N);
        Assert.Equal(phase, verdict.Phase);
        Assert.InRange(verdict.Confidence, least, most);
    }

    [Fact]
    public void Somewhere_between_random_and_bleeding_neither_is_sure() =>
        Assert.InRange(Enumerable.Range(0, 60).Min(i => Of(RandomSpectra.Quantiles(N, M, (1 + (0.001 * i)) * RandomSpectra.EdgeBesideOne(N, M)), N).Confidence), 0.4, 0.6);

    /// <summary>A share of eigenvalues that is zero.</summary>
    [Theory]
    [InlineData(0.07, false, 0.7, 1)]
    [InlineData(0.10, true, 0.45, 0.55)]
    [InlineData(0.20, true, 0.99, 1)]
    [InlineData(0.90, true, 0.99, 1)]
    public void Zeros_are_a_collapse_of_the_rank(double share, bool collapse, double least, double most)
    {
        var zeros = (int)(share * M);
        var verdict = Of([.. new double[zeros], .. RandomSpectra.Quantiles(N, M - zeros)], N);
        Assert.Equal(collapse, verdict.Phase == Phase.RankCollapse);
        Assert.InRange(verdict.Confidence, least, most);
        Assert.Equal(share, verdict.Features.CollapsedShare, 1e-12);
    }

    [Theory]
    [InlineData(Phase.RandomLike)]
    [InlineData(Phase.BulkSpikes)]
    [InlineData(Phase.HeavyTailed)]
    public void Neither_the_scale_of_the_weights_nor_a_second_run_changes_anything(Phase phase)
    {
        var lambda = RandomSpectra.Eigenvalues(TestMatrices.OfPhase(phase, 150, 120, 8));
        var (verdict, scaled) = (Of(lambda, 150), Of(Array.ConvertAll(lambda, x => Math.ScaleB(x, 90)), 150));
        Assert.All(verdict.Probabilities.Zip(scaled.Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(verdict.Probabilities, Of(lambda, 150).Probabilities);
        Assert.Equal(verdict.Phase, scaled.Phase);
        Assert.Equal(1, verdict.Probabilities.Sum(), 1e-12);
        Assert.True(verdict.IsLowResolution);
    }

    /// <summary>Eigenvalues over so many orders of magnitude that hardly ten are left as a random part.</summary>
    [Fact]
    public void Without_a_random_part_a_spectrum_is_heavy_tailed()
    {
        var verdict = Of([.. Enumerable.Range(0, 100).Select(i => Math.Exp(0.28 * i))], 300);
        Assert.Equal(Phase.HeavyTailed, verdict.Phase);
        Assert.Equal(1, verdict.Probabilities.Sum(), 1e-12);
        Assert.NotNull(verdict.Features.BulkReason);
    }

    [Fact]
    public void Orthogonal_matrices_are_remarked_upon() =>
        Assert.Equal("all singular values are about equal: the matrix is orthogonal but for a factor", Of([.. Enumerable.Range(0, 100).Select(i => 1 + (1e-9 * i))], 100).Remark);

    [Fact]
    public void What_has_no_phase_has_a_reason()
    {
        Assert.Equal("a phase needs at least 10 eigenvalues", PhaseClassifier.Of([1, 2, 3], 3).Reason);
        Assert.Equal("all eigenvalues are zero", PhaseClassifier.Of(new double[20], 30).Reason);
    }

    private static PhaseVerdict Of(double[] lambda, int n) => PhaseClassifier.Of(lambda, n).Verdict!;

    private static void AgreesWith(JsonElement expected, PhaseFeatures actual)
    {
        Near("c0", actual.CollapsedShare);
        Near("D_trace", actual.TraceDistance);
        Near("s", actual.SpikeShare);
        Near("rho", actual.EdgeRatio);
        Near("z", actual.EdgeStatistic);
        Near("alpha", actual.Alpha);
        Near("tailfrac", actual.TailShare);
        Near("R_exp", actual.ExponentialRatio);
        Near("d", actual.BulkDistance * 0.75 * Math.Log(M - actual.Bulk!.Spikes));

        void Near(string name, double value) => Assert.Equal(expected.GetProperty(name).GetDouble(), value, 1e-5 * Math.Max(1, Math.Abs(value)));
    }
}
