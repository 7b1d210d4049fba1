using System.CommandLine;
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
        CustomParser = argument => ConditionOption.Parse<Threshold>(argument, Threshold.TryParse, "is not a condition such as 'alpha>6', with one of < <= > >= == !="),
    };

    public ThresholdOption(Command command) => command.Options.Add(failOn);

    /// <summary>The conditions; a metric that the run does not compute is a slip.</summary>
    /// <exception cref="UsageException">There is no such metric.</exception>
    public IReadOnlyList<Threshold> Read(ParseResult parsed, AnalysisOptions options)
    {
        var thresholds = parsed.GetValue(failOn) ?? [];
        ConditionOption.RequireMetrics(thresholds, threshold => threshold.Metric, options);
        return thresholds;
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
}
