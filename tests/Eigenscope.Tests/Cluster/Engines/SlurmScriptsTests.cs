using System.Diagnostics;
using Eigenscope.Cluster.Engines;
using Xunit;

namespace Eigenscope.Tests.Cluster.Engines;

/// <summary>The scripts of an array: what stands in them, and what bash does with them when signals come.</summary>
public sealed class SlurmScriptsTests : IDisposable
{
    /// <summary>A tool that says what it was called with, and ends with what a file says: "stopped" on TERM, "code" by itself.</summary>
    private const string Tool =
        """
        #!/bin/bash
        trap 'sleep 0.2; exit "$(cat stopped)"' TERM
        printf '%s\n' "$@" > called
        while [ ! -e code ]; do sleep 0.05; done
        exit "$(cat code)"
        """;

    private const string Control = "#!/bin/bash\necho \"$@\" > requeued\nexit 1\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eigenscope-it's 100% ");

    private EngineRun Run => new([In("tool")], "analyze", ["it's a \"model\".pt"], folder.FullName, In("shards"), ["--layers", "*.$HOME"], 8, 3, 100 << 20);

    [Fact]
    public void Headers_ask_for_what_the_plan_says()
    {
        string[] expected =
        [
            "#SBATCH --array=0-7", "#SBATCH --requeue", "#SBATCH --open-mode=append", "#SBATCH --signal=B:USR1@60", "#SBATCH --cpus-per-task=3", "#SBATCH --mem=640M",
        ];
        var lines = SlurmScripts.Array(Run, []).Split('\n');
        Assert.All(expected, line => Assert.Contains(line, lines));
        Assert.DoesNotContain(lines, line => line.StartsWith("#SBATCH --time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/a/b", "/a/b/logs/%a.out")]
    [InlineData("/a/50%", "/a/50%%/logs/%a.out")]
    [InlineData("/a b/c\"d", "\"/a b/c\\\"d/logs\"/%a.out")]
    public void Paths_of_logs_are_what_sbatch_reads(string path, string output) =>
        Assert.Contains($"#SBATCH --output={output}\n", SlurmScripts.Array(Run with { Folder = path }, []), StringComparison.Ordinal);

    [Fact]
    public void Options_of_the_user_stand_above_and_what_is_of_tasks_is_not_for_collecting()
    {
        string[] given = ["-A", "a b", "-a", "0-3", "--array", "0-3", "--array=0", "-a1", "--account=x", "--mem", "4G", "--mem=4G", "-c8", "--comment=c"];
        Assert.Contains($"sbatch -A 'a b' -a 0-3 --array 0-3 --array=0 -a1 --account=x --mem 4G --mem=4G -c8 --comment=c {ShellWords.Quote(In("shards/array.sbatch"))}\n", SlurmScripts.Array(Run, given), StringComparison.Ordinal);
        Assert.Equal(["-A", "a b", "--account=x", "--comment=c"], SbatchOptions.ForCollect(given));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(75)]
    public void A_task_ends_as_the_tool_does(int code)
    {
        Write("code", $"{code}");
        using var task = Start();
        task.WaitForExit();
        Assert.Equal(code, task.ExitCode);
        Assert.Equal(["analyze", "it's a \"model\".pt", "--layers", "*.$HOME", "--out", In("shards"), "--shard", "5/8", "--threads", "3", "--max-memory", "128MiB"], File.ReadAllLines(In("called")));
        Assert.False(File.Exists(In("requeued")));
    }

    [Theory]
    [InlineData("USR1", 75, "0", true)]
    [InlineData("USR1", 75, "19", true)]
    [InlineData("USR1", 75, "20", false)]
    [InlineData("USR1", 0, "0", false)]
    [InlineData("USR1", 1, "0", false)]
    [InlineData("TERM", 75, "0", false)]
    [InlineData("USR1 TERM", 75, "0", false)]
    public void Only_a_task_near_its_time_limit_asks_to_come_back(string signals, int code, string restarts, bool comesBack)
    {
        Write("stopped", $"{code}");
        using var task = Start(restarts);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(In("called")), TimeSpan.FromMinutes(1)));
        foreach (var signal in signals.Split(' '))
        {
            using var kill = Process.Start("kill", [$"-{signal}", $"{task.Id}"]);
            kill.WaitForExit();
        }

        Assert.True(task.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(code, task.ExitCode);
        Assert.Equal(comesBack ? "requeue 12_5\n" : null, File.Exists(In("requeued")) ? File.ReadAllText(In("requeued")) : null);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string In(string name) => Path.Combine(folder.FullName, name);

    private void Write(string name, string content)
    {
        File.WriteAllText(In(name), content);
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(In(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private Process Start(string restarts = "0")
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "runs bash");
        Write("tool", Tool);
        Write("scontrol", Control);
        Write("script", SlurmScripts.Array(Run, []));
        var start = new ProcessStartInfo("bash", [In("script")]);
        (string Name, string Value)[] variables = [("SLURM_ARRAY_TASK_ID", "5"), ("SLURM_ARRAY_JOB_ID", "12"), ("SLURM_RESTART_COUNT", restarts), ("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}")];
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove("SLURM_CPUS_PER_TASK");
        return Process.Start(start)!;
    }
}
