using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary><c>analyze --shard</c> and <c>collect</c> as processes: whatever the number of shards, their order, signals and spoiled files, the result has the bytes of one run.</summary>
public sealed class ShardTests(ShardTests.Sample sample) : IClassFixture<ShardTests.Sample>, IDisposable
{
    private static readonly string[] Engines = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "OMPI_COMM_WORLD_RANK", "PBS_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "SGE_TASK_ID"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Variables => [.. Engines];

    private string Into => folder["shards"];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void Any_number_of_shards_makes_the_bytes_of_one_run(int count)
    {
        foreach (var index in Enumerable.Range(0, count).Reverse().Where(index => index < 30))
        {
            AssertDone(Shard(index, count, "--threads", index % 2 == 0 ? "1" : "2"));
        }

        AssertCollected(sample.Json, "--format", "json");
        AssertCollected(sample.Csv, "--format", "csv");
        var table = Tool.Run(["collect", Into], [("COLUMNS", "120")]);
        Assert.Equal((0, sample.Table), (table.ExitCode, table.Output));
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void An_engine_says_which_shard_it_is(string variable)
    {
        var first = variable == "SGE_TASK_ID" ? 1 : 0;
        foreach (var index in new[] { 1, 0 })
        {
            AssertDone(Tool.Run(["analyze", Repository.TinyGpt, "--shard", "auto", "--of", "2", "--out", Into], [(variable, $"{index + first}")]));
        }

        AssertCollected(sample.Json, "--format", "json");
    }

    [Fact]
    public void What_is_missing_is_listed_and_the_same_shards_make_it_whole()
    {
        AssertDone(Shard(0, 2));
        AssertDone(Shard(1, 2));
        var results = Directory.GetFiles(Path.Combine(Into, "results")).Order(StringComparer.Ordinal).ToArray();
        File.Delete(results[0]);
        File.WriteAllBytes(results[1], File.ReadAllBytes(results[1])[..^10]);
        File.WriteAllBytes(results[2], File.ReadAllBytes(results[3]));
        File.WriteAllText(Path.Combine(Into, "unfinished", "left-over"), "half");

        var collected = Tool.Run("collect", Into, "--format", "json", "--out", folder["result.json"]);

        Assert.Equal((3, ""), (collected.ExitCode, collected.Output));
        Assert.Equal(3, collected.ErrorLines.Count(line => line.StartsWith("missing: ", StringComparison.Ordinal)));
        Assert.StartsWith("eigenscope: 3 of 30 layers are missing", collected.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(folder["result.json"]));
        AssertDone(Shard(0, 5));
        Enumerable.Range(1, 4).ToList().ForEach(index => AssertDone(Shard(index, 5)));
        AssertCollected(sample.Json, "--format", "json");
    }

    [Fact]
    public void A_signal_ends_a_shard_with_75_and_what_is_done_is_kept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill, and clears ignored ones with GNU env");
        var model = folder.Write("large.safetensors", SafeTensors.Of([RandomWeights.Tensor("a.weight", 1, 40, 30), RandomWeights.Tensor("b.weight", 2, 2600, 2600), RandomWeights.Tensor("c.weight", 3, 2601, 2600)]));
        string[] arguments = ["analyze", model, "--accurate", "--shard", "0/1", "--out", Into, "--threads", "1"];
        using (var running = Tool.Start(arguments))
        {
            Assert.True(SpinWait.SpinUntil(() => running.ProcessorTime > TimeSpan.FromSeconds(2), Tool.Patience));
            running.Send("TERM");
            var stopped = running.Finish(Tool.Patience);

            Assert.Equal((75, ""), (stopped.ExitCode, stopped.Output));
            Assert.Equal("eigenscope: stopped; what is done is kept, and the same command goes on from it", Assert.Single(stopped.ErrorLines));
        }

        AssertDone(Tool.Run(arguments));
        AssertCollected(Tool.Run("analyze", model, "--accurate", "--format", "json").Output, "--format", "json");
        Assert.Empty(Directory.GetFiles(Path.Combine(Into, "unfinished")));
    }

