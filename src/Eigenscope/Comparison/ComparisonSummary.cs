using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.Statistics;

namespace Eigenscope.Comparison;

/// <summary>A metric over all layers of a model and their counterparts.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Mean">Its mean over the layers of the model.</param>
/// <param name="ReferenceMean">Its mean over their counterparts.</param>
/// <param name="Layers">The number of pairs in which it is defined.</param>
/// <param name="Test">Whether it moved to one side; null where it moved in no layer.</param>
public sealed record MovedMetric(string Metric, double Mean, double ReferenceMean, int Layers, SignedRankTest? Test);

/// <summary>One model and the one that it is compared with, in a few numbers. Parts of fused matrices do not count, only wholes.</summary>
/// <param name="Model">The position of the model.</param>
/// <param name="Verdict">What became of the other on the way to it: what most of the weights say that have changed at all.</param>
/// <param name="Kinds">How many layers have each verdict, in the order of <see cref="ChangeKind"/>; those with none are left out.</param>
/// <param name="Metrics">The metrics that are looked at.</param>
/// <param name="MedianCosine">The median over layers of the cosine of the weights; null where none can be compared.</param>
/// <param name="MedianRelativeNorm">The median of |D| / |B|.</param>
/// <param name="Intruders">Intruder dimensions on the left side, all layers together.</param>
/// <param name="SpectralConfidence">The mean of ModelCypher's spectral confidence.</param>
public sealed record ComparisonSummary(
    int Model,
    ChangeVerdict Verdict,
    IReadOnlyList<(ChangeKind Kind, int Layers)> Kinds,
    IReadOnlyList<MovedMetric> Metrics,
    Distribution? MedianCosine,
    Distribution? MedianRelativeNorm,
    int Intruders,
    double? SpectralConfidence)
{
    /// <summary>Layers of a model that differ in their verdict are worth a word where they are so many.</summary>
    private const int Named = 3;

    /// <summary>The smallest singular values are named where they moved so many times as far as the largest.</summary>
    private const double MuchMore = 3;

    internal static ComparisonSummary Of(int model, int reference, IReadOnlyList<LayerComparison> layers)
    {
        var wholes = layers.Where(layer => layer.Models.All(row => row is null || row.Layer.PartOf is null)).Select(layer => (Layer: layer, Pair: layer.Pairs.FirstOrDefault(pair => pair.Model == model)))
            .Where(item => item.Pair is not null).Select(item => (item.Layer, Pair: item.Pair!)).ToList();
        var pairs = wholes.ConvertAll(item => item.Pair);
        return new(
            model,
            WithRandom(VerdictOf(pairs), [.. wholes.Select(item => (item.Layer.Models[model]!, item.Layer.Models[reference]!))]),
            [.. pairs.GroupBy(pair => pair.Verdict.Kind).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()))],
            [.. GroupComparison.Metrics.Select(metric => Moved(metric, [.. wholes.Select(item => item.Layer).Where(layer => layer.Models.All(row => row is null || GroupComparison.IsWhole(row)))], model, reference)).OfType<MovedMetric>()],
            Distribution.Of(pairs.Select(pair => pair.Weights?.Cosine).OfType<double>()),
            Distribution.Of(pairs.Select(pair => pair.Weights?.RelativeNorm).OfType<double>()),
            pairs.Sum(pair => pair.Subspaces?.Left.Intruders ?? 0),
            pairs.Select(pair => pair.SpectralConfidence).OfType<double>().ToList() is { Count: > 0 } confidences ? confidences.Average() : null);
    }

    private static MovedMetric? Moved(string metric, List<LayerComparison> layers, int model, int reference)
    {
        var both = layers.Select(layer => (A: layer.Models[model]?[metric], B: layer.Models[reference]?[metric])).Where(pair => pair is { A: not null, B: not null }).ToList();
        return both.Count == 0 ? null : new(metric, both.Average(pair => pair.A!.Value), both.Average(pair => pair.B!.Value), both.Count, GroupComparison.Moved(metric, layers, model, reference));
    }

    /// <summary>The kind that most of the changed weights have, and how many layers have which.</summary>
    private static ChangeVerdict VerdictOf(List<PairComparison> pairs)
    {
        var comparable = pairs.FindAll(pair => pair.Weights is not null);
        if (comparable.Count == 0)
        {
            return ChangeVerdict.NotComparable(pairs.Count == 0 ? "no layer has a counterpart" : pairs[0].Verdict.Reason);
        }

        var changed = comparable.FindAll(pair => pair.Verdict.Kind != ChangeKind.Identical);
        if (changed.Count == 0)
        {
            return new(ChangeKind.Identical, $"every element of {Layers(comparable.Count)} is the same");
        }

        var most = changed.GroupBy(pair => pair.Verdict.Kind).OrderByDescending(group => group.Sum(pair => pair.Weights!.Elements)).ThenBy(group => group.Key).First();
        var others = comparable.Where(pair => pair.Verdict.Kind != most.Key).GroupBy(pair => pair.Verdict.Kind).OrderByDescending(group => group.Count()).Take(Named).Select(group => $"{group.Count()} {group.Key.Text()}");
        var rest = string.Join(", ", others);
        var alone = pairs.Count == comparable.Count ? "" : $" that can be compared element by element, which {pairs.Count - comparable.Count} cannot";
        return new(most.Key, $"{most.Count()} of {Layers(comparable.Count)}{alone}{(rest.Length == 0 ? "" : $" ({rest})")}; {Typical([.. most])}");
    }

    /// <summary>A verdict that also says where layers look random, if any do.</summary>
    private static ChangeVerdict WithRandom(ChangeVerdict verdict, List<(LayerAnalysis A, LayerAnalysis B)> layers)
    {
        var (randomA, randomB) = (layers.Count(layer => LooksRandom(layer.A)), layers.Count(layer => LooksRandom(layer.B)));
        return randomA + randomB == 0 ? verdict : verdict with { Reason = $"{verdict.Reason}; {randomA} of {Layers(layers.Count)} look random in it, {randomB} in the other" };
    }

    private static bool LooksRandom(LayerAnalysis layer) => layer.Verdict?.Judgement == Judgement.LooksRandom;

    private static string Typical(List<PairComparison> pairs)
    {
        var (cosine, norm) = (Distribution.Of(pairs.Select(pair => pair.Weights!.Cosine).OfType<double>()), Distribution.Of(pairs.Select(pair => pair.Weights!.RelativeNorm).OfType<double>()));
        var related = pairs[0].Verdict.Kind.IsRelated() && pairs[0].Verdict.Kind is not ChangeKind.Identical ? "related: " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{related}in the median the cosine of the weights is {cosine?.Median ?? 0:F4} and the change {100 * (norm?.Median ?? 0):G3} % of the norm{Motion(pairs)}");
    }

    /// <summary>Where in the spectra values moved, where the smallest moved most.</summary>
    private static string Motion(List<PairComparison> pairs)
    {
        var motions = pairs.Select(pair => pair.Motion).OfType<SpectrumMotion>().ToList();
        var (smallest, largest) = (Distribution.Of(motions.Select(motion => motion.Smallest)), Distribution.Of(motions.Select(motion => motion.Largest)));
        return smallest is null || largest is null || smallest.Median <= MuchMore * largest.Median ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; what moved are the smallest singular values, by {100 * smallest.Median:G3} %, the largest by {100 * largest.Median:G3} %");
    }

    private static string Layers(int count) => count == 1 ? "1 layer" : $"{count} layers";
}
