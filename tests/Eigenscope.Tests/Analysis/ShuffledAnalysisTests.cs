using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Analysis;

/// <summary>Layers beside their shuffled controls.</summary>
public sealed class ShuffledAnalysisTests
{
    private const string Noise = "layers.0.mlp.fc1.weight";
    private const string Signal = "layers.1.mlp.fc1.weight";
    private const string Trap = "layers.2.mlp.fc1.weight";
    private const int Rows = 120;
    private const int Columns = 80;

    private static readonly AnalysisOptions Options = Layers.Options with { Shuffles = 4 };

    /// <summary>Noise; noise and a direction of rank 1; noise and one very large weight.</summary>
    private static readonly Tensor[] Tensors =
    [
        Layers.Normal(Noise, Rows, Columns),
        MemoryTensor.F32(Signal, [Rows, Columns], [.. new LinearAlgebra.Draws(1).Normals(Rows * Columns).Select((x, k) => (float)(x + (k / Columns % 2 == 0 ? 1 : -1)))]),
        Layers.With(Trap, 77, 60, Rows, Columns),
    ];

    private static readonly ModelAnalysis Analysis = Analyze(Options);

    [Fact]
    public void Noise_is_like_its_shuffles() => Assert.Multiple(
        () => Assert.InRange(Value(Noise, "ww_softrank"), 0.9, 1.1),
        () => Assert.InRange(Value(Noise, "rand_distance"), 0, 0.03),
        () => Assert.Equal(0, Value(Noise, "correlation_traps")),
        () => Assert.Equal(0, Value(Noise, "bulk_spikes")));

    [Fact]
    public void A_direction_is_lost_in_shuffling() => Assert.Multiple(
        () => Assert.InRange(Value(Signal, "ww_softrank"), 0, 0.2),
        () => Assert.InRange(Value(Signal, "rand_distance"), 0.2, 1),
        () => Assert.Equal(0, Value(Signal, "correlation_traps")),
        () => Assert.Equal(1, Value(Signal, "bulk_spikes")));

    /// <summary>A trap survives every shuffle, and is counted once; one shuffle of the four has a spike of noise beside it.</summary>
    [Fact]
    public void A_large_weight_is_not_lost() => Assert.Multiple(
        () => Assert.InRange(Value(Trap, "ww_softrank"), 0.98, 1.02),
        () => Assert.Equal(1.25, Value(Trap, "correlation_traps")),
        () => Assert.Equal(1, Value(Trap, "bulk_spikes")));

    [Fact]
    public void The_layer_itself_stays_as_it_is()
    {
        var plain = Analyze(Layers.Options);
        Assert.All(plain.Layers.Zip(Analysis.Layers), pair => Assert.Equal(pair.First.Metrics, pair.Second.Metrics.Take(pair.First.Metrics.Count)));
    }

    /// <summary>WeightWatcher pools five shuffles of a small layer; these have no random part of one matrix, and no spikes beyond it.</summary>
    [Fact]
    public void Pooled_shuffles_have_no_spikes()
    {
        var pooled = Analyze(Options with { Compatibility = Compatibility.WeightWatcher });
        Assert.All(pooled.Layers, layer => Assert.Null(layer["correlation_traps"]));
        Assert.All(pooled.Layers, layer => Assert.NotNull(layer["max_rand_eval"]));
    }

    /// <summary>The shuffles of a layer depend on its name and the seed, not on the layers beside it, the order or the threads.</summary>
    [Fact]
    public void Shuffles_depend_on_name_and_seed()
    {
        var alone = Analyze(Options with { Threads = 1, Filter = new LayerFilter([Signal], [], []) });
        Assert.Equal(Analysis.Layers[1].Metrics, alone.Layers[1].Metrics);
        Assert.NotEqual(Value(Noise, "max_rand_eval"), Analyze(Options with { Seed = 1 }).Layers[0]["max_rand_eval"]);
        Assert.NotEqual(0, Value(Noise, "max_rand_eval_sd"));
    }

    /// <summary>Each position of a convolution kernel is shuffled by itself.</summary>
    [Fact]
    public void Slices_are_shuffled_one_by_one()
    {
        var layer = ModelAnalysis.Of(MemoryTensor.Model(null, Layers.Normal("conv1.weight", 12, 8, 2, 2)), Options with { Convolutions = ConvolutionMode.Slices }, null, CancellationToken.None).Layers[0];
        Assert.NotNull(layer["rand_distance"]);
        Assert.Null(layer["correlation_traps"]);
    }

    /// <summary>The shuffled weights are held beside the Gram matrix.</summary>
    [Fact]
    public void Needs_more_memory_and_says_so()
    {
        var layer = Layers.Row(Tensors[0]);
        var once = WorkEstimate.Of(layer, Eigenscope.Spectra.SpectrumRoute.Gram, new());
        Assert.Equal(new WorkEstimate(5 * once.Work, once.Memory + (Rows * Columns * sizeof(float))), WorkEstimate.Of(layer, Eigenscope.Spectra.SpectrumRoute.Gram, new() { Shuffles = 4 }));
    }

    private static ModelAnalysis Analyze(AnalysisOptions options) => ModelAnalysis.Of(MemoryTensor.Model(null, Tensors), options);

    private static double Value(string layer, string metric) => Analysis.Layers.Single(row => row.Layer.Name == layer)[metric]!.Value;
}
