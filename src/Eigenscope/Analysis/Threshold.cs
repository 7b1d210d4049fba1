using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Eigenscope.Analysis;

/// <summary>A condition on a metric, such as <c>alpha&gt;6</c>, that some layer of a model may meet.</summary>
/// <param name="Metric">The name of the metric.</param>
/// <param name="Comparison">One of <c>&lt; &lt;= &gt; &gt;= == !=</c>.</param>
/// <param name="Value">What it is compared with.</param>
public sealed record Threshold(string Metric, string Comparison, double Value)
{
    /// <summary>The longer ones first, so that <c>&lt;=</c> is not taken for <c>&lt;</c>.</summary>
    private static readonly string[] Comparisons = ["<=", ">=", "==", "!=", "<", ">"];

    /// <summary>Reads <c>METRIC OP VALUE</c>, with or without spaces.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Threshold? threshold)
    {
        threshold = null;
        var comparison = Array.Find(Comparisons, candidate => text.Contains(candidate, StringComparison.Ordinal));
        if (comparison is null || text.Split(comparison) is not [var metric, var number] || metric.Trim().Length == 0
            || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || double.IsNaN(value))
        {
            return false;
        }

        threshold = new(metric.Trim(), comparison, value);
        return true;
    }

    /// <summary>The layers that meet it; parts do not count, nor do layers in which the metric is undefined.</summary>
    public IReadOnlyList<LayerAnalysis> Crossings(ModelAnalysis analysis) =>
        [.. analysis.Layers.Where(layer => layer.Status == LayerStatus.Analyzed && layer.Layer.PartOf is null && layer[Metric] is { } value && Holds(value))];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Metric} {Comparison} {Value}");

    /// <summary>True for a value that meets it.</summary>
    internal bool Holds(double value) => Comparison switch
    {
        "<" => value < Value,
        "<=" => value <= Value,
        ">" => value > Value,
        ">=" => value >= Value,
        "==" => value == Value,
        _ => value != Value,
    };
}
