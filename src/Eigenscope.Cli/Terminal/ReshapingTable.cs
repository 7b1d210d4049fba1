using Eigenscope.Transforms;

namespace Eigenscope.Cli.Terminal;

/// <summary>The table of the commands that change weights: a line for each layer that was changed, then the others by what became of them.</summary>
internal static class ReshapingTable
{
    private const int MostReasons = 12;

    public static void Print(TextScreen screen, Reshaping reshaping)
    {
        var changed = reshaping.Layers.Where(layer => layer.Status == ReshapingStatus.Changed).ToList();
        var prefix = CommonPrefix.ToLeaveOut([.. changed.Select(layer => layer.Layer.Name)], screen.Width);
        if (changed.Count > 0)
        {
            TableColumns.Print(screen, prefix.Length == 0 ? "layer" : $"{prefix}…", changed, layer => layer.Layer.Name[prefix.Length..], [.. reshaping.Columns.Select(Column), new("", layer => layer.Reason ?? "", reshaping.Columns.Count, _ => "grey", LeftAligned: true)]);
            screen.Line();
        }

        PrintOthers(screen, reshaping);
        screen.Line(string.Join(", ", reshaping.Summary.Select(number => $"{Words(number.Key)} {Numbers.Text(number.Value)}")));
        screen.Line($"{reshaping.Output}: written");
    }

    private static TableColumn<ReshapedLayer> Column(string name, int place) => new(Words(name), layer => Numbers.Text(layer.Numbers[place]), place);

    private static void PrintOthers(TextScreen screen, Reshaping reshaping)
    {
        var groups = reshaping.Layers.Where(layer => layer.Status != ReshapingStatus.Changed).GroupBy(layer => (layer.Status, layer.Reason)).OrderBy(group => group.Key.Status == ReshapingStatus.Kept).ToList();
        foreach (var group in groups.Take(MostReasons))
        {
            screen.Line($"{group.Key.Status.ToString().ToLowerInvariant()}: {(group.Count() == 1 ? group.First().Layer.Name : $"{group.Count()} layers")}, {group.Key.Reason}");
        }

        if (groups.Count > MostReasons)
        {
            screen.Line($"and {groups.Skip(MostReasons).Sum(group => group.Count())} more (--format json lists all)");
        }

        screen.Line();
    }

    private static string Words(string name) => name.Replace('_', ' ');
}
