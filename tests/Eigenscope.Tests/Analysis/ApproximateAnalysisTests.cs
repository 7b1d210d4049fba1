using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Metrics;
using Eigenscope.Reports;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Analysis;

/// <summary>What an analysis makes of an approximate spectrum.</summary>
public sealed class ApproximateAnalysisTests
{
    private static readonly AnalysisOptions Options = Layers.Options with { Approximate = true };

    /// <summary>Metrics that rest on the smallest singular values.</summary>
    private static readonly string[] Undefined = ["sv_min", "hard_rank", "condition_number", "num_at_floor", "weak_rank_loss", "bulk_sigma", "bulk_lambda_minus", "bulk_lambda_plus", "bulk_spikes", "bulk_softrank", "bulk_distance", "detX_num", "detX_val", "erg_distance", "level_ratio", "level_ratio_se", "alpha_moment", "hill_median", "mu", "edge_p", "signal_energy", "spike_energy", "entry_kurtosis", "entry_lambda_max", "phase_confidence", "alpha_instability"];

    private static LayerSpectrum Approximate { get; } = Layer(0);

    [Fact]
    public void Metrics_of_the_smallest_values_are_undefined() =>
        Assert.All(MetricTable.For(false), metric => Assert.Equal(Array.Exists(Undefined, name => name == metric.Name), metric.Of(Approximate) is null));

    [Fact]
    public void Every_layer_is_warned_of()
    {
        var known = Approximate.Spectrum.Approximation!;
        var warnings = LayerWarnings.Of(Approximate, Options);
        Assert.Single(warnings, text => text.StartsWith($"approximate: {known.Resolved} of 500 singular values are resolved, their squares within ", StringComparison.Ordinal));
        Assert.DoesNotContain(warnings, text => text.StartsWith("at-floor", StringComparison.Ordinal));
    }

    /// <summary>The tail of noise goes further down than a few steps resolve.</summary>
    [Fact]
    public void A_tail_of_estimates_is_warned_of()
    {
        var (tail, resolved) = (Approximate.Tail.Fit!.TailCount, Approximate.Spectrum.Approximation!.Resolved);
        Assert.True(tail > resolved);
        Assert.Contains($"estimated-tail: alpha rests on {tail} eigenvalues, {tail - resolved} of them estimated", LayerWarnings.Of(Approximate, Options));
    }

    [Fact]
    public void The_result_states_how_far_it_is_approximate()
    {
        var model = MemoryTensor.Model(null, Layers.Normal("h.0.mlp.c_fc.weight", 20, 30));
        var analysis = ModelAnalysis.Of(model, Options, null, CancellationToken.None);
        analysis = analysis with { Layers = [analysis.Layers[0] with { Spectrum = Approximate }] };
        using var json = JsonDocument.Parse(JsonReport.Of([analysis]));
        var known = Approximate.Spectrum.Approximation!;
        Assert.Equal("approximate", json.RootElement.GetProperty("settings").GetProperty("route").GetString());
        var spectrum = json.RootElement.GetProperty("layers")[0].GetProperty("spectrum");
        Assert.Equal("approximate", spectrum.GetProperty("route").GetString());
        Assert.Equal(
            $$"""{"resolved":{{known.Resolved}},"residual_bound":{{Text(known.ResidualBound)}},"density_error":{{Text(known.DensityError)}},"trace_error":{{Text(known.TraceError)}},"steps":8,"block_size":24}""",
            JsonSerializer.Serialize(spectrum.GetProperty("approximation")));
    }

    [Fact]
    public void Small_layers_are_analysed_as_ever()
    {
        var model = MemoryTensor.Model(null, Layers.Normal("h.0.mlp.c_fc.weight", 90, 70), Layers.Normal("h.1.mlp.c_fc.weight", 5, 30));
        var (plain, approximate) = (ModelAnalysis.Of(model, Layers.Options, null, CancellationToken.None), ModelAnalysis.Of(model, Options, null, CancellationToken.None));
        foreach (var (one, other) in plain.Layers.Zip(approximate.Layers))
        {
            Assert.Equal(one.Metrics, other.Metrics);
            Assert.Equal(one.Warnings, other.Warnings);
            Assert.Equal(one.Spectrum!.Spectrum.Route, other.Spectrum!.Spectrum.Route);
        }
    }

    [Fact]
    public void Seeds_differ_by_run_name_and_slice()
    {
        long[] seeds = [LayerSeed.Of(0, "a", 0), LayerSeed.Of(1, "a", 0), LayerSeed.Of(0, "b", 0), LayerSeed.Of(0, "a", 1), LayerSeed.Of(0, "", 0)];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.Equal(seeds[0], LayerSeed.Of(0, "a", 0));
    }

    [Fact]
    public void A_large_layer_costs_less_than_by_the_Gram_route()
    {
        var layer = Layers.Row(new Eigenscope.Models.Tensor("w.weight", Eigenscope.Models.DType.F32, [20000, 20000], [0, 0], new MemoryBytes(new byte[4]), 0));
        var (gram, approximate) = (WorkEstimate.Of(layer, SpectrumRoute.Gram, new()), WorkEstimate.Of(layer, SpectrumRoute.Approximate, new()));
        Assert.InRange(approximate.Work, 0, gram.Work / 2);
        Assert.InRange(approximate.Memory, 33L * 24 * 20000 * 8, gram.Memory / 2);
    }

    [Fact]
    public void A_small_layer_costs_what_it_costs_by_the_Gram_route()
    {
        var layer = Layers.Row(Layers.Normal("w.weight", 40, 50));
        Assert.Equal(WorkEstimate.Of(layer, SpectrumRoute.Gram, new()), WorkEstimate.Of(layer, SpectrumRoute.Approximate, new()));
    }

    private static string Text(double value) => JsonSerializer.Serialize(value);

    private static LayerSpectrum Layer(ulong seed)
    {
        var spectrum = Spectrum.OfLanczos(Matrices.Normal(900, 500, 1), seed, Execution.OneThread(CancellationToken.None), 8);
        return new LayerSpectrum([spectrum], 900, 500, 1e-7, 1e-12 * spectrum.Eigenvalues[^1]);
    }
}
