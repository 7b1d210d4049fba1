using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>Finds the counterparts of the layers of one model in another: by name, by path, by role and block, and by role and shape in order.</summary>
internal sealed class LayerMatcher
{
    /// <summary>Beyond so many comparisons of what the names leave over, the order is not asked.</summary>
    private const long MostOrdered = 1L << 24;

    private readonly List<LayerMatch> matches = [];
    private IReadOnlyList<WeightMatrix> a;
    private IReadOnlyList<WeightMatrix> b;

    private LayerMatcher(IReadOnlyList<WeightMatrix> a, IReadOnlyList<WeightMatrix> b) => (this.a, this.b) = (a, b);

    /// <summary>The counterparts, in the order of <paramref name="b"/>; no layer has two.</summary>
    /// <param name="a">Weight matrices of the model that is compared.</param>
    /// <param name="b">Those of the model that it is compared with.</param>
    public static List<LayerMatch> Of(IReadOnlyList<WeightMatrix> a, IReadOnlyList<WeightMatrix> b)
    {
        var matcher = new LayerMatcher(a, b);
        matcher.ByKey(LayerKeys.Name, MatchedBy.Name);
        matcher.ByKey(LayerKeys.Path, MatchedBy.Path);
        matcher.ByKey(LayerKeys.Role, MatchedBy.Role);
        matcher.InOrder();
        return [.. matcher.matches.OrderBy(match => match.B.Id)];
    }

    /// <summary>The same, but layers in blocks by role and relative depth: each of the model with fewer blocks has the nearest of the other.</summary>
    public static List<LayerMatch> ByDepth(IReadOnlyList<WeightMatrix> a, IReadOnlyList<WeightMatrix> b)
    {
        var (depthA, depthB) = (new RelativeDepth(a), new RelativeDepth(b));
        var outside = Of([.. a.Where(layer => !RelativeDepth.IsOfBlocks(layer))], [.. b.Where(layer => !RelativeDepth.IsOfBlocks(layer))]);
        var inside = depthA.Blocks <= depthB.Blocks
            ? Nearest(a, depthA, b, depthB).Select(pair => new LayerMatch(pair.Few, pair.Many, MatchedBy.Depth))
            : Nearest(b, depthB, a, depthA).Select(pair => new LayerMatch(pair.Many, pair.Few, MatchedBy.Depth));
        return [.. outside.Concat(inside).OrderBy(match => match.B.Id)];
    }

    private static IEnumerable<(WeightMatrix Few, WeightMatrix Many)> Nearest(IReadOnlyList<WeightMatrix> few, RelativeDepth depthOfFew, IReadOnlyList<WeightMatrix> many, RelativeDepth depthOfMany)
    {
        var free = many.Where(RelativeDepth.IsOfBlocks).GroupBy(WithoutBlock).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var layer in few.Where(RelativeDepth.IsOfBlocks))
        {
            if (free.GetValueOrDefault(WithoutBlock(layer)) is { Count: > 0 } candidates)
            {
                var nearest = candidates.MinBy(candidate => Math.Abs(depthOfMany.Of(candidate)!.Value - depthOfFew.Of(layer)!.Value))!;
                candidates.Remove(nearest);
                yield return (layer, nearest);
            }
        }
    }

    private static string WithoutBlock(WeightMatrix layer) => LayerKeys.Role(layer with { Description = layer.Description with { Block = null } })!;

    /// <summary>Pairs layers whose key is found once in each model.</summary>
    private void ByKey(Func<WeightMatrix, string?> keyOf, MatchedBy by)
    {
        var (keysA, keysB) = (Unique(a, keyOf), Unique(b, keyOf));
        Add(keysB.Where(item => keysA.ContainsKey(item.Key)).Select(item => new LayerMatch(keysA[item.Key], item.Value, by)));
    }

    private static Dictionary<string, WeightMatrix> Unique(IEnumerable<WeightMatrix> layers, Func<WeightMatrix, string?> keyOf) =>
        layers.Select(layer => (Key: keyOf(layer), Layer: layer)).Where(item => item.Key is not null).GroupBy(item => item.Key!, StringComparer.Ordinal)
            .Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First().Layer, StringComparer.Ordinal);

    private void InOrder()
    {
        if ((long)a.Count * b.Count is > 0 and <= MostOrdered)
        {
            Add(OrderedAlignment.Of([.. a.Select(LayerKeys.Shape)], [.. b.Select(LayerKeys.Shape)]).Select(pair => new LayerMatch(a[pair.A], b[pair.B], MatchedBy.Order)));
        }
    }

    private void Add(IEnumerable<LayerMatch> found)
    {
        matches.AddRange(found);
        var (takenA, takenB) = (matches.Select(match => match.A.Id).ToHashSet(), matches.Select(match => match.B.Id).ToHashSet());
        a = [.. a.Where(layer => !takenA.Contains(layer.Id))];
        b = [.. b.Where(layer => !takenB.Contains(layer.Id))];
    }
}
