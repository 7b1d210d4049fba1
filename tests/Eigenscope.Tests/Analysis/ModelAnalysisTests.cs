using System.Text;
using Eigenscope.Analysis;
using Eigenscope.Metrics;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Reports;
using Eigenscope.Spectra;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Analysis;

public sealed class ModelAnalysisTests
{
    [Fact]
    public void Every_tensor_has_its_row_in_order()
    {
        var analysis = Analyze(Layers.Options, Small());
        Assert.Equal(Enumerable.Range(0, analysis.Layers.Count), analysis.Layers.Select(layer => layer.Layer.Id));
        Assert.Equal(
            [LayerStatus.Analyzed, LayerStatus.Skipped, LayerStatus.Analyzed, LayerStatus.Analyzed, LayerStatus.Analyzed, LayerStatus.Analyzed, LayerStatus.Analyzed],
            analysis.Layers.Select(layer => layer.Status));
        Assert.All(analysis.Layers, layer => Assert.Equal(layer.Status == LayerStatus.Analyzed, layer.Reason is null));
        Assert.Equal("a normalisation weight", analysis.Layers[1].Reason);
        Assert.False(analysis.HasFailures);
    }

    /// <summary>Elements that are not finite, a square that overflows, and one that vanishes: each fails alone, with the place or the size.</summary>
    [Fact]
    public void Failures_stay_with_their_layer()
    {
        var analysis = Analyze(
            Layers.Options,
            Layers.Normal("layers.0.mlp.fc1.weight", 8, 12),
            Layers.With("layers.1.mlp.fc1.weight", 17, float.NaN, 8, 12),
            Layers.With("layers.2.mlp.fc1.weight", 95, float.NegativeInfinity, 12, 8),
            Layers.With("conv1.weight", 23, float.PositiveInfinity, 4, 3, 2, 2),
            MemoryTensor.F64("layers.3.mlp.fc1.weight", [2, 2], 1e200, 0, 0, 1),
            MemoryTensor.F64("layers.4.mlp.fc1.weight", [2, 2], 1e-200, 0, 0, 1e-210),
            Layers.Normal("layers.5.mlp.fc1.weight", 8, 12));
        Assert.Equal(
            [
                null,
                "the weight at [1, 5] is NaN",
                "the weight at [11, 7] is -Inf",
                "the weight at [1, 2, 1, 1] is +Inf",
                "the largest singular value is 1e+200, and its square does not fit in float64",
                "the largest singular value is 1e-200, and its square does not fit in float64",
                null,
            ],
            analysis.Layers.Select(layer => layer.Reason));
        Assert.True(analysis.HasFailures);
        Assert.Equal((2, 5), (analysis.Summary.Analyzed, analysis.Summary.Failed));
        Assert.All(analysis.Layers.Where(layer => layer.Status == LayerStatus.Failed), layer => Assert.Empty(layer.Metrics));
    }

    [Fact]
    public void A_file_that_was_cut_short_fails_its_layer()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.safetensors", Models.SafeTensors.SafeTensorsBytes.Of(
            ("layers.0.mlp.fc1.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("layers.1.mlp.fc1.weight", [2, 3], [1, 2, 3, 4, 5, 6])));
        using var model = Model.Open(path);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(file.Length - 4);
        }

