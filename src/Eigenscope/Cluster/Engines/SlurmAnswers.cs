using System.Globalization;

namespace Eigenscope.Cluster.Engines;

/// <summary>A node of a Slurm cluster.</summary>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="Host">The name of its machine.</param>
/// <param name="Processors">Its processors.</param>
public sealed record SlurmNode(string Name, string Host, int Processors);

/// <summary>What the queue says of a job.</summary>
public enum QueueState
{
    /// <summary>It waits or runs.</summary>
    Queued,

    /// <summary>It has ended, or was cancelled.</summary>
    Ended,

    /// <summary>The controller answers and knows no such job: it ended so long ago that it was forgotten.</summary>
    Forgotten,

    /// <summary>No answer; the job may run.</summary>
    Unknown,
}

/// <summary>Reads what the programs of Slurm answer.</summary>
public static class SlurmAnswers
{
    /// <summary>The columns to ask sinfo for, by <c>-N -h -o</c>.</summary>
    public const string NodeColumns = "%N|%n|%c|%t";

    /// <summary>The limit of tasks in an array where a cluster sets none.</summary>
    public const int UsualArrayLimit = 1001;

    private static readonly char[] StateSigns = [.. "*~#!%$@^-+"];

    /// <summary>What sinfo calls nodes that take no tasks.</summary>
    private static readonly HashSet<string> Unusable = new(StringComparer.OrdinalIgnoreCase) { "down", "drain", "drng", "fail", "failg", "futr", "inval", "maint", "unk" };

    /// <summary>Nodes that take tasks, each once, though sinfo lists one for every partition. A sign after the state, as in <c>idle~</c>, tells of power, or of no answer yet.</summary>
    public static IReadOnlyList<SlurmNode> Nodes(string output) =>
    [
        .. output.Split('\n').Select(line => line.Trim().Split('|'))
            .Where(parts => parts.Length == 4 && !Unusable.Contains(parts[3].TrimEnd(StateSigns)))
            .Select(parts => new SlurmNode(parts[0], parts[1], int.TryParse(parts[2].TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1))
            .DistinctBy(node => node.Name, StringComparer.Ordinal),
    ];

    /// <summary>The most tasks in an array, of what <c>scontrol show config</c> says; null where it does not say.</summary>
    public static int? ArrayLimit(string output)
    {
        var line = output.Split('\n').Select(text => text.Split('=', 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == "MaxArraySize");
        return line is not null && int.TryParse(line[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }

    /// <summary>The number of a job, of what <c>sbatch --parsable</c> says: <c>ID</c> or <c>ID;CLUSTER</c>; null where it is none.</summary>
    public static string? JobId(string output) => output.Trim().Split('\n')[^1].Split(';')[0] is { Length: > 0 } id && id.All(char.IsAsciiDigit) ? id : null;

    /// <summary>The state of a job, of what <c>squeue -h -j ID</c> says. Only an answer without a job means that it has ended; a controller that does not answer says nothing.</summary>
    public static QueueState State(int exitCode, string output, string error) =>
        exitCode == 0 ? (string.IsNullOrWhiteSpace(output) ? QueueState.Ended : QueueState.Queued)
        : error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase) ? QueueState.Forgotten
        : QueueState.Unknown;
}
