using System.Globalization;
using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>A way to group layers.</summary>
/// <param name="By">Its name in results.</param>
/// <param name="Of">The group of a layer whose relative depth is given, and the place of the group among the others; null where it belongs to none.</param>
internal sealed record Grouping(string By, Func<WeightMatrix, double?, (string Name, int Order)?> Of)
{
    private static readonly string[] Parts = ["attention", "mlp", "embeddings"];
    private static readonly string[] Thirds = ["early", "middle", "late"];

    /// <summary>Attention, feed-forward, embeddings.</summary>
    public static Grouping Part { get; } = new("part", (layer, _) => PartOf(layer) is { } part ? (part, Array.IndexOf(Parts, part)) : null);

    /// <summary>The first, second and last third of the blocks.</summary>
    public static Grouping Depth { get; } = new("depth", (_, depth) => depth is { } place ? (Thirds[(int)(place * 3)], (int)(place * 3)) : null);

    /// <summary>Attention and feed-forward layers, each in thirds of the blocks.</summary>
    public static Grouping PartAndDepth { get; } = new("part_depth", (layer, depth) => PartOf(layer) is { } part && depth is { } place ? ($"{part}, {Thirds[(int)(place * 3)]}", (Array.IndexOf(Parts, part) * 3) + (int)(place * 3)) : null);

    /// <summary>Those of every comparison, and the one that was asked for.</summary>
    public static IReadOnlyList<Grouping> For(GroupBy asked) => asked switch
    {
        GroupBy.Role => [Part, Depth, PartAndDepth, new("role", (layer, _) => (layer.Role.Text(), (int)layer.Role))],
        GroupBy.Block => [Part, Depth, PartAndDepth, new("block", (layer, _) => layer.Description.Block is { } block ? (block.ToString(CultureInfo.InvariantCulture), block) : null)],
        GroupBy.Kind => [Part, Depth, PartAndDepth, new("kind", (layer, _) => (layer.Description.Kind, 0))],
        _ => [Part, Depth, PartAndDepth],
    };

    /// <summary>The part of a network that a layer belongs to; null for others.</summary>
    public static string? PartOf(WeightMatrix layer) => Array.Find(Parts, part => Roles.TryParseFilter(part, out var accepts) && accepts(layer.Role));
}
