using System.Globalization;

namespace Eigenscope.Cluster.Engines;

/// <summary>Reads what Slurm says of an array: squeue of tasks that wait or run, sacct, where a site keeps accounts, of those that ended.</summary>
/// <remarks>An error of squeue is no end: the controller may be away, and forgets what ended some minutes ago.</remarks>
public static class SlurmTasks
{
    /// <summary>The arguments of squeue.</summary>
    public static IReadOnlyList<string> QueueArguments(string job) => ["-r", "-h", "-o", "%K|%T|%r|%N|%M", "-j", job];

    /// <summary>The arguments of sacct.</summary>
    public static IReadOnlyList<string> AccountArguments(string job) => ["-X", "-n", "-P", "-o", "JobID,State,ExitCode,NodeList", "-j", job];

    /// <summary>Puts both together.</summary>
    /// <param name="job">The array.</param>
    /// <param name="queue">The output of squeue; null where it ended with an error or did not answer.</param>
    /// <param name="accounts">The output of sacct; null where it did not answer.</param>
    public static EngineAnswer Of(string job, string? queue, string? accounts)
    {
        var waiting = Lines(queue).Where(cells => cells.Length == 5).ToList();
        List<(int Index, string State, string Text)> ended = [.. Lines(accounts).Where(cells => cells.Length == 4).Select(Ended).OfType<(int, string, string)>()];
        var states = ended.GroupBy(task => task.Index).ToDictionary(task => task.Key, task => task.Last().Text);
        foreach (var cells in waiting)
        {
            if (Number(cells[0]) is { } index)
            {
                states[index] = cells[1] == "RUNNING" ? $"RUNNING for {cells[4]}" : WithReason(cells);
            }
        }

        string[] parts = [.. queue is null ? ["squeue: the controller does not answer, or has forgotten the job"] : QueueParts(waiting), .. EndedParts(ended)];
        return new("slurm", job, string.Join("; ", parts), states);
    }

    private static IEnumerable<string> QueueParts(List<string[]> waiting) => waiting.Count == 0 ? ["nothing in the queue"] : [string.Join(", ", Counted(waiting.Select(WithReason)))];

    private static IEnumerable<string> EndedParts(List<(int Index, string State, string Text)> ended) => ended.Count == 0 ? [] : [$"ended: {string.Join(", ", Counted(ended.Select(task => task.State)))}"];

    private static string WithReason(string[] cells) => cells[1] == "RUNNING" || cells[2] is "None" or "" ? cells[1] : $"{cells[1]} ({cells[2]})";

    private static IEnumerable<string> Counted(IEnumerable<string> states) => states.CountBy(state => state).OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => $"{state.Value} {state.Key}");

    /// <summary>A task that has ended: 5_2|FAILED|2:0|n1. Those that wait or run are the queue's to tell.</summary>
    private static (int, string, string)? Ended(string[] cells) =>
        Number(cells[0][(cells[0].LastIndexOf('_') + 1)..]) is { } index && cells[0].Contains('_') && cells[1] is not ("PENDING" or "RUNNING" or "")
            ? (index, cells[1].Split(' ')[0], $"{cells[1].Split(' ')[0]} (exit code {cells[2].Split(':')[0]}{(cells[2].EndsWith(":0", StringComparison.Ordinal) ? "" : $", signal {cells[2].Split(':')[^1]}")})")
            : null;

    private static IEnumerable<string[]> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split('|'));

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
