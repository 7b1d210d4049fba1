using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using Eigenscope.Analysis;

namespace Eigenscope.Cli.Commands;

/// <summary>What the options named <c>--fail-on</c> have in common: conditions on metrics, any number of them.</summary>
internal static class ConditionOption
{
    /// <summary>Reads a condition.</summary>
    public delegate bool Reader<T>(string text, [NotNullWhen(true)] out T? condition)
        where T : class;

    /// <summary>Reads every condition that was given.</summary>
    /// <param name="argument">What was given.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="wanted">What is wrong with one that cannot be read.</param>
    public static T[] Parse<T>(ArgumentResult argument, Reader<T> read, string wanted)
        where T : class
    {
        var conditions = new List<T>();
        foreach (var token in argument.Tokens)
        {
            if (read(token.Value, out var condition))
            {
                conditions.Add(condition);
            }
            else
            {
                argument.AddError($"--fail-on '{token.Value}' {wanted}");
            }
        }

        return [.. conditions];
    }

    /// <summary>A metric that the run does not compute is a slip.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <param name="metric">The metric of one.</param>
    /// <param name="options">How layers are analysed.</param>
    /// <exception cref="UsageException">There is no such metric.</exception>
    public static void RequireMetrics<T>(IReadOnlyList<T> conditions, Func<T, string> metric, AnalysisOptions options)
        where T : class
    {
        var names = options.Metrics.Select(known => known.Name).ToList();
        if (conditions.FirstOrDefault(condition => !names.Contains(metric(condition))) is { } unknown)
        {
            throw new UsageException($"--fail-on '{unknown}': this run computes no metric '{metric(unknown)}'{Nearest(names, metric(unknown))}");
        }
    }

    private static string Nearest(List<string> names, string wanted) => names.Find(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } near ? $"; did you mean {near}?" : "; docs/metrics.md lists them";
}
