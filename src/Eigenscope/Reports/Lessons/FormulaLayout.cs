using Eigenscope.Learning;

namespace Eigenscope.Reports;

/// <summary>A line of mathematics as lines of text: matrices stand in tall brackets, and what does not fit goes on below.</summary>
public static class FormulaLayout
{
    private const string Indent = "    ";

    /// <summary>The lines, without blanks at their ends.</summary>
    /// <param name="formula">The line of mathematics.</param>
    /// <param name="width">The most columns; a single cell may be wider.</param>
    public static IReadOnlyList<string> Lines(Formula formula, int width)
    {
        var (lines, row, used) = (new List<string>(), new List<string[]>(), 0);
        foreach (var block in formula.Pieces.SelectMany(piece => Blocks(piece, width - Indent.Length)))
        {
            if (row.Count > 0 && used + 1 + block[0].Length > width)
            {
                lines.AddRange(Beside(row));
                (row, used) = ([[Indent[1..]]], Indent.Length - 1);
            }

            used += block[0].Length + (row.Count > 0 ? 1 : 0);
            row.Add(block);
        }

        lines.AddRange(Beside(row));
        return [.. lines.Select(line => line.TrimEnd())];
    }

    /// <summary>True for two lines of mathematics with matrices of several rows, which read better with a blank line between them.</summary>
    public static bool AreApart(LessonPart? first, LessonPart second) => first is Formula a && second is Formula b && IsTall(a) && IsTall(b);

    private static bool IsTall(Formula formula) => formula.Pieces.Any(piece => piece.Matrix is { Cells.Count: > 1 });

    /// <summary>Rectangles of text: a matrix is one, or one a row where it is too wide; a text is one, or one a word where it is too wide.</summary>
    private static IEnumerable<string[]> Blocks(FormulaPiece piece, int width)
    {
        if (piece.Matrix is { } matrix)
        {
            var block = Bracketed(matrix);
            return block[0].Length <= width ? [block] : matrix.Cells.Select((row, i) => (string[])[$"{(i == 0 ? "[" : "")}{(matrix.RowNames is { } names ? $"{names[i]}: " : "")}{string.Join(' ', row)}{(i == matrix.Cells.Count - 1 ? "]" : ";")}"]);
        }

        var text = piece.Text?.ToString() ?? "";
        return text.Length <= width / 2 ? [[text]] : text.Split(' ').Select(word => (string[])[word]);
    }

    private static string[] Bracketed(CellMatrix matrix)
    {
        var (cells, count) = (matrix.Cells, matrix.Cells.Count);
        var names = matrix.RowNames ?? [.. cells.Select(_ => "")];
        var nameWidth = names.Max(name => name.Length);
        var widths = Enumerable.Range(0, cells[0].Count).Select(j => Math.Max(cells.Max(row => row[j].Length), matrix.ColumnNames?[j].Length ?? 0)).ToList();
        var margin = nameWidth == 0 ? "" : " ";
        var lines = cells.Select((row, i) => $"{names[i].PadRight(nameWidth)}{margin}{Bracket(i, count, "[⎡⎢⎣")}{string.Join("  ", row.Select((cell, j) => cell.PadLeft(widths[j])))}{Bracket(i, count, "]⎤⎥⎦")}");
        return matrix.ColumnNames is { } heads
            ? [$"{new string(' ', nameWidth)}{margin} {string.Join("  ", heads.Select((head, j) => head.PadLeft(widths[j])))} ", .. lines]
            : [.. lines];
    }

    private static char Bracket(int row, int count, string shapes) => shapes[count == 1 ? 0 : row == 0 ? 1 : row == count - 1 ? 3 : 2];

    /// <summary>Rectangles side by side, each centred on the middle of the tallest.</summary>
    private static IEnumerable<string> Beside(IReadOnlyList<string[]> blocks)
    {
        var height = blocks.Max(block => block.Length);
        return Enumerable.Range(0, height).Select(line => string.Join(' ', blocks.Select(block =>
        {
            var at = line - ((height - block.Length) / 2);
            return at >= 0 && at < block.Length ? block[at].PadRight(block[0].Length) : new string(' ', block[0].Length);
        })));
    }
}
