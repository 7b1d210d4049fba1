using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>A layer that was analysed, with its leading singular vectors.</summary>
/// <param name="Analysis">The analysis.</param>
/// <param name="Vectors">The vectors of its matrix; null where it has no single one, or failed.</param>
internal sealed record AnalyzedLayer(LayerAnalysis Analysis, LeadingVectors? Vectors);

/// <summary>Compares a layer with its counterpart.</summary>
internal sealed class PairComparer(ComparisonOptions options, AnalysisSchedule schedule, CancellationToken cancellation)
{
    /// <summary>Analyses a layer, and computes its leading singular vectors in passing.</summary>
    public AnalyzedLayer Analyze(WeightMatrix layer, int threads)
    {
        LeadingVectors? vectors = null;
        var analysis = schedule.Analyze(layer, threads, (matrix, method, token) =>
        {
            if (method is not { Route: SpectrumRoute.Gram, Solver: SpectrumSolver.Own } || layer.Slices.Count != 1 || layer.Product is not null)
            {
                return Spectrum.Of(matrix, method, token);
            }

            (var spectrum, vectors) = LeadingVectors.WithSpectrum(matrix, options.Vectors, method.Threads, token);
            return spectrum;
        });
        return new(analysis, analysis.Status != LayerStatus.Analyzed ? null : vectors ?? (layer.Slices.Count == 1 ? LeadingVectors.Of(layer.Product?.Whole ?? layer.Slices[0], options.Vectors, threads, cancellation) : null));
    }

    /// <summary>Compares an adapter's layer with that of its base.</summary>
    public (AnalyzedLayer A, PairComparison Pair, IMatrix? Change) CompareAdapter(LayerMatch match, int model, AnalyzedLayer b, int threads)
    {
        var (adapted, reason) = AdaptedLayer.Of(match.A, match.B);
        if (adapted is null)
        {
            var alone = Analyze(match.A, threads);
            return (alone, Spectra(new() { Model = model, MatchedBy = match.By, Verdict = ChangeVerdict.NotComparable(reason!) }, alone.Analysis, b.Analysis), null);
        }

        var a = Analyze(adapted.Layer, threads);
        a = a with { Analysis = a.Analysis with { Layer = match.A } };
        var alignment = new ElementAlignment(adapted.Layer.Slices[0], match.B.Slices[0], new(IsTransposed: false, null, null, null));
        return (a, Elements(match, model, a, b, alignment, adapted.Change, threads), adapted.Change);
    }

    /// <summary>Compares two layers.</summary>
    public (PairComparison Pair, IMatrix? Change) Compare(LayerMatch match, (int Position, Model Model) a, Model modelB, AnalyzedLayer layerA, AnalyzedLayer layerB, int threads)
    {
        var (alignment, reason) = ElementAlignment.Of(match, a.Model, modelB);
        reason = alignment is null ? reason : FailureOf(layerA.Analysis) ?? FailureOf(layerB.Analysis);
        if (reason is not null || alignment is null)
        {
            return (Spectra(new() { Model = a.Position, MatchedBy = match.By, Verdict = ChangeVerdict.NotComparable(reason!) }, layerA.Analysis, layerB.Analysis), null);
        }

        var change = new MatrixDifference(alignment.A, alignment.B);
        return (Elements(match, a.Position, layerA, layerB, alignment, change, threads), change);
    }

    private static string? FailureOf(LayerAnalysis analysis) => analysis.Status == LayerStatus.Analyzed ? null : $"{analysis.Layer.Name}: {analysis.Reason}";

    private PairComparison Elements(LayerMatch match, int model, AnalyzedLayer a, AnalyzedLayer b, ElementAlignment alignment, IMatrix change, int threads)
    {
        var weights = WeightChange.Of(alignment.A, alignment.B, threads, cancellation);
        var vectorsB = b.Vectors is null ? null : alignment.Order.Of(b.Vectors);
        var subspaces = a.Vectors is null || vectorsB is null ? null : SubspaceComparison.Of(a.Vectors, vectorsB, options.Top, Math.Min(alignment.A.Rows, alignment.A.Columns));
        var analysis = weights.Changed == 0 ? null : AnalyzeChange(match, change, threads);
        var pair = Spectra(new() { Model = model, MatchedBy = match.By, Verdict = ChangeVerdict.NotComparable("") }, a.Analysis, b.Analysis) with
        {
            Order = alignment.Order.Note,
            Weights = weights,
            Change = analysis,
            Rank = analysis?.Spectrum is { Norm: > 0 } spectrum ? ChangeRank.Of(spectrum, match.A.Product is { } product && match.B.Product is null ? product.Rank : null) : null,
            Subspaces = analysis is null || subspaces is null ? subspaces : subspaces.WithShares(change, vectorsB!, threads, cancellation),
        };
        return pair with { Verdict = VerdictOf(match, alignment, pair) };
    }

    private static ChangeVerdict VerdictOf(LayerMatch match, ElementAlignment alignment, PairComparison pair) => ChangeVerdict.Of(new(
        pair.Weights!,
        pair.Change?.Spectrum,
        new(ValueGrid.Of(alignment.A, alignment.B), ValueGrid.MantissaBits(alignment.A), match.A.Tensor.Quantization is not null),
        new(ValueGrid.Of(alignment.B, alignment.A), ValueGrid.MantissaBits(alignment.B), match.B.Tensor.Quantization is not null),
        Math.Max(match.A.Tensor.Epsilon, match.B.Tensor.Epsilon),
        pair.Motion));

    /// <summary>The change as a layer of its own; by the approximate route where it is large and all of its singular values were not asked for.</summary>
    private LayerAnalysis AnalyzeChange(LayerMatch match, IMatrix change, int threads)
    {
        if (match.A.Product is not null && match.B.Product is null)
        {
            return schedule.Analyze(match.A, threads);
        }

        var layer = match.A with { Replacement = change };
        return options.ExactChange ? schedule.Analyze(layer, threads) : schedule.Analyze(layer, threads, (matrix, method, token) => Spectrum.Of(matrix, method with { Route = method.Route == SpectrumRoute.Gram ? SpectrumRoute.Approximate : method.Route }, token));
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