        var analysis = Run(model, Layers.Options);
        Assert.Equal([LayerStatus.Analyzed, LayerStatus.Failed], analysis.Layers.Select(layer => layer.Status));
        Assert.Contains("ended early", analysis.Layers[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Any_number_of_threads_gives_the_same_bytes(bool accurate, bool weightWatcher)
    {
        var options = Layers.Options with { Accurate = accurate, Compatibility = weightWatcher ? Compatibility.WeightWatcher : Compatibility.None, KeepEigenvalues = true };
        Tensor[] tensors = [.. Small(), .. Enumerable.Range(0, 12).Select(i => Layers.Normal($"layers.{i}.mlp.fc1.weight", 20 + (7 * i), 90 - (3 * i)))];
        var expected = Json(options with { Threads = 1 }, tensors);
        Assert.Equal(expected, Json(options with { Threads = 2 }, tensors));
        Assert.Equal(expected, Json(options with { Threads = 4 }, tensors));
        Assert.Equal(expected, Json(options with { Threads = 4, MaxMemory = 40L << 20 }, tensors));
    }

    [Theory]
    [InlineData(SpectrumRoute.Gram)]
    [InlineData(SpectrumRoute.Accurate)]
    public void A_layer_beyond_the_memory_that_is_allowed_fails_with_the_sizes(SpectrumRoute route)
    {
        var options = Layers.Options with { Accurate = route == SpectrumRoute.Accurate };
        var tensor = Layers.Normal("layers.0.mlp.fc1.weight", 40, 50);
        var needed = WorkEstimate.Of(Layers.Row(tensor), route, new()).Memory;
        Assert.Equal(LayerStatus.Analyzed, Assert.Single(Analyze(options with { MaxMemory = needed }, tensor).Layers).Status);
        var layer = Assert.Single(Analyze(options with { MaxMemory = needed - 1 }, tensor).Layers);
        Assert.Equal(LayerStatus.Failed, layer.Status);
        Assert.StartsWith("a 40 x 50 matrix needs about ", layer.Reason, StringComparison.Ordinal);
        Assert.EndsWith("MiB that --max-memory allows", layer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stops_when_cancelled(bool accurate)
    {
        var model = MemoryTensor.Model("gpt2", Small());
        Assert.Throws<OperationCanceledException>(() => ModelAnalysis.Of(model, Layers.Options with { Accurate = accurate }, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Stops_in_the_middle()
    {
        using var source = new CancellationTokenSource();
        var model = MemoryTensor.Model(null, [.. Enumerable.Range(0, 50).Select(i => Layers.Normal($"layers.{i}.mlp.fc1.weight", 8, 12))]);
        var progress = new Recorder(report => source.Cancel());
        Assert.Throws<OperationCanceledException>(() => ModelAnalysis.Of(model, Layers.Options, progress, source.Token));
        Assert.InRange(progress.Reports.Count, 1, 10);
    }

    [Fact]
    public void Tells_of_every_layer_the_costliest_first()
    {
        var progress = new Recorder(_ => { });
        var tensors = new[] { 10, 30, 20 }.Select(n => Layers.Normal($"layers.{n}.mlp.fc1.weight", n, n)).ToArray();
        ModelAnalysis.Of(MemoryTensor.Model(null, tensors), Layers.Options with { Threads = 1 }, progress, CancellationToken.None);
        Assert.Equal(["layers.30.mlp.fc1.weight", "layers.20.mlp.fc1.weight", "layers.10.mlp.fc1.weight"], progress.Reports.Select(report => report.Layer));
        Assert.Equal([(1, 3), (2, 3), (3, 3)], progress.Reports.Select(report => (report.LayersDone, report.Layers)));
        Assert.Equal(1, progress.Reports[^1].WorkDone, 1e-15);
        Assert.Equal(progress.Reports.Select(report => report.WorkDone).Order(), progress.Reports.Select(report => report.WorkDone));
    }

    [Fact]
    public void The_filter_leaves_out_with_its_reason()
    {
        var analysis = Analyze(Layers.Options with { Filter = LayerFilter.All with { Include = ["*c_attn*"], Exclude = ["*:k"] } }, Small());
        Assert.Equal(
            ["transformer.h.0.attn.c_attn.weight", "transformer.h.0.attn.c_attn.weight:q", "transformer.h.0.attn.c_attn.weight:v"],
            analysis.Layers.Where(layer => layer.Status == LayerStatus.Analyzed).Select(layer => layer.Layer.Name));
        Assert.Equal("left out by --exclude", analysis.Layers.Single(layer => layer.Layer.Name.EndsWith(":k", StringComparison.Ordinal)).Reason);
        Assert.Equal("a normalisation weight", analysis.Layers[1].Reason);
    }

    [Fact]
    public void The_summary_counts_wholes_only_and_leaves_failed_fits_out()
    {
        var analysis = Analyze(Layers.Options, [.. Small(), MemoryTensor.F32("layers.9.mlp.fc1.weight", [2, 2], 5, 0, 0, 5)]);
        var wholes = analysis.Layers.Where(layer => layer.Status == LayerStatus.Analyzed && layer.Layer.PartOf is null).ToList();
        Assert.Equal((4, 4, 1, 0), (wholes.Count, analysis.Summary.Analyzed, analysis.Summary.Skipped, analysis.Summary.Failed));
        var alpha = analysis.Summary.Metrics.Single(metric => metric.Metric == "alpha");
        Assert.Equal((3, wholes.Select(layer => layer["alpha"]).OfType<double>().Average()), (alpha.Layers, alpha.Mean));
        var rank = analysis.Summary.Metrics.Single(metric => metric.Metric == "stable_rank");
        Assert.Equal((4, wholes.Average(layer => layer["stable_rank"])), (rank.Layers, rank.Mean));
        Assert.Equal(4, analysis.Summary.Small);
    }

    [Fact]
    public void A_summary_of_nothing_has_no_means() =>
        Assert.All(Analyze(Layers.Options, MemoryTensor.F32("layers.9.mlp.fc1.weight", [2, 2], 5, 0, 0, 5)).Summary.Metrics.Where(metric => metric.Metric == "alpha"), metric => Assert.Equal((null, 0), (metric.Mean, metric.Layers)));

    /// <summary>1e-10 is lost among the squares; the accurate route finds it, where it fits into the memory.</summary>
    [Fact]
    public void Values_at_the_floor_turn_a_layer_to_the_accurate_route()
    {
        const int Rows = 2000;
        var weights = Enumerable.Range(0, Rows * 2).Select(k => k == 0 ? 1 : k == 3 ? 1e-10 : 0).ToArray();
        Tensor[] tensors = [MemoryTensor.F64("layers.0.mlp.fc1.weight", [Rows, 2], weights), Layers.Normal("layers.1.mlp.fc1.weight", 30, 20), MemoryTensor.F64("layers.2.mlp.fc1.weight", [3, 3], new double[9])];
        var analysis = Analyze(Layers.Options, tensors);
        Assert.Equal([SpectrumRoute.Accurate, SpectrumRoute.Gram, SpectrumRoute.Gram], analysis.Layers.Select(layer => layer.Spectrum!.Spectrum.Route));
        Assert.Equal(1e-10, analysis.Layers[0]["sv_min"]!.Value, 1e-14);

        var confined = Analyze(Layers.Options with { MaxMemory = 200_000 }, tensors).Layers[0];
        Assert.Equal(SpectrumRoute.Gram, confined.Spectrum!.Spectrum.Route);
        Assert.Contains(confined.Warnings, warning => warning.EndsWith("but needs more than --max-memory", StringComparison.Ordinal));
    }

    [Fact]
    public void Large_and_small_layers_have_the_same_bits_on_any_number_of_threads()
    {
        Tensor[] tensors = [Layers.Normal("layers.0.mlp.fc1.weight", 400, 390), Layers.Normal("layers.1.mlp.fc1.weight", 30, 20), Layers.Normal("layers.2.mlp.fc1.weight", 50, 600)];
        var expected = JsonReport.Of([Analyze(Layers.Options with { Threads = 1, KeepEigenvalues = true }, tensors)]);
        foreach (var threads in new[] { 2, 3, 16 })
        {
            Assert.Equal(expected, JsonReport.Of([Analyze(Layers.Options with { Threads = threads, KeepEigenvalues = true }, tensors)]));
        }
    }

    /// <summary>WeightWatcher multiplies the slices of a 2-D kernel by sqrt(1/2), so lambda are halved; those of a dense layer are not.</summary>
    [Fact]
    public void WeightWatchers_conventions()
    {
        var options = Layers.Options with { Compatibility = Compatibility.WeightWatcher };
        Tensor[] tensors = [Layers.Normal("conv1.weight", 6, 8, 2, 2), Layers.Normal("layers.0.mlp.fc1.weight", 8, 12)];
        var (own, theirs) = (Analyze(Layers.Options with { Convolutions = ConvolutionMode.Slices, Accurate = true }, tensors), Analyze(options, tensors));
        Assert.Equal(own.Layers[0]["norm"]!.Value / 2, theirs.Layers[0]["norm"]!.Value, 1e-6 * own.Layers[0]["norm"]!.Value);
        Assert.Equal(own.Layers[1]["norm"], theirs.Layers[1]["norm"]);
        Assert.Equal((8.0, 6.0), (own.Layers[0]["N"], own.Layers[0]["M"]));
        Assert.Equal((6.0, 8.0), (theirs.Layers[0]["N"], theirs.Layers[0]["M"]));
        Assert.Equal(MetricTable.For(true).Select(metric => metric.Name), theirs.Layers[0].Metrics.Select(item => item.Key));
        Assert.Equal((ConvolutionMode.Slices, SpectrumRoute.Accurate), (options.EffectiveConvolutions, options.FirstRoute));
    }

    /// <summary>lambda 4e-4, 9e-6 and 1e-6: all count by their share of the largest, one by WeightWatcher's 1e-5.</summary>
    [Fact]
    public void The_threshold_of_the_fit_is_relative_unless_it_is_WeightWatchers()
    {
        var tensor = MemoryTensor.F32("layers.0.mlp.fc1.weight", [3, 3], 0.02f, 0, 0, 0, 0.003f, 0, 0, 0, 0.001f);
        Assert.NotNull(Analyze(Layers.Options, tensor).Layers[0]["alpha"]);
        var theirs = Analyze(Layers.Options with { Compatibility = Compatibility.WeightWatcher }, tensor).Layers[0];
        Assert.Null(theirs["alpha"]);
        Assert.Contains("no-fit: a power law needs at least two eigenvalues, and 1 is large enough to count", theirs.Warnings);
        Assert.Equal(LayerWarnings.OverTrained, LayerWarnings.WeightWatcherLabel(theirs));
    }

    private static Tensor[] Small() =>
    [
        Layers.Normal("transformer.wte.weight", 20, 8),
        Layers.Normal("transformer.h.0.ln_1.weight", 8),
        Layers.Normal("transformer.h.0.attn.c_attn.weight", 8, 24),
        Layers.Normal("transformer.h.0.mlp.c_fc.weight", 8, 32),
    ];

    private static string Json(AnalysisOptions options, Tensor[] tensors) => Encoding.UTF8.GetString(JsonReport.Of([Analyze(options, tensors)]));

    private static ModelAnalysis Analyze(AnalysisOptions options, params Tensor[] tensors) => Run(MemoryTensor.Model("gpt2", tensors), options);

    private static ModelAnalysis Run(Model model, AnalysisOptions options) => ModelAnalysis.Of(model, options, null, CancellationToken.None);

    private sealed class Recorder(Action<AnalysisProgress> action) : IProgress<AnalysisProgress>
    {
        public List<AnalysisProgress> Reports { get; } = [];

        public void Report(AnalysisProgress value)
        {
            Reports.Add(value);
            action(value);
        }
    }
}
