using System.Collections.Concurrent;
using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Trainings as a process: files, streams, exit codes, signals, and the same bytes whatever the machine.</summary>
public sealed class TrainTests : IDisposable
{
    private const string Perceptron = "mlp --width 24 --depth 1 --examples 200 --held-out 50 --steps 12 --save-every 4 --batch 16 --momentum 0.9 --gradients 3 --save-gradients 2:3";
    private const string Transformer = "transformer --width 16 --depth 1 --heads 2 --context 16 --examples 100 --held-out 20 --steps 6 --save-every 2 --batch 4 --gradients 2";
    private const string Vision = "vit --width 16 --depth 1 --heads 2 --examples 100 --held-out 20 --steps 6 --save-every 2 --batch 8";

    /// <summary>It takes a minute or more: it is stopped before.</summary>
    private const string Long = "mlp --width 256 --depth 2 --examples 500 --held-out 100 --steps 40000 --save-every 20";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    private static readonly ConcurrentDictionary<string, Lazy<List<(string Name, string Bytes)>>> Plain = new(StringComparer.Ordinal);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Networks => [Perceptron, Transformer, Vision];

    public static MatrixTheoryData<string, string> NetworksAndSwitches { get; } = new([Perceptron, Transformer, Vision], ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"]);

    /// <summary>A command line, in which RUN stands for a new folder and FULL for one with a file, and what the error must say.</summary>
    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "train", "--out" },
        { "train perceptron --out RUN", "perceptron" },
        { "train mlp", "--out" },
        { "train mlp --out FULL", "the folder is not empty; a run that was begun there goes on with --resume" },
        { "train mlp --out FULL --resume", "holds no checkpoint to go on from" },
        { "train mlp --out RUN --data nowhere.idx", "--data 'nowhere.idx' is none of digits, linear, teacher, grammar, and there is no such file" },
        { "train vit --out RUN --width 30 --heads 4", "a width of 30 is not divisible by 4 heads" },
        { "train vit --out RUN --side 18", "images of 18 x 18 do not divide into patches of 4 x 4" },
        { "train vit --out RUN --data teacher", "a vision transformer wants images" },
        { "train transformer --out RUN --data digits", "a transformer wants text" },
        { "train mlp --out RUN --data linear --loss cross-entropy", "want the loss mse" },
        { "train mlp --out RUN --heads 4", "--heads goes with transformer or vit, not with mlp, digits, sgd" },
        { "train mlp --out RUN --rank 3", "--rank goes with linear, not with mlp, digits, sgd" },
        { "train vit --out RUN --momentum 0.5", "--momentum goes with sgd" },
        { "train mlp --out RUN --steps 0", "--steps '0' is not a whole number of 1 or more" },
        { "train mlp --out RUN --lr -1", "--lr '-1' is not a number of 0 or more" },
        { "train mlp --out RUN --lr nan", "--lr 'nan' is not a number" },
        { "train mlp --out RUN --momentum 1", "below 1" },
        { "train mlp --out RUN --activation sine", "--activation 'sine' is none of relu" },
        { "train mlp --out RUN --save-at 1,x", "--save-at '1,x' is not a list of steps" },
        { "train mlp --out RUN --save-at 1 --save-every 2", "exclude each other" },
        { "train mlp --out RUN --steps 5 --save-at 6", "not among 0 to 5" },
        { "train mlp --out RUN --save-gradients 5", "--save-gradients '5' is not FROM:TO" },
        { "train mlp --out RUN --gradients 1", "--gradients '1' is not a whole number from 2 to 1000000" },
        { "train mlp --out RUN --batch 5000", "a batch of 5000 examples is larger than the 4000 there are" },
        { "train mlp --out RUN --frobnicate", "unknown option '--frobnicate'" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_slip_is_one_line_and_exit_code_2(string line, string subject)
    {
        Directory.CreateDirectory(folder["full"]);
        folder.Write(Path.Combine("full", "notes.txt"), [1]);

        var result = Tool.Run([.. Words(line).Select(word => word switch { "RUN" => folder["run"], "FULL" => folder["full"], _ => word })]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("eigenscope: ", Assert.Single(result.ErrorLines));
        Assert.Contains(subject, result.Error);
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Bytes_are_the_same_on_any_number_of_threads(string network)
    {
        Train(network, "one", [], "--threads", "1");
        Train(network, "two", [], "--threads", "2");
        Assert.Equal(Content("one"), Content("two"));
    }

    [Theory]
    [MemberData(nameof(NetworksAndSwitches))]
    public void Bytes_are_the_same_for_every_width_of_registers(string network, string off)
    {
        Train(network, "less", [(off, "0")]);
        Assert.Equal(PlainContent(network), Content("less"));
    }

    [Fact]
    public void The_log_is_a_table_json_or_csv()
    {
        var table = Train(Perceptron, "a", []);
        Assert.Equal(["0", "4", "8", "12"], table.Output.Split('\n').Skip(1).Take(4).Select(line => line.Split(' ')[0]));
        Assert.Equal("", table.Error);
        using var json = JsonDocument.Parse(Train(Perceptron, "b", [], "--format", "json").Output);
        Assert.Equal("eigenscope/training/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal([0, 4, 8, 12], json.RootElement.GetProperty("log_history").EnumerateArray().Select(entry => entry.GetProperty("step").GetInt32()));
        var csv = Train(Perceptron, "c", [], "--format", "csv").Output;
        Assert.StartsWith("step,loss,eval_loss,eval_accuracy,learning_rate,grad_norm\n0,,", csv.ReplaceLineEndings("\n"));
        Assert.Equal(Content("a"), Content("c"));
    }

    [Fact]
    public void Checkpoints_are_models()
    {
        Train(Vision, "a", []);
        var result = Tool.Run("analyze", Path.Combine(folder["a"], "checkpoint-6"), "--format", "csv");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("vit.blocks.0.attn.q_proj.weight", result.Output);
        Assert.DoesNotContain("covariance", result.Output);
        Assert.DoesNotContain("exp_avg", result.Output);
    }

    /// <summary>
    /// By a signal that it answers and by one that it cannot: complete checkpoints alone, and from them the bytes of a run that never stopped. Where the disk is so slow that a checkpoint takes longer than
    /// the grace, the process ends by force, with the words of every command.
    /// </summary>
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public void A_run_that_is_stopped_leaves_complete_checkpoints_and_goes_on(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill, and clears ignored ones with GNU env");
        using var running = Tool.Start(["train", .. Words(Long), "--out", folder["run"]], []);
        Assert.True(SpinWait.SpinUntil(() => Directory.Exists(Path.Combine(folder["run"], "checkpoint-40")), Tool.Patience));

        running.Send(signal);
        var result = running.Finish(Bound);

        Assert.Equal("", result.Output);
        if (signal != "KILL")
        {
            Assert.Equal(130, result.ExitCode);
            Assert.Matches(@"^eigenscope: interrupted; (.*checkpoint-\d+ is complete, and --resume goes on from it|nothing was written)$", Assert.Single(result.ErrorLines));
        }

        var complete = Directory.GetDirectories(folder["run"], "checkpoint-*");
        Assert.All(complete, path => Assert.Equal(["config.json", "model.safetensors", "optimizer.safetensors", "trainer_state.json"], Directory.GetFiles(path).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        GoesOnFrom(complete);
    }

    [Fact]
    public void A_run_of_other_options_does_not_go_on()
    {
        Train(Perceptron, "a", []);
        var result = Tool.Run(["train", .. Words(Perceptron), "--out", folder["a"], "--resume", "--seed", "2"]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("is of another run: seed was 0 and now is 2", result.Error);
    }

    [Fact]
    public void A_training_that_diverges_ends_with_one_line_and_exit_code_1()
    {
        var result = Tool.Run(["train", .. Words("mlp --activation identity --loss mse --lr 1e9 --examples 100 --held-out 10 --batch 10 --steps 100"), "--out", folder["a"]]);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("the training diverges: the loss of step", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void A_text_of_ones_own_is_learned()
    {
        var path = folder.Write("my.txt", System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Ünd so weiter. ", 60))));
        Train($"transformer --data {path} --width 8 --depth 1 --heads 2 --context 8 --steps 2 --batch 4 --held-out 4", "a", []);
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder["a"], "checkpoint-2", "config.json")));
        Assert.Equal(12, config.RootElement.GetProperty("vocab_size").GetInt32());
        Assert.Contains("Ü", config.RootElement.GetProperty("vocabulary").EnumerateArray().Select(character => character.GetString()));
    }

    /// <summary>The checkpoints that a run with as many steps and the same options has, of which the stopped one has the first: those that both have are the same, and so is the next.</summary>
    private void GoesOnFrom(string[] complete)
    {
        var last = complete.Max(path => int.Parse(Path.GetFileName(path)["checkpoint-".Length..], System.Globalization.CultureInfo.InvariantCulture));
        var next = $"checkpoint-{last + 20}";
        using var whole = Tool.Start(["train", .. Words(Long), "--out", folder["whole"]], []);
        using var parts = Tool.Start(["train", .. Words(Long), "--out", folder["run"], "--resume"], []);
        var reached = SpinWait.SpinUntil(() => Directory.Exists(Path.Combine(folder["whole"], next)) && Directory.Exists(Path.Combine(folder["run"], next)), Tool.Patience);
        whole.Kill();
        parts.Kill();
        Assert.True(reached);
        whole.Finish(Bound);
        parts.Finish(Bound);
        Assert.All((string[])["checkpoint-0", $"checkpoint-{last}", next], name => Assert.Equal(Content(Path.Combine("whole", name)), Content(Path.Combine("run", name))));
    }

    /// <summary>The files that a network leaves without anything switched off, trained once for all tests.</summary>
    private static List<(string Name, string Bytes)> PlainContent(string network) => Plain.GetOrAdd(network, _ => new(() =>
    {
        using var alone = new TrainTests();
        alone.Train(network, "all", []);
        return alone.Content("all");
    })).Value;

    private ToolResult Train(string line, string run, IEnumerable<(string Name, string Value)> environment, params string[] more)
    {
        var result = Tool.Run(["train", .. Words(line), "--out", folder[run], .. more], environment);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private List<(string Name, string Bytes)> Content(string run) =>
        [.. Directory.GetFiles(folder[run], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(folder[run], path), Convert.ToHexString(File.ReadAllBytes(path))))];

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