    [Fact]
    public void Weights_that_were_written_to_after_their_results_are_told_of()
    {
        var model = folder.Write("model.safetensors", SafeTensors.Of([RandomWeights.Tensor("a.weight", 1, 700, 500)]));
        AssertDone(Tool.Run("analyze", model, "--shard", "0/1", "--out", Into));
        Assert.Equal("", Tool.Run("collect", Into).Error);

        File.SetLastWriteTimeUtc(model, DateTime.UtcNow.AddSeconds(5));

        var collected = Tool.Run("collect", Into);
        Assert.Equal(0, collected.ExitCode);
        Assert.StartsWith("eigenscope: weights were written to after results that are taken here", Assert.Single(collected.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_start_in_any_folder_where_the_path_of_the_model_is_whole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "changes the folder with GNU env");
        AssertDone(Shard(1, 2));
        using var elsewhere = RunningTool.Start("env", [$"--chdir={folder.FullPath}", "dotnet", Tool.Assembly, "analyze", Repository.TinyGpt, "--shard", "0/2", "--out", Into], []);
        AssertDone(elsewhere.Finish(Tool.Patience));

        AssertCollected(sample.Json, "--format", "json");
    }

    [Fact]
    public void Two_writers_of_one_shard_do_no_harm()
    {
        using var other = Tool.Start("analyze", Repository.TinyGpt, "--shard", "0/1", "--out", Into);
        AssertDone(Shard(0, 1));
        AssertDone(other.Finish(Tool.Patience));
        AssertCollected(sample.Json, "--format", "json");
    }

    [Fact]
    public void A_run_is_collected_from_anywhere_and_a_relative_path_stays_as_it_was_named()
    {
        var (model, into) = (Path.GetRelativePath(Environment.CurrentDirectory, Repository.TinyGpt), Path.GetRelativePath(Environment.CurrentDirectory, Into));
        AssertDone(Tool.Run("analyze", model, "--shard", "0/1", "--out", into, "--layers", "*h.0*"));
        var alone = Tool.Run("analyze", model, "--format", "json", "--layers", "*h.0*");

        Assert.Equal(0, Tool.Run("collect", into, "--format", "json", "--out", folder["result.json"]).ExitCode);
        Assert.Equal(alone.Output, File.ReadAllText(folder["result.json"]));
    }

    [Theory]
    [InlineData("shards of 2 are numbered from 0 to 1", "--shard", "2/2")]
    [InlineData("--shard '1' is neither auto nor i/n", "--shard", "1")]
    [InlineData("--shard '-1/2' is neither auto nor i/n", "--shard=-1/2")]
    [InlineData("--shard auto needs --of N", "--shard", "auto")]
    [InlineData("is set; was this started by an engine?", "--shard", "auto", "--of", "2")]
    [InlineData("--of goes with --shard auto", "--of", "2")]
    [InlineData("--of goes with --shard auto", "--of", "2", "--shard", "0/2")]
    [InlineData("--format and --shard exclude each other", "--shard", "0/2", "--format", "json")]
    [InlineData("--fail-on and --shard exclude each other", "--shard", "0/2", "--fail-on", "alpha>6")]
    public void What_makes_no_shard_is_told_in_one_line(string reason, params string[] options)
    {
        var result = Tool.Run(["analyze", Repository.TinyGpt, "--out", Into, .. options]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(reason, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Into));
    }

    [Fact]
    public void A_folder_is_of_one_run()
    {
        AssertDone(Shard(0, 40));

        var other = Shard(0, 2, "--accurate");
        var none = Tool.Run("collect", folder["nothing"]);
        var twoModels = Tool.Run("analyze", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--shard", "0/1", "--out", folder["other"]);
        var noFolder = Tool.Run("analyze", Repository.TinyGpt, "--shard", "0/1");

        Assert.Equal([2, 2, 2, 2], new[] { other, none, twoModels, noFolder }.Select(result => result.ExitCode));
        Assert.Contains("is of another run", Assert.Single(other.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("no folder of shards", Assert.Single(none.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("--shard is for one model", Assert.Single(twoModels.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("--shard needs --out DIR", Assert.Single(noFolder.ErrorLines), StringComparison.Ordinal);
    }

    private ToolResult Shard(int index, int count, params string[] options) => Tool.Run(["analyze", Repository.TinyGpt, "--shard", $"{index}/{count}", "--out", Into, .. options]);

    private static void AssertDone(ToolResult result) => Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Error}");

    private void AssertCollected(string expected, params string[] options)
    {
        var collected = Tool.Run(["collect", Into, .. options]);
        Assert.Equal((0, ""), (collected.ExitCode, collected.Error));
        Assert.Equal(expected, collected.Output);
    }

    /// <summary>The sample analysed by one process.</summary>
    public sealed class Sample
    {
        /// <summary>As JSON.</summary>
        public string Json { get; } = Tool.Run("analyze", Repository.TinyGpt, "--format", "json").Output;

        /// <summary>As CSV.</summary>
        public string Csv { get; } = Tool.Run("analyze", Repository.TinyGpt, "--format", "csv").Output;

        /// <summary>For people.</summary>
        public string Table { get; } = Tool.Run(["analyze", Repository.TinyGpt], [("COLUMNS", "120")]).Output;
    }
}
