using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Eigenscope.Analysis;

namespace Eigenscope.Tracking;

/// <summary>What a rule looks at.</summary>
public enum RuleQuantity
{
    /// <summary>The mean of the metric over the counted layers of a checkpoint.</summary>
    Mean,

    /// <summary>The smallest value among the counted layers.</summary>
    Min,

    /// <summary>The median over the counted layers.</summary>
    Median,

    /// <summary>The largest value among the counted layers.</summary>
    Max,

    /// <summary>The slope of the mean over the last checkpoints, a checkpoint, as a share of the size of the median: the median of the slopes between any two (Theil 1950; Sen 1968).</summary>
    Trend,

    /// <summary>The largest less the smallest mean over the last checkpoints, as a share of the size of the median: small where nothing moves.</summary>
    Stall,
}

/// <summary>A condition on the layers of a checkpoint, or on the course of the last ones, under which a training should be stopped or looked at.</summary>
/// <param name="Quantity">What it looks at.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Window">Over how many checkpoints, for <see cref="RuleQuantity.Trend"/> and <see cref="RuleQuantity.Stall"/>.</param>
/// <param name="Threshold">What is compared with what.</param>
public sealed partial record StoppingRule(RuleQuantity Quantity, string Metric, int Window, Threshold Threshold)
{
    private const int DefaultWindow = 5;
    private const int LeastWindow = 2;
    private const int LargestWindow = 1000;

    /// <summary>Reads <c>alpha&lt;2</c>, <c>min(alpha)&lt;2</c>, <c>trend(alpha,5)&gt;0</c> or <c>stall(alpha,3)&lt;0.01</c>; a metric alone means its mean.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StoppingRule? rule)
    {
        rule = null;
        if (!Threshold.TryParse(text, out var threshold) || Left().Match(threshold.Metric) is not { Success: true } left)
        {
            return false;
        }

        var quantity = RuleQuantity.Mean;
        var window = DefaultWindow;
        if ((left.Groups["function"].Success && !Enum.TryParse(left.Groups["function"].Value, ignoreCase: true, out quantity))
            || (left.Groups["window"].Success && (quantity < RuleQuantity.Trend || !int.TryParse(left.Groups["window"].Value, CultureInfo.InvariantCulture, out window) || window is < LeastWindow or > LargestWindow)))
        {
            return false;
        }

        rule = new(quantity, left.Groups["metric"].Value, window, threshold);
        return true;
    }

    /// <summary>What the rule looks at, at every checkpoint; null where it is undefined, as long as there are too few checkpoints.</summary>
    public IReadOnlyList<double?> Values(Trajectory trajectory)
    {
        var means = trajectory.Mean(Metric);
        return [.. trajectory.Checkpoints.Select((checkpoint, i) => Quantity switch
        {
            RuleQuantity.Mean => means[i],
            RuleQuantity.Trend or RuleQuantity.Stall => OfWindow(means, i),
            _ => OfLayers(checkpoint),
        })];
    }

    /// <summary>The first checkpoint at which the rule holds; null where it never does.</summary>
    public RuleMet? First(Trajectory trajectory)
    {
        var values = Values(trajectory);
        var at = values.Index().Where(item => item.Item is { } value && Threshold.Holds(value)).Select(item => (int?)item.Index).FirstOrDefault();
        return at is { } i ? new(this, i, values[i]!.Value) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Threshold.ToString();

    private double? OfLayers(TrackedCheckpoint checkpoint)
    {
        var values = checkpoint.Layers.Where(layer => layer.IsCounted).Select(layer => layer[Metric]).OfType<double>().Order().ToList();
        return values.Count == 0 ? null : Quantity switch
        {
            RuleQuantity.Min => values[0],
            RuleQuantity.Max => values[^1],
            _ => Median(values),
        };
    }

    private double? OfWindow(IReadOnlyList<double?> means, int last)
    {
        var window = means.Take(last + 1).Index().Where(item => item.Item is not null).TakeLast(Window).Select(item => (Place: (double)item.Index, Value: item.Item!.Value)).ToList();
        if (window.Count < Window || Math.Abs(Median([.. window.Select(point => point.Value).Order()])) is not (> 0 and var size))
        {
            return null;
        }

        return Quantity == RuleQuantity.Stall ? (window.Max(point => point.Value) - window.Min(point => point.Value)) / size
            : Median([.. Slopes(window).Order()]) / size;
    }

    private static IEnumerable<double> Slopes(List<(double Place, double Value)> points) =>
        from i in Enumerable.Range(0, points.Count)
        from j in Enumerable.Range(i + 1, points.Count - i - 1)
        select (points[j].Value - points[i].Value) / (points[j].Place - points[i].Place);

    private static double Median(List<double> ascending) => (ascending[(ascending.Count - 1) / 2] + ascending[ascending.Count / 2]) / 2;

    [GeneratedRegex(@"^(?:(?<function>[A-Za-z]+)\s*\(\s*(?<metric>\w+)\s*(?:,\s*(?<window>\d{1,4})\s*)?\)|(?<metric>\w+))$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Left();
}

/// <summary>A rule that held.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Checkpoint">The first checkpoint at which it did, by its position.</param>
/// <param name="Value">What it looked at there.</param>
public sealed record RuleMet(StoppingRule Rule, int Checkpoint, double Value);
