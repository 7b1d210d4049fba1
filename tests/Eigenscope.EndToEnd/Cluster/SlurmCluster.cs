using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Eigenscope.EndToEnd.Cluster;

/// <summary>
/// A real Slurm of three nodes on this machine, started by the first test that wants it and ended after the last. What cannot be started is skipped, or fails where EIGENSCOPE_REQUIRE_CLUSTER is 1.
/// </summary>
public sealed class SlurmCluster : IDisposable
{
    /// <summary>The nodes.</summary>
    public const int Nodes = 3;

    private static readonly string[] Programs = ["slurmctld", "slurmd", "munged", "sbatch", "unshare"];

    /// <summary>Long enough for the loss of a node to be noticed on a busy machine; no test asserts a time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly TemporaryFolder folder = new();
    private string? scripts;

    /// <summary>Ends the cluster where the tests were killed.</summary>
    private Process? watch;

    /// <summary>The variable of the environment that leads programs to this cluster.</summary>
    internal (string Name, string Value)[] Environment => [("SLURM_CONF", Path.Combine(Home, "slurm.conf"))];

    private string Home => folder["cluster"];

    /// <summary>Has all nodes up and the queue empty, whatever went before; skips the running test where there can be no cluster.</summary>
    public void Require()
    {
        if (Obstacle() is { } obstacle)
        {
            Assert.False(System.Environment.GetEnvironmentVariable("EIGENSCOPE_REQUIRE_CLUSTER") == "1", $"EIGENSCOPE_REQUIRE_CLUSTER=1, and {obstacle}");
            Assert.Skip(obstacle);
        }

        if (scripts is null)
        {
            scripts = Scripts;
            watch = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", "while kill -0 $0 2>/dev/null; do sleep 1; done; [ ! -d \"$1\" ] || \"$2\" \"$1\"", $"{System.Environment.ProcessId}", Home, Path.Combine(scripts, "stop.sh")]) { UseShellExecute = false });
            Run(Path.Combine(scripts, "start.sh"), Home, $"{Nodes}", "2");
        }

        WaitUntil(() => Run("squeue", "-h").Output.Trim() == "", "the queue is empty");
        WaitUntil(() => Run("sinfo", "-h", "-N", "-t", "idle", "-p", "test", "-o", "%N").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count() == Nodes, "all nodes are idle");
    }

    /// <summary>Cuts the power of a node, boots it, parts it from the network or heals that: kill, start, hang, wake. Of ctld, the controller: kill, start.</summary>
    public void Node(string action, string node) => Run(Path.Combine(scripts!, "node.sh"), Home, action, node);

    /// <summary>The node on which a task of a job runs now; null for none.</summary>
    public string? NodeOf(string job) => Run("squeue", "-h", "-r", "-t", "running", "-j", job, "-o", "%N").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    /// <summary>True where the controller has noticed that a node does not answer.</summary>
    public bool IsDown(string node) => Run("sinfo", "-h", "-N", "-n", node, "-o", "%t").Output.StartsWith("down", StringComparison.Ordinal);

    /// <summary>All that the controller says of a job.</summary>
    public string Describe(string job) => Run("scontrol", "show", "job", job).Output;

    /// <summary>True where a job is not in the queue any more.</summary>
    public bool HasEnded(string job) => Run("squeue", "-h", "-j", job).Output.Trim() == "";

    /// <summary>Cancels all jobs.</summary>
    public void CancelAll() => Run("scancel", Run("squeue", "-h", "-o", "%A").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray());

    /// <summary>How often tasks of a job were put back into the queue.</summary>
    public int Restarts(string job) =>
        Describe(job).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("Restarts=", StringComparison.Ordinal)).Sum(word => int.Parse(word["Restarts=".Length..], CultureInfo.InvariantCulture));

    /// <summary>Waits for something that must come.</summary>
    public static void WaitUntil(Func<bool> condition, string what) =>
        Assert.True(Poll(condition), $"waited {Patience} in vain until {what}");

    /// <summary>Runs a program to its end, which must be good.</summary>
    internal ToolResult Run(string program, params string[] arguments)
    {
        using var running = RunningTool.Start(program, arguments, scripts is null ? [] : Environment);
        var result = running.Finish(Patience);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.ExitCode}: {result.Error}");
        return result;
    }

    /// <summary>Runs the tool to its end.</summary>
    internal ToolResult Tool(params string[] arguments) => EndToEnd.Tool.Run(arguments, Environment, Patience);

    /// <summary>Starts the tool.</summary>
    internal RunningTool Start(params string[] arguments) => EndToEnd.Tool.Start(arguments, Environment);

    /// <summary>Processes that have a text on their command line or in their environment.</summary>
    public static IReadOnlyList<string> ProcessesWith(string text) =>
        [.. Directory.GetDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != System.Environment.ProcessId)
            .Where(path => Content(path, "cmdline").Contains(text) || Content(path, "environ").Contains(text))
            .Select(path => $"{Path.GetFileName(path)}: {Content(path, "cmdline").Replace('\0', ' ')}")];

    /// <summary>Ends the cluster; nothing of it may be left.</summary>
    public void Dispose()
    {
        if (scripts is not null)
        {
            watch!.Kill(entireProcessTree: true);
            watch.Dispose();
            using var stop = Process.Start(Path.Combine(scripts, "stop.sh"), Home);
            stop.WaitForExit();
            var left = ProcessesWith($"{Home}/");
            for (var look = 0; left.Count > 0 && look < 50; look++, left = ProcessesWith($"{Home}/"))
            {
                Thread.Sleep(200);
            }

            Assert.Empty(left);
        }

        folder.Dispose();
    }

    private static bool Poll(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; Thread.Sleep(200))
        {
            if (condition())
            {
                return true;
            }
        }

        return false;
    }

    private static string Scripts => Path.GetFullPath(Path.Combine(Repository.Folder, "..", "shared", "slurm"));

    private static string? Obstacle() =>
        !OperatingSystem.IsLinux() ? "Slurm runs on Linux"
        : !File.Exists(Path.Combine(Scripts, "start.sh")) ? "../shared/slurm is not there"
        : System.Environment.UserName != "root" ? "only root may start a cluster"
        : Array.Find(Programs, program => !IsOnPath(program)) is { } missing ? $"{missing} is not installed (Debian packages slurm-wlm, munge, util-linux)"
        : null;

    private static bool IsOnPath(string program) =>
        $"{System.Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries).Any(place => File.Exists(Path.Combine(place, program)));

    private static string Content(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
