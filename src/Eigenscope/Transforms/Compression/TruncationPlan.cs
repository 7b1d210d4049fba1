using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>How many singular values of each matrix of a layer are kept, or why it is left as it is.</summary>
/// <param name="Spectra">The singular values.</param>
/// <param name="Ranks">How many are kept of each matrix, or left out with <paramref name="Drops"/>; empty where there is a reason.</param>
/// <param name="Reason">Why the layer is left as it is; null where it is not.</param>
/// <param name="Drops">True where the largest are left out and the others kept.</param>
internal sealed record TruncationPlan(LayerSpectra Spectra, IReadOnlyList<int> Ranks, string? Reason, bool Drops = false)
{
    /// <summary>True where the layer is changed.</summary>
    public bool IsChanged => Reason is null;

    /// <summary>How many singular values are kept in all.</summary>
    public int Rank => Spectra.Slices.Zip(Ranks, (slice, rank) => Drops ? slice.SingularValues.Count - rank : rank).Sum();

    /// <summary>The exponent that a share of numbers was given by; null where it was not.</summary>
    public double? Alpha { get; init; }

    /// <summary>A plan that changes nothing.</summary>
    public static TruncationPlan Keep(LayerSpectra spectra, string reason) => new(spectra, [], reason);

    /// <summary>A plan for a layer of one matrix.</summary>
    public static TruncationPlan Of(LayerSpectra spectra, int rank) =>
        rank == spectra.Pooled.SingularValues.Count ? Keep(spectra, "all of its singular values are kept") : new(spectra, [rank], null);

    /// <summary>The share of the squared norm that is kept.</summary>
    public double Energy => Spectra.Slices.Zip(Ranks, (slice, rank) => Kept(slice, rank).Sum()).Sum() / Spectra.Pooled.Eigenvalues.Sum();

    /// <summary>The largest singular value that is left out, over the largest of all.</summary>
    public double SpectralError => Spectra.Slices.Zip(Ranks, LargestLost).Max() / Spectra.Pooled.Largest;

    private IEnumerable<double> Kept(Spectrum slice, int rank) => Drops ? slice.Eigenvalues.SkipLast(rank) : slice.Eigenvalues.TakeLast(rank);

    private double LargestLost(Spectrum slice, int rank) =>
        Drops ? (rank > 0 ? slice.Largest : 0) : rank < slice.SingularValues.Count ? slice.SingularValues[^(rank + 1)] : 0;
}
