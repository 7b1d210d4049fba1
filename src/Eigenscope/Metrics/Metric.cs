namespace Eigenscope.Metrics;

/// <summary>One number about a layer: its name, its definition and the code that computes it.</summary>
/// <param name="Name">The name in results, snake_case or WeightWatcher's.</param>
/// <param name="Title">The name in words.</param>
/// <param name="Formula">The definition. sigma are the singular values, lambda = sigma^2, N the longer and M the shorter side.</param>
/// <param name="Range">The values it may take and its unit.</param>
/// <param name="Source">Where the definition comes from.</param>
/// <param name="Pitfall">What to beware of.</param>
/// <param name="Compute">The value for a layer; null where it is undefined.</param>
public sealed record Metric(
    string Name,
    string Title,
    string Formula,
    string Range,
    string Source,
    string Pitfall,
    Func<LayerSpectrum, double?> Compute)
{
    /// <summary>In which results the metric appears.</summary>
    public MetricScope Scope { get; init; } = MetricScope.Always;

    /// <summary>The value for a layer; null where it is undefined or does not fit in float64.</summary>
    public double? Of(LayerSpectrum layer) => Compute(layer) is { } value && double.IsFinite(value) ? value : null;
}

/// <summary>In which results a metric appears.</summary>
public enum MetricScope
{
    /// <summary>In all.</summary>
    Always,

    /// <summary>Only without <c>--compat weightwatcher</c>.</summary>
    Default,

    /// <summary>Only with <c>--compat weightwatcher</c>.</summary>
    WeightWatcher,

    /// <summary>Only with <c>--randomize</c>.</summary>
    Randomized,

    /// <summary>Only with both.</summary>
    WeightWatcherRandomized,

    /// <summary>Only with <c>--vectors</c>.</summary>
    Vectors,

    /// <summary>Only with <c>--bootstrap</c>.</summary>
    Bootstrap,

    /// <summary>Only with <c>--quasi-null</c>.</summary>
    QuasiNull,

    /// <summary>Only with <c>--clip-xmax</c>.</summary>
    Clipped,

    /// <summary>Only with <c>--tpl</c>.</summary>
    Truncated,

    /// <summary>Only with <c>--farms</c>.</summary>
    Farms,
}
