using Eigenscope.Analysis;
using Eigenscope.Statistics;

namespace Eigenscope.Comparison;

/// <summary>The layers of models by groups.</summary>
/// <param name="Groups">Every group of every grouping.</param>
/// <param name="Differences">Whether groups differ within a model.</param>
/// <param name="Curves">Metrics over relative depth.</param>
public sealed record GroupComparison(IReadOnlyList<LayerGroup> Groups, IReadOnlyList<GroupDifference> Differences, IReadOnlyList<DepthCurve> Curves)
{
    /// <summary>The metrics that are looked at.</summary>
    public static IReadOnlyList<string> Metrics { get; } = ["alpha", "stable_rank", "effective_rank"];

    /// <summary>Groups layers that were analysed, wholes alone.</summary>
    /// <param name="models">The layers of each model.</param>
    /// <param name="layers">Layers with their counterparts.</param>
    /// <param name="reference">The position of the model that others are compared with.</param>
    /// <param name="asked">A grouping beside those of every comparison.</param>
    internal static GroupComparison Of(IReadOnlyList<IReadOnlyList<LayerAnalysis>> models, IReadOnlyList<LayerComparison> layers, int reference, GroupBy asked)
    {
        var depths = models.Select(rows => new RelativeDepth(rows.Where(row => row.Layer.SkipReason is null).Select(row => row.Layer))).ToList();
        var members = models.SelectMany((rows, model) => rows.Where(IsWhole).Select(row => new Member(model, row, depths[model].Of(row.Layer)))).ToList();
        var pairs = layers.Where(layer => layer.Models.All(row => row is null || IsWhole(row))).ToList();
        var groupings = Grouping.For(asked);
        return new([.. groupings.SelectMany(grouping => GroupsOf(grouping, members, pairs, depths[reference], models.Count, reference))], [.. groupings.SelectMany(grouping => DifferencesOf(grouping, members, models.Count))], [.. CurvesOf(members, models.Count)]);
    }

    /// <summary>True for a layer that counts: no part, learned, analysed.</summary>
    internal static bool IsWhole(LayerAnalysis row) => row.Status == LayerStatus.Analyzed && row.Layer.PartOf is null && !LayerWarnings.IsFixedTransform(row);

    private static IEnumerable<LayerGroup> GroupsOf(Grouping grouping, List<Member> members, List<LayerComparison> pairs, RelativeDepth depth, int models, int reference)
    {
        foreach (var group in Grouped(grouping, members))
        {
            var inside = pairs.FindAll(pair => pair.Models[reference] is { } row && grouping.Of(row.Layer, depth.Of(row.Layer)) is { } found && found.Name == group.Key);
            yield return new(grouping.By, group.Key, [.. Metrics.Select(metric => MetricOf(metric, [.. group], inside, models, reference))]);
        }
    }

    private static IEnumerable<IGrouping<string, Member>> Grouped(Grouping grouping, IEnumerable<Member> members) => members
        .Select(member => (Member: member, Group: grouping.Of(member.Row.Layer, member.Depth))).Where(item => item.Group is not null)
        .OrderBy(item => item.Group!.Value.Order).ThenBy(item => item.Group!.Value.Name, StringComparer.Ordinal).GroupBy(item => item.Group!.Value.Name, item => item.Member);

    private static GroupMetric MetricOf(string metric, List<Member> group, List<LayerComparison> pairs, int models, int reference) => new(
        metric,
        [.. Enumerable.Range(0, models).Select(model => Distribution.Of(Values(metric, group.Where(member => member.Model == model))))],
        [.. Enumerable.Range(0, models).Select(model => model == reference ? null : Moved(metric, pairs, model, reference))]);

    /// <summary>The paired test of a metric of one model against another.</summary>
    internal static SignedRankTest? Moved(string metric, IEnumerable<LayerComparison> pairs, int model, int reference)
    {
        var both = pairs.Select(pair => (A: pair.Models[model]?[metric], B: pair.Models[reference]?[metric])).Where(pair => pair is { A: not null, B: not null }).ToList();
        return SignedRankTest.Of([.. both.Select(pair => pair.B!.Value)], [.. both.Select(pair => pair.A!.Value)]).Test;
    }

    private static IEnumerable<GroupDifference> DifferencesOf(Grouping grouping, List<Member> members, int models) =>
        from model in Enumerable.Range(0, models)
        from metric in Metrics
        let groups = Grouped(grouping, members.Where(member => member.Model == model)).Select(members => (Name: members.Key, Values: Values(metric, members).ToArray())).Where(item => item.Values.Length > 0).ToList()
        let test = Difference([.. groups.Select(item => item.Values)])
        where test is not null
        select new GroupDifference(grouping.By, metric, model, test.Value.PValue, test.Value.Effect, [.. groups.Select(item => item.Name)]);

    private static (double PValue, double Effect)? Difference(IReadOnlyList<double[]> groups) => groups switch
    {
        [var first, var second] => RankSumTest.Of(first, second).Test is { } test ? (test.PValue, test.CliffsDelta) : null,
        { Count: > 2 } => KruskalWallisTest.Of([.. groups]).Test is { } test ? (test.PValue, test.EpsilonSquared) : null,
        _ => null,
    };

    private static IEnumerable<DepthCurve> CurvesOf(List<Member> members, int models) =>
        from model in Enumerable.Range(0, models)
        from part in (string[])["attention", "mlp"]
        from metric in Metrics
        let points = members.Where(member => member.Model == model && member.Depth is not null && Grouping.PartOf(member.Row.Layer) == part && member.Row[metric] is not null)
            .GroupBy(member => (Depth: member.Depth!.Value, Block: member.Row.Layer.Description.Block!.Value)).OrderBy(block => block.Key.Depth)
            .Select(block => (block.Key.Depth, block.Key.Block, Distribution.Of(Values(metric, block))!.Median)).ToList()
        where points.Count > 1
        select new DepthCurve(model, part, metric, points);

    private static IEnumerable<double> Values(string metric, IEnumerable<Member> members) => members.Select(member => member.Row[metric]).OfType<double>();

    /// <summary>A layer of a model and its relative depth.</summary>
    private sealed record Member(int Model, LayerAnalysis Row, double? Depth);
}
