using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Analysis;

namespace Eigenscope.Cli.Commands;

/// <summary><c>--fail-on 'METRIC OP VALUE'</c>: exit code 4 where a layer meets the condition, for use in scripts.</summary>
internal sealed class ThresholdOption
{
    private readonly Option<Threshold[]> failOn = new("--fail-on")
    {
        Description = "end with exit code 4 if a metric of any layer meets a condition, such as 'alpha>6'; repeatable",
        HelpName = "'METRIC OP VALUE'",
        CustomParser = Parse,
    };

    public ThresholdOption(Command command) => command.Options.Add(failOn);

    /// <summary>The conditions; a metric that the run does not compute is a slip.</summary>
    /// <exception cref="UsageException">There is no such metric.</exception>
    public IReadOnlyList<Threshold> Read(ParseResult parsed, AnalysisOptions options)
    {
        var thresholds = parsed.GetValue(failOn) ?? [];
        var names = options.Metrics.Select(metric => metric.Name).ToList();
        var unknown = Array.Find(thresholds, threshold => !names.Contains(threshold.Metric));
        return unknown is null ? thresholds : throw new UsageException($"--fail-on '{unknown}': this run computes no metric '{unknown.Metric}'{Nearest(names, unknown.Metric)}");
    }

    /// <summary>Says on standard error which layers meet which condition; true where any does.</summary>
    public static bool Report(IReadOnlyList<Threshold> thresholds, IReadOnlyList<ModelAnalysis> analyses)
    {
        var crossed = false;
        foreach (var (threshold, analysis) in thresholds.SelectMany(threshold => analyses.Select(analysis => (threshold, analysis))))
        {
            if (threshold.Crossings(analysis) is [var first, ..] layers)
            {
                crossed = true;
                var others = layers.Count == 1 ? "" : $" and {layers.Count - 1} more";
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"eigenscope: {analysis.Model.Path}: {threshold}: {first.Layer.Name} ({first[threshold.Metric]:G6}){others}"));
            }
        }

        return crossed;
    }

    private static Threshold[] Parse(ArgumentResult argument)
    {
        var thresholds = new List<Threshold>();
        foreach (var token in argument.Tokens)
        {
            if (Threshold.TryParse(token.Value, out var threshold))
            {
                thresholds.Add(threshold);
            }
            else
            {
                argument.AddError($"--fail-on '{token.Value}' is not a condition such as 'alpha>6', with one of < <= > >= == !=");
            }
        }

        return [.. thresholds];
    }

    private static string Nearest(List<string> names, string wanted) => names.Find(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } near ? $"; did you mean {near}?" : "; docs/metrics.md lists them";
}
