using System.Text.Json.Serialization;
using Eigenscope.Analysis;
using Eigenscope.Comparison;

namespace Eigenscope.Reports;

/// <summary>A comparison of two layers as the result of a shard holds it, all but the analysis of the change, which is written as other analyses are.</summary>
internal sealed record StoredPair(
    int Model,
    MatchedBy MatchedBy,
    string? Order,
    WeightChange? Weights,
    ChangeRank? Rank,
    SubspaceComparison? Subspaces,
    SpectrumDistances? Distances,
    SpectrumDistances? ScaleFree,
    SpectrumMotion? Motion,
    double? SpectralConfidence,
    ChangeVerdict Verdict)
{
    public static StoredPair Of(PairComparison pair) =>
        new(pair.Model, pair.MatchedBy, pair.Order, pair.Weights, pair.Rank, pair.Subspaces, pair.Distances, pair.ScaleFree, pair.Motion, pair.SpectralConfidence, pair.Verdict);

    public PairComparison With(LayerAnalysis? change) => new()
    {
        Model = Model,
        MatchedBy = MatchedBy,
        Order = Order,
        Weights = Weights,
        Change = change,
        Rank = Rank,
        Subspaces = Subspaces,
        Distances = Distances,
        ScaleFree = ScaleFree,
        Motion = Motion,
        SpectralConfidence = SpectralConfidence,
        Verdict = Verdict,
    };
}

/// <summary>How <see cref="StoredPair"/> and <see cref="MergeOutlook"/> are written: what follows from other members is left out.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredPair))]
[JsonSerializable(typeof(MergeOutlook))]
internal sealed partial class StoredPairContext : JsonSerializerContext;
