namespace Eigenscope.Cluster.Engines;

/// <summary>The user's own options of sbatch, as words.</summary>
public static class SbatchOptions
{
    /// <summary>Options, each with a value, that are not for the job that collects.</summary>
    private static readonly HashSet<string> OfTasks = new(StringComparer.Ordinal)
    {
        "-a", "--array", "-c", "--cpus-per-task", "--mem", "--mem-per-cpu", "--signal", "-o", "--output", "-e", "--error",
    };

    /// <summary>Those for the job that collects: all but those that say what a task of the array is, and needs.</summary>
    public static IReadOnlyList<string> ForCollect(IReadOnlyList<string> given)
    {
        var kept = new List<string>();
        for (var at = 0; at < given.Count; at++)
        {
            if (OfTasks.Contains(given[at]))
            {
                at++;
            }
            else if (!OfTasks.Contains(NameOf(given[at])))
            {
                kept.Add(given[at]);
            }
        }

        return kept;
    }

    /// <summary>The last value of an option, in any of the ways to write it; null where it was not given.</summary>
    /// <param name="given">The options.</param>
    /// <param name="letter">Its short name, such as <c>-p</c>.</param>
    /// <param name="name">Its long name, such as <c>--partition</c>.</param>
    public static string? ValueOf(IReadOnlyList<string> given, string letter, string name)
    {
        string? value = null;
        for (var at = 0; at < given.Count; at++)
        {
            var word = given[at];
            if (word == letter || word == name)
            {
                value = ++at < given.Count ? given[at] : "";
            }
            else if (NameOf(word) == name || NameOf(word) == letter)
            {
                value = word[NameOf(word).Length..].TrimStart('=');
            }
        }

        return value;
    }

    /// <summary>The name in a word that holds an option with its value: <c>--name=value</c> or <c>-nvalue</c>.</summary>
    private static string NameOf(string word) => word.StartsWith("--", StringComparison.Ordinal) ? word.Split('=')[0] : word[..Math.Min(2, word.Length)];
}
