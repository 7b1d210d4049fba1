using System.Globalization;
using System.Text;

namespace Eigenscope.Experiments;

/// <summary>A table of results, as it is printed and kept.</summary>
/// <param name="Name">What it is called; empty for the main one.</param>
/// <param name="Columns">The headings.</param>
internal sealed record ResultTable(string Name, params string[] Columns)
{
    private readonly List<string[]> rows = [];

    /// <summary>Its rows.</summary>
    public IReadOnlyList<string[]> Rows => rows;

    /// <summary>Appends a row: texts as they are, numbers in four digits, nothing for what is missing.</summary>
    public void Add(params object?[] cells)
    {
        if (cells.Length != Columns.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {Columns.Length} columns", nameof(cells));
        }

        rows.Add(Array.ConvertAll(cells, Text));
    }

    /// <summary>The table as CSV, as it is kept.</summary>
    public string ToCsv() => string.Concat(rows.Prepend(Columns).Select(row => string.Join(',', row) + "\n"));

    /// <summary>The table for people.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        var widths = Columns.Select((column, i) => Math.Max(column.Length, rows.Select(row => row[i].Length).DefaultIfEmpty().Max())).ToList();
        foreach (var row in rows.Prepend(Columns))
        {
            text.AppendJoin("  ", row.Select((cell, i) => cell.PadLeft(widths[i]))).Append('\n');
        }

        return text.ToString();
    }

    private static string Text(object? cell) => cell switch
    {
        null => "",
        double number when !double.IsFinite(number) => "",
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };
}
