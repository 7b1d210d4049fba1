using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Metrics;
using Eigenscope.Models;
using Eigenscope.Spectra;
using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Analysis;

public sealed class LayerVerdictTests
{
    private const int Draws = 50;

    [Fact]
    public void The_rules_are_those_of_the_documents()
    {
        var document = File.ReadAllText(Path.Combine(SharedFiles.Repository, "docs", "result.md")).Replace("`", "");
        var rows = string.Join('\n', LayerVerdict.Rules.Select(rule => $"| {rule.Verdict} | {rule.Rule} |"));
        Assert.Contains(rows, document, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<Judgement>().Select(judgement => new LayerVerdict(judgement, "").Text).Order(), LayerVerdict.Rules.Select(rule => rule.Verdict).Order());
    }

    /// <summary>300 Gaussian layers of six shapes: at least 99 % look random. Three may fail; the chance of a failure is a few in a thousand.</summary>
    [Fact]
    public void Gaussian_layers_look_random()
    {
        var judged = from shape in new[] { (100, 100), (200, 100), (400, 100), (200, 200), (300, 150), (400, 200) }
                     from draw in Enumerable.Range(0, Draws)
                     select Verdict(TestMatrices.Noise(NoiseKind.Gaussian, shape.Item1, shape.Item2, seed: (1000 * shape.Item1) + (7 * shape.Item2) + draw));
        var others = judged.Where(verdict => verdict.Judgement != Judgement.LooksRandom).Select(verdict => $"{verdict.Text}: {verdict.Reason}").ToList();
        Assert.True(others.Count <= 3, string.Join('\n', others));
    }

    /// <summary>Independent entries of heavy-tailed laws are not called trained, with or without shuffles.</summary>
    [Theory]
    [InlineData(NoiseKind.Student3, 0)]
    [InlineData(NoiseKind.Student5, 0)]
    [InlineData(NoiseKind.Student3, 1)]
    public void Heavy_tailed_entries_are_not_training(NoiseKind kind, int controls)
    {
        var verdicts = Enumerable.Range(0, 20).Select(draw => Verdict(TestMatrices.Noise(kind, 300, 200, seed: 77 + draw), controls)).ToList();
        Assert.All(verdicts, verdict => Assert.True(verdict.Judgement is Judgement.LooksRandom or Judgement.Trap or Judgement.CannotTell, $"{verdict.Text}: {verdict.Reason}"));
    }

    /// <summary>Power-law spectra between random orthogonal vectors, low rank beside noise, entries of a heavy-tailed law, noise.</summary>
    [Theory]
    [InlineData("plesd_a2p5_600x500", Judgement.WellTrained)]
    [InlineData("plesd_a4_600x500", Judgement.WellTrained)]
    [InlineData("spiked_600x400", Judgement.WellTrained)]
    [InlineData("pareto_mu1p5_500x400", Judgement.Trap)]
    [InlineData("pareto_mu3_800x300", Judgement.Trap)]
    [InlineData("pareto_mu5_500x400", Judgement.LooksRandom)]
    [InlineData("wide_200x1000", Judgement.LooksRandom)]
    [InlineData("square_512", Judgement.LooksRandom)]
    [InlineData("edge_zero_cols_150x100", Judgement.RankCollapsed)]
    public void Made_layers_are_judged_as_they_were_made(string name, Judgement expected)
    {
        using var model = Model.Open(SharedFiles.Path("reference", "weightwatcher", "matrices", name + ".npy"));
        var verdict = Assert.Single(ModelAnalysis.Of(model, Layers.Options, cancellation: TestContext.Current.CancellationToken).Layers).Verdict!;
        Assert.True(verdict.Judgement == expected, $"{verdict.Text}: {verdict.Reason}");
    }

    [Fact]
    public void A_collapsed_rank_is_one()
    {
        Assert.Equal(Judgement.RankCollapsed, Verdict(TestMatrices.OfPhase(Phase.RankCollapse, 300, 200, seed: 1)).Judgement);
        Assert.Equal("every weight is zero", Verdict(Matrices.Of(90, 80, (_, _) => 0)).Reason);
    }

    [Fact]
    public void One_huge_weight_is_a_trap_and_few_eigenvalues_tell_nothing()
    {
        Assert.Equal(Judgement.Trap, Verdict(Matrices.Normal(300, 200, seed: 3).With(5, 7, 120)).Judgement);
        Assert.Equal(Judgement.CannotTell, Verdict(Matrices.Normal(90, 60, seed: 3)).Judgement);
    }

    [Fact]
    public void An_orthogonal_layer_is_an_initialisation()
    {
        var verdict = Verdict(Matrices.WithSingularValues(120, 100, [.. Enumerable.Repeat(1.0, 100)], seed: 2));
        Assert.Equal((Judgement.LooksRandom, "all eigenvalues are equal, as an orthogonal initialisation leaves them"), (verdict.Judgement, verdict.Reason));
    }

    /// <summary>The sample before and after training, layer by layer.</summary>
    [Theory]
    [InlineData("tiny-gpt-step0", true)]
    [InlineData("tiny-gpt", false)]
    public void The_sample_is_told_from_its_initialisation(string sample, bool isRandom)
    {
        using var model = Model.Open(Path.Combine(SharedFiles.Repository, "samples", sample));
        var layers = ModelAnalysis.Of(model, Layers.Options, cancellation: TestContext.Current.CancellationToken).Layers.Where(layer => layer.Verdict is not null && !layer.Layer.Name.Contains("wpe", StringComparison.Ordinal)).ToList();
        Assert.Equal(29, layers.Count);
        Assert.All(layers, layer => Assert.True(layer.Verdict!.Judgement is Judgement.LooksRandom == isRandom, $"{layer.Layer.Name} {layer.Verdict.Text}: {layer.Verdict.Reason}"));
    }

    private static LayerVerdict Verdict(DenseMatrix w, int controls = 0)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var spectrum = Spectrum.Of(w, SpectrumRoute.Gram, cancellation);
        return LayerVerdict.Of(new LayerSpectrum([spectrum], w.Rows, w.Columns, 1e-7, 1e-12 * spectrum.Eigenvalues[^1])
        {
            Entries = EntryStatistics.Of([w], cancellation),
            Controls = [.. Enumerable.Range(0, controls).Select(seed => Spectrum.Of(w.Shuffled(seed), SpectrumRoute.Gram, cancellation))],
        });
    }
}

/// <summary>The elements in random order.</summary>
file static class Shuffling
{
    public static DenseMatrix Shuffled(this DenseMatrix w, int seed)
    {
        var order = new Draws(seed + 1).Permutation(w.Rows * w.Columns);
        return Matrices.Of(w.Rows, w.Columns, (i, j) => w[order[(i * w.Columns) + j] / w.Columns, order[(i * w.Columns) + j] % w.Columns]);
    }
}
