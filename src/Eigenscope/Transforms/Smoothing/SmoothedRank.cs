using Eigenscope.Statistics;

namespace Eigenscope.Transforms;

/// <summary>How many singular values WeightWatcher's SVDSmoothing keeps of a layer; of a kernel by positions, of all of its matrices together, shared out evenly and rounded up.</summary>
internal static class SmoothedRank
{
    /// <summary>Only eigenvalues above this enter the power-law fit.</summary>
    private const double TailThreshold = 1e-5;

    /// <summary>What is kept, or left out, of each matrix of a layer.</summary>
    public static TruncationPlan Of(LayerSpectra spectra, SmoothingOptions options)
    {
        if (spectra.Reason is { } known)
        {
            return TruncationPlan.Keep(spectra, known);
        }

        var (count, reason) = Count(spectra, options);
        return count is not { } total ? TruncationPlan.Keep(spectra, reason!) : Shared(spectra, Math.Abs(total), options.Method == SmoothingMethod.Percent && options.Percent < 0);
    }

    private static TruncationPlan Shared(LayerSpectra spectra, int total, bool drops)
    {
        var each = Math.Min((total + spectra.Slices.Count - 1) / spectra.Slices.Count, spectra.M);
        return each == (drops ? 0 : spectra.M) ? TruncationPlan.Keep(spectra, "all of its singular values are kept")
            : each == (drops ? spectra.M : 0) ? TruncationPlan.Keep(spectra, "none of its singular values would be left")
            : new(spectra, [.. Enumerable.Repeat(each, spectra.Slices.Count)], null, drops);
    }

    private static (int? Count, string? Reason) Count(LayerSpectra spectra, SmoothingOptions options)
    {
        var ascending = spectra.Eigenvalues;
        switch (options.Method)
        {
            case SmoothingMethod.UnitDeterminant:
                return Some(UnitDeterminantTail.Of(ascending).Count, "all of its singular values are equal");
            case SmoothingMethod.PowerLaw:
                var (tail, none) = PowerLawFit.Of([.. ascending.Where(lambda => lambda > TailThreshold)]);
                return tail is null ? (null, none) : (tail.TailCount, null);
            case SmoothingMethod.DensityFit:
                var (fit, unfit) = DensityFit.Of(ascending, spectra.N, spectra.M);
                return fit is null ? (null, unfit) : fit.IsSentinel ? (null, "the density fit found nothing") : Some(fit.Spikes, "no singular value lies beyond the density fit");
            default:
                return ((int)(options.Percent * ascending.Length), null);
        }
    }

    private static (int? Count, string? Reason) Some(int count, string otherwise) => count > 0 ? (count, null) : (null, otherwise);
}
