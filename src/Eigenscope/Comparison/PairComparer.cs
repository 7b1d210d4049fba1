using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>A layer that was analysed, with what comparisons need of it.</summary>
/// <param name="Analysis">The analysis.</param>
/// <param name="Vectors">The leading singular vectors of its matrix; null where it has no single one, or failed.</param>
/// <param name="Kernel">The Gram matrix of its shorter side; null where it was not kept.</param>
internal sealed record AnalyzedLayer(LayerAnalysis Analysis, LeadingVectors? Vectors, KernelMatrix? Kernel) : IDisposable
{
    public void Dispose() => Kernel?.Dispose();
}

/// <summary>Compares a layer with its counterpart.</summary>
internal sealed class PairComparer(ComparisonOptions options, AnalysisSchedule schedule, CancellationToken cancellation)
{
    /// <summary>The steps of Lanczos for a large change: enough for its spikes and a density.</summary>
    private const int ChangeSteps = 4;

    private readonly VectorAnalyzer analyzer = new(schedule, options.Vectors, cancellation);

    /// <summary>Analyses a layer, and has its leading singular vectors and its Gram matrix in passing.</summary>
    public AnalyzedLayer Analyze(WeightMatrix layer, int threads, bool keepsKernel)
    {
        KernelMatrix? kernel = null;
        var (analysis, vectors) = analyzer.Analyze(layer, threads, (gram, execution) => kernel = keepsKernel ? KernelMatrix.Of(gram, execution) : null);
        return new(analysis, vectors, kernel);
    }

    /// <summary>Compares an adapter's layer with that of its base.</summary>
    public (LayerAnalysis A, PairComparison Pair, IMatrix? Change) CompareAdapter(LayerMatch match, int model, AnalyzedLayer b, int threads)
    {
        var (adapted, reason) = AdaptedLayer.Of(match.A, match.B);
        if (adapted is null)
        {
            var alone = schedule.Analyze(match.A, threads);
            return (alone, Spectra(new() { Model = model, MatchedBy = match.By, Verdict = ChangeVerdict.NotComparable(reason!) }, alone, b.Analysis), null);
        }

        var alignment = new ElementAlignment(adapted.Layer.Slices[0], match.B.Slices[0], new(IsTransposed: false, null, null, null));
        var (analysis, pair) = Elements(match, model, adapted.Layer, b, alignment, adapted.Change, threads);
        return (analysis with { Layer = match.A }, pair, adapted.Change);
    }

    /// <summary>Compares a layer with its counterpart.</summary>
    public (LayerAnalysis A, PairComparison Pair, IMatrix? Change) Compare(LayerMatch match, (int Position, Model Model) a, Model modelB, AnalyzedLayer b, int threads)
    {
        var (alignment, reason) = ElementAlignment.Of(Whole(match), a.Model, modelB);
        reason = alignment is null ? reason : FailureOf(b.Analysis);
        if (reason is not null || alignment is null)
        {
            var alone = schedule.Analyze(match.A, threads);
            return (alone, Spectra(new() { Model = a.Position, MatchedBy = match.By, Verdict = ChangeVerdict.NotComparable(reason!) }, alone, b.Analysis), null);
        }

        var change = new MatrixDifference(alignment.A, alignment.B);
        var (analysis, pair) = Elements(match, a.Position, match.A, b, alignment, change, threads);
        return (analysis, pair, pair.Weights is null ? null : change);
    }

    /// <summary>Products of factors are compared element by element as the matrices that they are.</summary>
    private static LayerMatch Whole(LayerMatch match) => match.A.Product is { } a && match.B.Product is { } b
        ? match with { A = match.A with { Replacement = a.Whole }, B = match.B with { Replacement = b.Whole } }
        : match;

    private static string? FailureOf(LayerAnalysis analysis) => analysis.Status == LayerStatus.Analyzed ? null : $"{analysis.Layer.Name}: {analysis.Reason}";

