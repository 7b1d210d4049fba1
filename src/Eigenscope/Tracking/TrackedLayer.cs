using Eigenscope.Analysis;
using Eigenscope.Models.Layers;
using Eigenscope.Statistics;

namespace Eigenscope.Tracking;

/// <summary>What was found of a layer at one checkpoint: a row of its analysis, without anything that needs the model to be there still.</summary>
public sealed record TrackedLayer
{
    /// <summary>Its position among the layers of the model.</summary>
    public required int Id { get; init; }

    /// <summary>Its name: what makes it the same layer at every checkpoint.</summary>
    public required string Name { get; init; }

    /// <summary>The tensor that holds it.</summary>
    public required string Tensor { get; init; }

    /// <summary>The layer that it is a part of; null for a whole.</summary>
    public required string? PartOf { get; init; }

    /// <summary>What it does in the network.</summary>
    public required string Role { get; init; }

    /// <summary>The number of its block; null outside of blocks.</summary>
    public required int? Block { get; init; }

    /// <summary>The kind of the layer.</summary>
    public required string Kind { get; init; }

    /// <summary>The stored type.</summary>
    public required string DType { get; init; }

    /// <summary>Rows of the matrix.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the matrix.</summary>
    public required int Columns { get; init; }

    /// <summary>Why it could not be analysed; null where it was.</summary>
    public string? Failure { get; init; }

    /// <summary>Name and value of each metric, null where undefined; none where it failed.</summary>
    public IReadOnlyList<KeyValuePair<string, double?>> Metrics { get; init; } = [];

    /// <summary>What a reader should know before believing the metrics.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The phase of Martin and Mahoney; null where it was not told.</summary>
    public Phase? Phase { get; init; }

    /// <summary>The law that fits the tail best; null where none is preferred.</summary>
    public TailLaw? TailLaw { get; init; }

    /// <summary>What the spectrum says of the layer's training.</summary>
    public string? Verdict { get; init; }

    /// <summary>The numbers behind the verdict.</summary>
    public string? VerdictReason { get; init; }

    /// <summary>How the spectrum was computed.</summary>
    public string? Route { get; init; }

    /// <summary>The singular value below which the spectrum says no more than "about that small".</summary>
    public double? Floor { get; init; }

    /// <summary>lambda = sigma^2, ascending; none where it failed.</summary>
    public IReadOnlyList<double> Eigenvalues { get; init; } = [];

    /// <summary>True where more memory would tell more: its smallest singular values want another route.</summary>
    internal bool IsConfined { get; init; }

    /// <summary>True where it counts in summaries: analysed, no part of another layer, and learned, not computed.</summary>
    public bool IsCounted => Failure is null && PartOf is null && !LayerWarnings.IsFixedTransform(Warnings);

    /// <summary>The value of a metric; null where it is undefined or absent.</summary>
    public double? this[string metric] => Metrics.FirstOrDefault(item => item.Key == metric).Value;

    /// <summary>What an analysis found.</summary>
    /// <param name="analysis">An analysed or failed layer.</param>
    internal static TrackedLayer Of(LayerAnalysis analysis) => new()
    {
        Id = analysis.Layer.Id,
        Name = analysis.Layer.Name,
        Tensor = analysis.Layer.Tensor.Name,
        PartOf = analysis.Layer.PartOf,
        Role = analysis.Layer.Role.Text(),
        Block = analysis.Layer.Description.Block,
        Kind = analysis.Layer.Description.Kind,
        DType = analysis.Layer.Tensor.TypeName,
        Rows = analysis.Layer.Rows,
        Columns = analysis.Layer.Columns,
        Failure = analysis.Status == LayerStatus.Failed ? analysis.Reason : null,
        Metrics = analysis.Metrics,
        Warnings = analysis.Warnings,
        Phase = analysis.Spectrum?.Phase?.Phase,
        TailLaw = analysis.Spectrum?.Rivals?.Preferred,
        Verdict = analysis.Verdict?.Text,
        VerdictReason = analysis.Verdict?.Reason,
        Route = analysis.Spectrum?.Spectrum.Route.ToString().ToLowerInvariant(),
        Floor = analysis.Spectrum?.Spectrum.Floor,
        Eigenvalues = analysis.Spectrum?.Eigenvalues ?? [],
        IsConfined = analysis.Confined is not null,
    };
}
