using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>A column of a table whose first column takes the width that the others leave.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Cell">The text of a row, without markup.</param>
/// <param name="Priority">Columns of a higher number give way first in a narrow terminal.</param>
/// <param name="Style">The colour of a row's cell; null for none.</param>
/// <param name="LeftAligned">True for texts.</param>
internal sealed record TableColumn<T>(string Title, Func<T, string> Cell, int Priority, Func<T, string?>? Style = null, bool LeftAligned = false);

/// <summary>A table of one line a row that fits the width: names are shortened in the middle, columns of low priority left out.</summary>
internal static class TableColumns
{
    private const int Gap = 2;
    private const int LeastName = 24;

    public static void Print<T>(TextScreen screen, string nameTitle, IReadOnlyList<T> rows, Func<T, string> name, IReadOnlyList<TableColumn<T>> columns, int leastName = LeastName)
    {
        var cells = columns.ToDictionary(column => column, column => rows.Select(column.Cell).ToList());
        var widths = columns.ToDictionary(column => column, column => Math.Max(column.Title.Length, cells[column].Select(cell => cell.Length).DefaultIfEmpty().Max()));
        var longest = Math.Max(nameTitle.Length, rows.Select(row => name(row).Length).DefaultIfEmpty().Max());
        var kept = Fitting(columns, widths, screen.Width - Math.Min(longest, leastName));
        var nameWidth = Math.Min(longest, screen.Width - kept.Sum(column => widths[column] + Gap));
        screen.Marked($"[bold]{Line(Markup.Escape(nameTitle).PadRight(nameWidth), kept.Select(column => Aligned(column.Title, widths[column], column.LeftAligned)))}[/]");
        for (var i = 0; i < rows.Count; i++)
        {
            var texts = kept.Select(column => Styled(column, rows[i], Aligned(cells[column][i], widths[column], column.LeftAligned)));
            screen.Marked(Line(Markup.Escape(Elision.Middle(name(rows[i]), nameWidth).PadRight(nameWidth)), texts));
        }
    }

    private static List<TableColumn<T>> Fitting<T>(IReadOnlyList<TableColumn<T>> columns, Dictionary<TableColumn<T>, int> widths, int room)
    {
        var kept = columns.ToList();
        while (kept.Count > 0 && kept.Sum(column => widths[column] + Gap) > room)
        {
            kept.Remove(kept.MaxBy(column => column.Priority)!);
        }

        return kept;
    }

    private static string Line(string first, IEnumerable<string> others) => string.Join(new string(' ', Gap), others.Prepend(first));

    private static string Aligned(string text, int width, bool left) => left ? text.PadRight(width) : text.PadLeft(width);

    private static string Styled<T>(TableColumn<T> column, T row, string text) =>
        !string.IsNullOrWhiteSpace(text) && column.Style?.Invoke(row) is { } style ? $"[{style}]{Markup.Escape(text)}[/]" : Markup.Escape(text);
}
