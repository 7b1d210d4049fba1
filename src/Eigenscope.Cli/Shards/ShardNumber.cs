using System.Globalization;

namespace Eigenscope.Cli.Shards;

/// <summary>Which of how many shards a process does.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Count">At least 1.</param>
internal readonly record struct ShardNumber(int Index, int Count)
{
    private const string Auto = "auto";

    /// <summary>Where engines say which of their tasks a process is, and the number of the first.</summary>
    private static readonly (string Variable, int First)[] Variables =
    [
        ("SLURM_ARRAY_TASK_ID", 0), ("JOB_COMPLETION_INDEX", 0), ("OMPI_COMM_WORLD_RANK", 0), ("PBS_ARRAY_INDEX", 0), ("AWS_BATCH_JOB_ARRAY_INDEX", 0), ("SGE_TASK_ID", 1),
    ];

    /// <summary>Reads <c>i/n</c>, or <c>auto</c>, which takes i from the engine that started the process and n from <c>--of</c>.</summary>
    /// <param name="text">What was given to <c>--shard</c>.</param>
    /// <param name="of">What was given to <c>--of</c>.</param>
    /// <param name="environment">The value of a variable of the environment.</param>
    /// <exception cref="UsageException">It says no such thing.</exception>
    public static ShardNumber Read(string text, int? of, Func<string, string?> environment)
    {
        if (text != Auto)
        {
            return of is not null ? throw new UsageException("--of goes with --shard auto; --shard i/n says both")
                : text.Split('/') is [var left, var right] && Number(left) is { } i && Number(right) is { } n && n >= 1 ? Checked(i, n, $"--shard '{text}'")
                : throw new UsageException($"--shard '{text}' is neither auto nor i/n, such as 0/8");
        }

        var count = of ?? throw new UsageException("--shard auto needs --of N: engines say which task a process is, and not always how many there are");
        foreach (var (variable, first) in Variables)
        {
            if (environment(variable) is { Length: > 0 } value && value != "undefined")
            {
                return Number(value) is { } number && number >= first ? Checked(number - first, count, $"{variable}={value}") : throw new UsageException($"{variable}={value} is no number of a task");
            }
        }

        throw new UsageException($"--shard auto: none of {string.Join(", ", Variables.Select(item => item.Variable))} is set; was this started by an engine?");
    }

    private static ShardNumber Checked(int index, int count, string text) =>
        index < count ? new(index, count) : throw new UsageException($"{text}: shards of {count} are numbered from 0 to {count - 1}");

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
