using System.Text.Json;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Training;
using Eigenscope.Training.Files;
using Xunit;

namespace Eigenscope.Tests.Training.Files;

public sealed class TrainingFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eigenscope-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<NetworkKind, OptimizerKind> Resumed => new()
    {
        { NetworkKind.Mlp, OptimizerKind.Sgd },
        { NetworkKind.Mlp, OptimizerKind.AdamW },
        { NetworkKind.Transformer, OptimizerKind.AdamW },
        { NetworkKind.Vit, OptimizerKind.Sgd },
    };

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Stopped between checkpoints, with what a killed process leaves, and continued: every file has the bytes of an uninterrupted run.</summary>
    [Theory]
    [MemberData(nameof(Resumed))]
    public void A_run_that_goes_on_writes_the_bytes_of_one_that_never_stopped(NetworkKind kind, OptimizerKind optimizer)
    {
        var options = Options(kind, optimizer);
        var log = TrainingFolder.Train(Run("whole"), options, cancellation: Cancellation);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => TrainingFolder.Train(Run("parts"), options, progress: new StopAt(7, stop), cancellation: stop.Token));
        Assert.Equal(["checkpoint-0", "checkpoint-3", "checkpoint-6"], Folders("parts"));
        Directory.CreateDirectory(Path.Combine(Run("parts"), ".checkpoint-9.partial"));
        File.WriteAllText(Path.Combine(Run("parts"), ".checkpoint-9.partial", "model.safetensors"), "cut");
        Assert.Equal(log, TrainingFolder.Train(Run("parts"), options with { Threads = 2 }, resume: true, cancellation: Cancellation));
        Assert.Equal(Content("whole"), Content("parts"));
        Assert.Equal(["checkpoint-0", "checkpoint-10", "checkpoint-3", "checkpoint-6", "checkpoint-9"], Folders("parts"));
    }

    /// <summary>Before any checkpoint, with the first alone, and at one in the midst.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_run_goes_on_from_wherever_it_was_stopped(int step)
    {
        var options = Options(NetworkKind.Mlp, OptimizerKind.Sgd);
        TrainingFolder.Train(Run("whole"), options, cancellation: Cancellation);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => TrainingFolder.Train(Run("parts"), options, progress: new StopAt(step, stop), cancellation: stop.Token));
        TrainingFolder.Train(Run("parts"), options, resume: true, cancellation: Cancellation);
        Assert.Equal(Content("whole"), Content("parts"));
        Directory.CreateDirectory(Path.Combine(Run("begun"), ".checkpoint-0.partial"));
        TrainingFolder.Train(Run("begun"), options, resume: true, cancellation: Cancellation);
        Assert.Equal(Content("whole"), Content("begun"));
    }

    [Fact]
    public void A_finished_run_that_goes_on_changes_nothing()
    {
        var options = Options(NetworkKind.Mlp, OptimizerKind.Sgd);
        var log = TrainingFolder.Train(Run("a"), options, cancellation: Cancellation);
        var content = Content("a");
        Assert.Equal(log, TrainingFolder.Train(Run("a"), options, resume: true, cancellation: Cancellation));
        Assert.Equal(content, Content("a"));
    }

    /// <summary>Weights rounded to float32 in model.safetensors, whole in memory; roles and blocks by their names; and no tensor of the other files.</summary>
    [Fact]
    public void A_checkpoint_opens_as_a_model()
    {
        var options = Options(NetworkKind.Transformer, OptimizerKind.AdamW);
        TrainingFolder.Train(Run("a"), options, cancellation: Cancellation);
        TrainingCheckpoint? last = null;
        TrainingRun.Start(options, checkpoint => last = checkpoint, cancellation: Cancellation);
        using var model = Model.Open(Path.Combine(Run("a"), "checkpoint-10"));
        Assert.Equal(last!.Weights.Select(weights => weights.Name), model.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("EigenscopeLanguageModel", model.Architecture);
        var table = WeightTable.Of(model);
        Role[] roles = [Role.Embedding, Role.PositionEmbedding, Role.AttentionQuery, Role.AttentionKey, Role.AttentionValue, Role.AttentionOutput, Role.MlpUp, Role.MlpDown, Role.Unembedding];
        Assert.Equal(roles, table.Where(row => row.SkipReason is null).Select(row => row.Role));
        Assert.All(table.Where(row => row.Name.Contains(".h.0.", StringComparison.Ordinal)), row => Assert.Equal(0, row.Description.Block));
        var query = model.Tensors.Single(tensor => tensor.Name == "transformer.h.0.attn.q_proj.weight");
        Assert.Equal((float)last.Weights.Single(weights => weights.Name == query.Name).Values[1, 2], BitConverter.ToSingle(query.Bytes.ReadArray(query.Offset, query.ByteCount), 4 * (16 + 2)));
    }

    [Fact]
    public void Weights_are_stored_as_float64_where_asked_for()
    {
        TrainingFolder.Train(Run("a"), Options(NetworkKind.Mlp, OptimizerKind.Sgd) with { StoresDouble = true }, cancellation: Cancellation);
        using var model = Model.Open(Path.Combine(Run("a"), "checkpoint-10"));
        Assert.All(model.Tensors, tensor => Assert.Equal(DType.F64, tensor.Type));
    }

    [Fact]
    public void The_files_of_gradients_hold_what_they_state()
    {
        TrainingFolder.Train(Run("a"), Options(NetworkKind.Mlp, OptimizerKind.Sgd), cancellation: Cancellation);
        using var statistics = Model.Open(Path.Combine(Run("a"), "checkpoint-3", "gradients.safetensors"));
        Assert.Equal(
            ["mean 16x256", "row_covariance 16x16", "column_covariance 256x256", "variance scalar", "mode_variance 16", "mode_eigenvalues 16"],
            statistics.Tensors.Where(tensor => tensor.Name.StartsWith("layers.0.weight.", StringComparison.Ordinal)).Select(tensor => $"{tensor.Name["layers.0.weight.".Length..]} {tensor.ShapeText}"));
        Assert.All(statistics.Tensors, tensor => Assert.Equal(DType.F64, tensor.Type));
        var told = Metadata(Path.Combine(Run("a"), "checkpoint-3", "gradients.safetensors"));
        Assert.Equal(
            [("batches", "3"), ("batch_size", "8"), ("step", "3"), ("optimizer", "sgd"), ("learning_rate", "0.05"), ("momentum", "0.9"), ("weight_decay", "0.01")],
            told.EnumerateObject().Select(property => (property.Name, property.Value.GetString())));
        Assert.Equal(["step-00000004.safetensors", "step-00000005.safetensors"], Directory.GetFiles(Path.Combine(Run("a"), "gradients")).Select(Path.GetFileName).Order());
        Assert.Equal("4", Metadata(Path.Combine(Run("a"), "gradients", "step-00000004.safetensors")).GetProperty("step").GetString());
        using var one = Model.Open(Path.Combine(Run("a"), "gradients", "step-00000004.safetensors"));
        Assert.Equal(["layers.0.weight F32", "layers.0.bias F32", "head.weight F32", "head.bias F32"], one.Tensors.Select(tensor => $"{tensor.Name} {tensor.TypeName}"));
    }

    [Fact]
    public void The_state_is_that_of_a_trainer()
    {
        TrainingFolder.Train(Run("a"), Options(NetworkKind.Mlp, OptimizerKind.Sgd), cancellation: Cancellation);
        using var state = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Run("a"), "checkpoint-6", "trainer_state.json")));
        Assert.Equal(6, state.RootElement.GetProperty("global_step").GetInt32());
        var history = state.RootElement.GetProperty("log_history").EnumerateArray().ToList();
        Assert.Equal([0, 3, 6], history.Select(entry => entry.GetProperty("step").GetInt32()));
        Assert.Equal(JsonValueKind.Null, history[0].GetProperty("loss").ValueKind);
        Assert.All(history, entry => Assert.InRange(entry.GetProperty("eval_accuracy").GetDouble(), 0, 1));
        Assert.True(history[2].GetProperty("loss").GetDouble() > 0 && history[2].GetProperty("eval_loss").GetDouble() > 0);
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_refused()
    {
        var options = Options(NetworkKind.Mlp, OptimizerKind.Sgd);
        TrainingFolder.Train(Run("a"), options, cancellation: Cancellation);
        Refused("is not empty; a run that was begun there goes on with --resume", "a", options, resume: false);
        Refused("is of another run: learning_rate was 0.05 and now is 0.1", "a", options with { Optimizer = options.Optimizer with { LearningRate = 0.1 } }, resume: true);
        File.Delete(Path.Combine(Run("a"), "checkpoint-10", "optimizer.safetensors"));
        Refused("optimizer.safetensors is missing", "a", options, resume: true);
        Directory.CreateDirectory(Run("b"));
        File.WriteAllText(Path.Combine(Run("b"), "notes.txt"), "mine");
        Refused("is not empty and holds no checkpoint to go on from", "b", options, resume: true);
        Refused("a folder for the run is wanted", Path.Combine("b", "notes.txt"), options, resume: false);
    }

    private static TrainingOptions Options(NetworkKind kind, OptimizerKind optimizer) => TrainingOptions.For(kind) with
    {
        Network = TrainingOptions.For(kind).Network with { Width = 16, Depth = 1, Heads = 2, Context = 16 },
        Data = TrainingOptions.For(kind).Data with { Examples = 60, HeldOut = 20 },
        Optimizer = new() { Kind = optimizer, LearningRate = 0.05, Momentum = optimizer == OptimizerKind.Sgd ? 0.9 : 0, WeightDecay = 0.01, WarmUp = 2, Cosine = optimizer == OptimizerKind.AdamW },
        BatchSize = 8,
        Steps = 10,
        SaveAt = CheckpointSteps.Every(3, 10),
        GradientBatches = 3,
        KeptGradients = (4, 5),
    };

    private static JsonElement Metadata(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return JsonElement.Parse(bytes.AsSpan(8, (int)BitConverter.ToInt64(bytes))).GetProperty("__metadata__");
    }

    private string Run(string name) => Path.Combine(folder.FullName, name);

    private IEnumerable<string> Folders(string name) => Directory.GetDirectories(Run(name), "checkpoint-*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private List<(string Name, string Bytes)> Content(string name) =>
        [.. Directory.GetFiles(Run(name), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(Run(name), path), Convert.ToHexString(File.ReadAllBytes(path))))];

    private void Refused(string message, string name, TrainingOptions options, bool resume) =>
        Assert.Contains(message, Assert.Throws<TrainingException>(() => TrainingFolder.Train(Run(name), options, resume, cancellation: Cancellation)).Message);

    private sealed class StopAt(int step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
            {
                stop.Cancel();
            }
        }
    }
}
