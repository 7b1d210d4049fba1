using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>The counterparts of a model's layers in another, and how they were looked for.</summary>
/// <param name="Matches">The counterparts, in the order of the other model.</param>
/// <param name="IsByDepth">True where layers in blocks were paired by relative depth.</param>
internal sealed record ModelMatching(IReadOnlyList<LayerMatch> Matches, bool IsByDepth)
{
    /// <summary>A sampled cosine is chance within so many of its standard deviations.</summary>
    private const double ChanceDeviations = 6;

    /// <summary>Pairs that are looked at before names are taken for chance.</summary>
    private const int Probed = 24;

    /// <summary>Finds the counterparts.</summary>
    /// <param name="a">The model that is compared, and its weight matrices.</param>
    /// <param name="b">The model that it is compared with.</param>
    /// <param name="mode">How.</param>
    public static ModelMatching Of((Model Model, IReadOnlyList<WeightMatrix> Layers) a, (Model Model, IReadOnlyList<WeightMatrix> Layers) b, MatchingMode mode)
    {
        if (mode == MatchingMode.Depth)
        {
            return new(LayerMatcher.ByDepth(a.Layers, b.Layers), IsByDepth: true);
        }

        var byName = LayerMatcher.Of(a.Layers, b.Layers);
        return mode == MatchingMode.Automatic && DifferInDepth(a.Layers, b.Layers) && HaveNothingInCommon(byName.FindAll(match => RelativeDepth.IsOfBlocks(match.B)), a.Model, b.Model)
            ? new(LayerMatcher.ByDepth(a.Layers, b.Layers), IsByDepth: true)
            : new(byName, IsByDepth: false);
    }

    /// <summary>True where both have blocks of attention or feed-forward layers, and one has clearly more of them.</summary>
    private static bool DifferInDepth(IReadOnlyList<WeightMatrix> a, IReadOnlyList<WeightMatrix> b) =>
        a.Any(RelativeDepth.IsOfBlocks) && b.Any(RelativeDepth.IsOfBlocks) && IsDeeper(new RelativeDepth(a).Blocks, new RelativeDepth(b).Blocks);

    /// <summary>One block more or less is no other depth.</summary>
    private static bool IsDeeper(int a, int b) => Math.Abs(a - b) >= 2 && 5 * Math.Min(a, b) <= 4 * Math.Max(a, b);

    /// <summary>True where the weights of layers that share a name are no more alike than chance makes them.</summary>
    private static bool HaveNothingInCommon(List<LayerMatch> matches, Model modelA, Model modelB)
    {
        var probed = matches.Where((_, i) => i % Math.Max(1, matches.Count / Probed) == 0)
            .Select(match => ElementAlignment.Of(match, modelA, modelB).Alignment).OfType<ElementAlignment>().ToList();
        return probed.Count(alignment => Math.Abs(alignment.SampledCosine()) > ChanceDeviations / Math.Sqrt(alignment.SampledElements)) <= probed.Count / 2;
    }
}
