using Eigenscope.Analysis;

namespace Eigenscope.Comparison;

/// <summary>A layer beside its counterpart: D = A - B, where B is that of the model that others are compared with.</summary>
public sealed record PairComparison
{
    /// <summary>The position of the model that A belongs to.</summary>
    public required int Model { get; init; }

    /// <summary>What tells that the two are counterparts.</summary>
    public required MatchedBy MatchedBy { get; init; }

    /// <summary>How the elements of B were brought into the order of A, as a clause; null where they were in it.</summary>
    public string? Order { get; init; }

    /// <summary>The change, element by element; null where the elements cannot be compared.</summary>
    public WeightChange? Weights { get; init; }

    /// <summary>The analysis of D; null where it is zero or the elements cannot be compared.</summary>
    public LayerAnalysis? Change { get; init; }

    /// <summary>How many directions D needs; null where there is no analysis of it.</summary>
    public ChangeRank? Rank { get; init; }

    /// <summary>How the singular subspaces lie to each other; null where the elements cannot be compared.</summary>
    public SubspaceComparison? Subspaces { get; init; }

    /// <summary>How far the spectra are from each other; null where one was not analysed.</summary>
    public SpectrumDistances? Distances { get; init; }

    /// <summary>The same after each is divided by its root mean square.</summary>
    public SpectrumDistances? ScaleFree { get; init; }

    /// <summary>Where in the spectrum singular values moved; null where their numbers differ.</summary>
    public SpectrumMotion? Motion { get; init; }

    /// <summary>min(r, 1/r) of the ratio r of the largest singular values, 0 to 1: ModelCypher's spectral confidence. It sees scale alone: a matrix turned at random has 1.</summary>
    public double? SpectralConfidence { get; init; }

    /// <summary>What became of B on the way to A.</summary>
    public required ChangeVerdict Verdict { get; init; }
}