    /// <summary>Analyses a layer, which may be the one of the match with an adapter on it, and compares it element by element.</summary>
    private (LayerAnalysis Analysis, PairComparison Pair) Elements(LayerMatch match, int model, WeightMatrix layer, AnalyzedLayer b, ElementAlignment alignment, IMatrix change, int threads)
    {
        double? kernelAlignment = null;
        var (a, vectorsA) = analyzer.Analyze(layer, threads, (gram, execution) => kernelAlignment = alignment.Order.KeepsShorterSide(alignment.A) ? b.Kernel?.AlignmentWith(gram, execution) : null);
        var pair = Spectra(new() { Model = model, MatchedBy = match.By, Verdict = ChangeVerdict.NotComparable(FailureOf(a) ?? "") }, a, b.Analysis);
        if (a.Status != LayerStatus.Analyzed)
        {
            return (a, pair);
        }

        var weights = WeightChange.Of(alignment.A, alignment.B, threads, cancellation);
        var vectorsB = b.Vectors is null ? null : alignment.Order.Of(b.Vectors);
        var subspaces = vectorsA is null || vectorsB is null ? null : SubspaceComparison.Of(vectorsA, vectorsB, options.Top, Math.Min(alignment.A.Rows, alignment.A.Columns));
        var analysis = weights.Changed == 0 ? null : AnalyzeChange(match, change, threads);
        pair = pair with
        {
            Order = alignment.Order.Note,
            Weights = weights,
            Change = analysis,
            Rank = analysis?.Spectrum is { Norm: > 0 } spectrum ? ChangeRank.Of(spectrum, match.A.Product is { } product && match.B.Product is null ? product.Rank : null) : null,
            Subspaces = (analysis is null || subspaces is null ? subspaces : subspaces.WithShares(change, weights.SquaredNorm, vectorsB!, threads, cancellation)) is { } compared ? compared with { KernelAlignment = kernelAlignment } : null,
        };
        return (a, pair with { Verdict = VerdictOf(match, alignment, pair) });
    }

    private static ChangeVerdict VerdictOf(LayerMatch match, ElementAlignment alignment, PairComparison pair)
    {
        var (gridA, gridB) = ValueGrid.Of(alignment.A, alignment.B);
        return ChangeVerdict.Of(new(
            pair.Weights!,
            pair.Change?.Spectrum,
            new(gridA, ValueGrid.MantissaBits(alignment.A), match.A.Tensor.Quantization is not null),
            new(gridB, ValueGrid.MantissaBits(alignment.B), match.B.Tensor.Quantization is not null),
            Math.Max(match.A.Tensor.Epsilon, match.B.Tensor.Epsilon),
            pair.Motion));
    }

    /// <summary>True for a change that is too large for all of its singular values, unless these were asked for.</summary>
    private bool IsLarge(LayerMatch match) => !options.ExactChange && IsNotAdapter(match) && Math.Min(match.A.Rows, match.A.Columns) > LanczosSpectrum.LargestExact;

    private static bool IsNotAdapter(LayerMatch match) => match.A.Product is null || match.B.Product is not null;

    /// <summary>The change as a layer of its own; by the approximate route where it is large. That of an adapter is the product of its factors.</summary>
    private LayerAnalysis AnalyzeChange(LayerMatch match, IMatrix change, int threads)
    {
        var layer = IsNotAdapter(match) ? match.A with { Replacement = change } : match.A;
        return !IsLarge(match) ? schedule.Analyze(layer, threads)
            : schedule.Analyze(layer, threads, (matrix, method, token) => Spectrum.Of(matrix, method with { Route = method.Route == SpectrumRoute.Gram ? SpectrumRoute.Approximate : method.Route, Steps = ChangeSteps }, token));
    }

    private static PairComparison Spectra(PairComparison pair, LayerAnalysis a, LayerAnalysis b) => a.Spectrum is not { } spectrumA || b.Spectrum is not { } spectrumB ? pair : pair with
    {
        Distances = SpectrumDistances.Of(spectrumA.SingularValues, spectrumB.SingularValues),
        ScaleFree = SpectrumDistances.ScaleFree(spectrumA.SingularValues, spectrumB.SingularValues),
        Motion = SpectrumMotion.Of(spectrumA.SingularValues, spectrumB.SingularValues),
        SpectralConfidence = Confidence(spectrumA.Spectrum.Largest, spectrumB.Spectrum.Largest),
    };

    private static double Confidence(double a, double b) => a > 0 && b > 0 ? Math.Min(a / b, b / a) : 0;
}
