using Xunit;

namespace Eigenscope.EndToEnd.Cluster;

/// <summary>submit without a cluster: what it would send, what it refuses, what it warns of.</summary>
public sealed class SubmitTests : IDisposable
{
    private const string Accepts = "echo 41";
    private const string EmptyQueue = "exit 0";

    private readonly TemporaryFolder folder = new();
    private readonly FakePrograms programs = new();

    private string Out => folder["a b"];

    [Fact]
    public void DryRunPrintsThePlanAndTheScriptsAndLeavesNothing()
    {
        var result = programs.Tool(Line("--dry-run", "-n", "4", "--threads", "3", "--layers", "*.attn.*", "--max-memory", "1000MiB"));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var lines = result.Output.Split('\n');
        Assert.StartsWith("# 4 shards of 20 layers; the longest is 1 times the mean; ", lines[0]);
        Assert.EndsWith("each asks for 3 CPUs and 1536 MiB of memory", lines[0]);
        Assert.Contains("#SBATCH --array=0-3", lines);
        Assert.Contains("#SBATCH --cpus-per-task=3", lines);
        Assert.Contains("#SBATCH --mem=1536M", lines);
        Assert.Contains($"#SBATCH --output=\"{Out}/logs\"/%a.out", lines);
        Assert.Contains($" {Tool.Assembly} analyze {Repository.TinyGpt} --layers '*.attn.*' \\", result.Output);
        Assert.Contains($"  --out '{Out}' --shard \"$SLURM_ARRAY_TASK_ID/4\" \\", lines);
        Assert.Contains("  --threads \"${SLURM_CPUS_PER_TASK:-3}\" --max-memory 1024MiB &", lines);
        Assert.Contains($"collect '{Out}' --wait 90 --format json -o '{Out}/result.json'", result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void ScriptsAreWhatBashReads()
    {
        programs.With("sbatch", Accepts);
        Assert.Equal(0, programs.Tool(Line("--exclude", "it's \"*\" $HOME `*`")).ExitCode);

        foreach (var script in Directory.GetFiles(Out, "*.sbatch"))
        {
            using var bash = RunningTool.Start("bash", ["-n", script], []);
            var result = bash.Finish(Tool.Patience);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
        }
    }

    [Fact]
    public void WithoutSlurmOnPathThereIsNothingToSubmitTo() => Refused(programs.Tool(Line()), "no sbatch on PATH");

    /// <summary>They would belong to the analysis of one model, and be left out without a word.</summary>
    [Theory]
    [InlineData("other", "other")]
    [InlineData("x", "--layers", "x")]
    [InlineData("--esd", "--esd")]
    public void WhatStandsBeforeCompareIsRefused(string word, params string[] before)
    {
        var result = programs.Tool(["submit", .. before, "compare", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--out", Out, "--engine", "slurm", "--dry-run"]);

        Refused(result, $"'{word}' stands before compare; models and options stand behind it (see: eigenscope submit compare --help)");
    }

    [Fact]
    public void HelpOfSubmitCompareNamesItsOwnModels()
    {
        var result = programs.Tool("submit", "compare", "--help");

        Assert.Contains("\n  eigenscope submit compare <MODEL>... [options]\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nArguments:\n  <MODEL>  a weight file, a folder of them, hf://ORG/MODEL or a URL; two or more", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void KubernetesNeedsAnImageAndOthersAreNoEngine()
    {
        Refused(programs.Tool("submit", Repository.TinyGpt, "--out", Out, "--engine", "kubernetes"), "--engine kubernetes needs --image IMAGE");
        Refused(programs.Tool("submit", Repository.TinyGpt, "--out", Out, "--engine", "nomad"), "--engine 'nomad' is none of slurm, kubernetes");
    }

    [Fact]
    public void AnArrayOverTheLimitOfTheClusterIsRefused()
    {
        programs.With("sbatch", Accepts).With("scontrol", "echo 'MaxArraySize            = 21'");

        Refused(programs.Tool(Line("-n", "22")), "-n 22: this cluster takes arrays of at most 21 tasks (MaxArraySize)");
        Assert.Equal(0, programs.Tool(Line("-n", "21")).ExitCode);
    }

    [Fact]
    public void ShardsAreAFewForEveryNode()
    {
        programs.With("sinfo", "echo 'n1|h1|16|idle'; echo 'n1|h1|16|idle'; echo 'n2|h2|64+|mix'; echo 'n3|h3|1|down*'");
        Assert.StartsWith("# 8 shards of 30 layers;", programs.Tool(Line("--dry-run")).Output);
        Assert.Contains("#SBATCH --cpus-per-task=4\n", programs.Tool(Line("--dry-run")).Output);
    }

    [Fact]
    public void NodesOfThePartitionCount()
    {
        programs.With("sinfo", "case \"$*\" in *'-p gpu '*) echo 'n3|h3|8|idle';; *) echo 'n1|h1|16|idle'; echo 'n3|h3|8|idle';; esac");
        Assert.StartsWith("# 4 shards of 30 layers;", programs.Tool(Line("--dry-run", "--sbatch", "--partition=gpu")).Output);
        Assert.StartsWith("# 8 shards of 30 layers;", programs.Tool(Line("--dry-run", "--sbatch", "-A project")).Output);
    }

    [Theory]
    [InlineData("-M other")]
    [InlineData("-Mother")]
    [InlineData("-p gpu --clusters=other")]
    public void AnotherClusterIsRefused(string options) => Refused(programs.Tool(Line("--dry-run", "--sbatch", options)), "--sbatch: tasks on another cluster (other) could not be followed");

    [Fact]
    public void AComparisonIsSubmittedWithItsModels()
    {
        string[] line = ["submit", "compare", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--out", Out, "--engine", "slurm", "--top", "8"];
        var result = programs.Tool([.. line, "--dry-run", "-n", "4"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("# 4 shards of 30 layers;", result.Output);
        Assert.Contains($" {Tool.Assembly} compare {Repository.TinyGpt} {Repository.UntrainedTinyGpt} --top 8 \\", result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));

        programs.With("sbatch", Accepts).With("squeue", EmptyQueue);
        Assert.Equal(0, programs.Tool(line).ExitCode);
        Refused(programs.Tool(Line()), "is of another run: eigenscope 0.1.0 compare ");
        Refused(programs.Tool("submit", "compare", Repository.TinyGpt, "--out", folder["other"], "--engine", "slurm"), "compare needs two models or more");
    }

    [Fact]
    public void TheRefusalOfSbatchIsPassedOnInItsWords()
    {
        programs.With("sbatch", "echo 'sbatch: error: invalid partition specified: gpu' >&2; echo 'sbatch: error: Batch job submission failed' >&2; exit 1");

        Refused(programs.Tool(Line("--sbatch", "-p gpu")), "sbatch: error: invalid partition specified: gpu sbatch: error: Batch job submission failed (nothing was submitted)");
        Assert.False(File.Exists(Path.Combine(Out, "engine.json")));
    }

    [Fact]
    public void OptionsOfSbatchAreSplitAsAShellDoesAndOnlyTheArrayIsAnArray()
    {
        programs.With("sbatch", Accepts);
        Assert.Equal(0, programs.Tool(Line("--sbatch", "-p gpu --comment=\"two words\" --array=0-3%2 -A 'a b'")).ExitCode);

        string[] own = ["-p", "gpu", "--comment=two words", "--array=0-3%2", "-A", "a b"];
        Assert.Equal(["--parsable", .. own, $"{Out}/array.sbatch", "--parsable", .. own.Where(word => !word.StartsWith("--array")), "-d", "afterany:41", $"{Out}/collect.sbatch"], programs.Calls("sbatch"));
    }

    [Theory]
    [InlineData("-p 'gpu", "a ' is not closed")]
    [InlineData("-p gpu\\", "a backslash ends it")]
    public void OptionsOfSbatchThatBreakOffAreRefused(string options, string words) => Refused(programs.Tool(Line("--dry-run", "--sbatch", options)), words);

    [Theory]
    [InlineData("echo 41_2", false, "job 41, submitted before, is still in the queue")]
    [InlineData("echo 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)' >&2; exit 1", false, "may still run, as the queue cannot be asked: slurm_load_jobs error: Unable to contact")]
    [InlineData(EmptyQueue, true, "job 41")]
    [InlineData("echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1", true, "does not know job 41, submitted before, any more; it is taken as ended")]
    public void ASecondSubmissionWaitsForTheFirst(string squeue, bool isTaken, string words)
    {
        programs.With("sbatch", Accepts).With("squeue", squeue);
        Assert.Equal(0, programs.Tool(Line()).ExitCode);

        var second = programs.Tool(Line("-n", "3"));

        Assert.Equal(isTaken ? 0 : 2, second.ExitCode);
        Assert.Contains(words, second.Error);
        Assert.Equal(isTaken ? 4 : 2, programs.Calls("sbatch").Count(word => word == "--parsable"));
        Assert.Equal(0, programs.Tool(Line("--force")).ExitCode);
    }

    [Fact]
    public void AFolderOfAnotherRunIsRefused()
    {
        programs.With("sbatch", Accepts).With("squeue", EmptyQueue);
        Assert.Equal(0, programs.Tool(Line()).ExitCode);

        Refused(programs.Tool(Line("--accurate")), "is of another run");
        Refused(programs.Tool(Line("--accurate", "--dry-run")), "is of another run");
    }

    [Fact]
    public void PathsThatOtherMachinesDoNotSeeAreNamed()
    {
        programs.With("sbatch", Accepts).With("sinfo", "echo 'n1|some-other-host|4|idle'");
        var other = programs.Tool(Line());
        Assert.Equal(0, other.ExitCode);
        Assert.Contains(other.ErrorLines, line => line.StartsWith($"eigenscope: {Out} may not be there on the other machines of the cluster: "));

        programs.With("sinfo", $"echo 'n1|{Environment.MachineName}.example|4|idle'").With("squeue", EmptyQueue);
        Assert.Single(programs.Tool(Line()).ErrorLines);
    }

    [Fact]
    public void WaitingEndsAsCollectDoesAndOnlyByAnAnswer()
    {
        programs.With("sbatch", Accepts).With("squeue", $"[ -e '{folder["asked"]}' ] && exit 0; : > '{folder["asked"]}'; echo 'squeue: error: no controller' >&2; exit 1");

        var result = programs.Tool(Line("--wait"));

        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Contains("30 of 30 layers are missing", result.Error);
        Assert.True(programs.Calls("squeue").Count(word => word == "-j") >= 2);
    }

    [Fact]
    public void AnInterruptedWaitLeavesTheJobs()
    {
        programs.With("sbatch", Accepts).With("squeue", $": > '{folder["asked"]}'; echo 41").With("scancel", "exit 0");
        using var waiting = Tool.Start(Line("--wait"), programs.Environment);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(folder["asked"]), Tool.Patience));

        waiting.Send("INT");
        var result = waiting.Finish(Tool.Patience);

        Assert.Equal(130, result.ExitCode);
        Assert.Equal("eigenscope: interrupted; what was submitted goes on", result.ErrorLines[^1]);
        Assert.Empty(programs.Calls("scancel"));
    }

    public void Dispose()
    {
        programs.Dispose();
        folder.Dispose();
    }

    private static void Refused(ToolResult result, string words)
    {
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, Assert.Single(result.ErrorLines));
    }

    private string[] Line(params string[] more) => ["submit", Repository.TinyGpt, "--out", Out, "--engine", "slurm", .. more];
}
