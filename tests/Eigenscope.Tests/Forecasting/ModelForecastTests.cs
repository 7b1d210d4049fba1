using System.Text.Json;
using Eigenscope.Forecasting;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Reports;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Tracking;
using Eigenscope.Tracking;
using Eigenscope.Training;
using Eigenscope.Training.Files;
using Xunit;

namespace Eigenscope.Tests.Forecasting;

public sealed class ModelForecastTests : IDisposable
{
    private readonly TemporaryFolder run = new();

    private static ModelForecastOptions Options { get; } = new() { Analysis = Runs.Options.Analysis, Forecast = new ForecastOptions { Modes = 4 } };

    public void Dispose() => run.Dispose();

    /// <summary>A direction that grows by the same matrix with every step goes on so: what linear methods say is exact, but for the rounding of float32.</summary>
    [Fact]
    public void What_grows_evenly_is_forecast_and_held_against_what_came()
    {
        Array.ForEach([0, 20, 40, 60, 80, 100], step => Runs.Write(run.Path, step));
        var forecast = Of(Options with { Origin = 60 });
        Assert.Equal([0, 20, 40, 60], forecast.History.Select(checkpoint => checkpoint.Step));
        Assert.Equal([80, 100], forecast.Later.Select(checkpoint => checkpoint.Step));
        Assert.Equal(["a.weight", "b.weight"], forecast.Layers.Select(layer => layer.Layer.Name));
        var (growing, still) = (forecast.Layers[0].Forecast!, forecast.Layers[1].Forecast!);
        Assert.InRange(growing.Backtest!.Scores[(int)ForecastMethod.MatrixLinear].Error, 0, 1e-5);
        Assert.Equal(ForecastMethod.MatrixLinear, growing.Backtest.Chosen.Method);
        Assert.True(growing.Backtest.Scores[(int)ForecastMethod.Persistence].Error > 0.01);
        Assert.InRange(still.Backtest!.Chosen.Error, 0, 1e-12);
        Assert.Equal((2, 2, 1), (forecast.Summary.Layers, forecast.Summary.Compared, forecast.Untracked));
        Assert.Contains("matrix-linear is nearest", forecast.Summary.Sentence, StringComparison.Ordinal);
        var root = JsonElement.Parse(ForecastJson.Of(forecast));
        Assert.Equal(growing.Points[0].SingularValues[0], root.GetProperty("layers")[0].GetProperty("points")[0].GetProperty("singular_values")[0].GetDouble());
        Assert.Equal(ForecastMethods.All.Count + 1, root.GetProperty("layers")[0].GetProperty("backtest").GetProperty("methods").EnumerateObject().Count());
    }

    [Fact]
    public void A_layer_that_was_not_there_is_told_and_the_others_are_forecast()
    {
        Array.ForEach([0, 20, 40], step => Runs.Write(run.Path, step));
        File.WriteAllBytes(Path.Combine(run.Path, "checkpoint-40", "model.safetensors"), Models.SafeTensors.SafeTensorsBytes.Of(("new.weight", [24, 24], [.. Enumerable.Range(0, 576).Select(i => (float)Math.Sin(i))])));
        var forecast = Of(Options);
        Assert.Contains("no earlier checkpoint", forecast.Layers[0].Reason, StringComparison.Ordinal);
        Assert.True(forecast.HasFailures);
        Assert.Equal("failed", JsonElement.Parse(ForecastJson.Of(forecast)).GetProperty("layers")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void One_checkpoint_is_too_few()
    {
        Array.ForEach([10, 20], step => Runs.Write(run.Path, step));
        Assert.Contains("needs two at least", Assert.Throws<ModelFormatException>(() => Of(Options with { Origin = 10 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_depends_on_the_number_of_threads()
    {
        Array.ForEach([0, 20, 40, 60, 80], step => Runs.Write(run.Path, step));
        Assert.Equal(ForecastJson.Of(Of(Options with { Analysis = Options.Analysis with { Threads = 1 } })), ForecastJson.Of(Of(Options with { Analysis = Options.Analysis with { Threads = 3 } })));
    }

    /// <summary>With all modes tracked, the gradients that a training kept give the spectra that came, but for the rounding of float32.</summary>
    [Fact]
    public void Kept_gradients_lead_to_the_spectra_that_came()
    {
        Train(momentum: 0, kept: (0, 19));
        var forecast = Of(Options with { Origin = 5, Gradients = Path.Combine(run.Path, "gradients"), Forecast = Options.Forecast with { Modes = 16 } });
        Assert.All(forecast.Layers, layer => Assert.Null(layer.Streamed!.Reason));
        Assert.All(forecast.Layers, layer =>
        {
            Assert.Equal(15, layer.Streamed!.Steps);
            Assert.Equal([10, 20], layer.Streamed.Points.Select(point => point.Step));
            Assert.All(layer.Streamed.Points, point => Assert.True(point.Error < 1e-5 && point.Error < point.Persistence, $"{layer.Layer.Name} {point.Step} {point.Error}"));
        });
    }

    [Fact]
    public void A_missing_gradient_ends_the_stream_with_a_word()
    {
        Train(0, kept: (0, 19));
        File.Delete(Path.Combine(run.Path, "gradients", "step-00000012.safetensors"));
        var streamed = Of(Options with { Origin = 5, Gradients = Path.Combine(run.Path, "gradients") }).Layers[0].Streamed!;
        Assert.Equal((7, "there is no gradient of step 12, so that what comes after it is unknown"), (streamed.Steps, streamed.Reason));
        Assert.Equal([10, 12], streamed.Points.Select(point => point.Step));
        Assert.Throws<ModelFormatException>(() => Of(Options with { Gradients = Path.Combine(run.Path, "checkpoint-5") }));
    }

    [Fact]
    public void Statistics_beside_a_checkpoint_are_used()
    {
        Train(0.9, kept: null);
        var forecast = Of(Options with { Forecast = Options.Forecast with { Drift = DriftSource.Gradient, Momentum = 0.9 } });
        Assert.All(forecast.Layers, layer => Assert.Equal(("variance of gradients over mini-batches", DriftSource.Gradient), (layer.Forecast!.Motion.DiffusionBasis, layer.Forecast.Motion.Drift)));
        var facts = SafeTensorsMetadata.Of(Path.Combine(run.Path, "checkpoint-20", "gradients.safetensors"));
        Assert.Equal(("20", "4", "0.9"), (facts["step"], facts["batches"], facts["momentum"]));
        Assert.Empty(SafeTensorsMetadata.Of(run.Write("plain.safetensors", Runs.Model(1, 1))));
    }

    private ModelForecast Of(ModelForecastOptions options) => ModelForecast.Of(CheckpointSeries.Find([run.Path]), options, cancellation: TestContext.Current.CancellationToken);

    private void Train(double momentum, (int, int)? kept)
    {
        var options = TrainingOptions.For(NetworkKind.Mlp);
        TrainingFolder.Train(run.Path, options with
        {
            Network = options.Network with { Width = 24, Depth = 1 },
            Data = options.Data with { Examples = 200, HeldOut = 20, Side = 8 },
            Optimizer = options.Optimizer with { Momentum = momentum, LearningRate = 0.05, WeightDecay = 0.01 },
            Steps = 20,
            BatchSize = 8,
            SaveAt = [0, 2, 5, 10],
            GradientBatches = kept is null ? 4 : 0,
            KeptGradients = kept,
        }, cancellation: TestContext.Current.CancellationToken);
    }
}
