namespace Eigenscope.Learning;

/// <summary>How matrices are written.</summary>
internal static class Cells
{
    private const int Shown = 8;

    /// <summary>Exact numbers.</summary>
    public static CellMatrix Of(Rational[,] entries) => Of(entries.GetLength(0), entries.GetLength(1), (i, j) => ExactText.Of(entries[i, j]));

    /// <summary>A lesson's matrix, with its names.</summary>
    public static CellMatrix Of(LessonMatrix w) => Of(w.Rows, w.Columns, (i, j) => ExactText.Of(w[i, j]), w.RowNames, w.ColumnNames);

    /// <summary>Numbers of the field of an eigenvalue.</summary>
    public static CellMatrix Of(ExactEigenvalue eigenvalue, FieldNumber[,] entries) => Of(entries.GetLength(0), entries.GetLength(1), (i, j) => ExactText.Of(eigenvalue, entries[i, j]));

    /// <summary>Vectors side by side.</summary>
    public static CellMatrix Columns(IReadOnlyList<double[]> vectors, int digits = 6) => Of(vectors[0].Length, vectors.Count, (i, j) => Digits.Rounded(vectors[j][i], digits));

    /// <summary>Vectors one below the other.</summary>
    public static CellMatrix Rows(IReadOnlyList<double[]> vectors, int digits = 6) => Of(vectors.Count, vectors[0].Length, (i, j) => Digits.Rounded(vectors[i][j], digits));

    /// <summary>A matrix of zeros but for its diagonal.</summary>
    public static CellMatrix Diagonal(IReadOnlyList<double> values, int rows, int columns) => Of(rows, columns, (i, j) => i == j ? Digits.Text(values[i]) : "0");

    /// <summary>A vector as a column.</summary>
    public static CellMatrix Column(double[] vector) => Columns([vector]);

    /// <summary>A vector as a column of exact numbers.</summary>
    public static CellMatrix Column(ExactVector vector) => Of(vector.Entries.Length, 1, (i, _) => ExactText.Of(vector.Eigenvalue, vector.Entries[i]));

    /// <summary>Texts as a column.</summary>
    public static CellMatrix Column(IEnumerable<string> texts) => new([.. texts.Select(text => (string[])[text])]);

    /// <summary>A matrix cell by cell; of large ones the first rows and columns, the last ones, and dots between.</summary>
    public static CellMatrix Of(int rows, int columns, Func<int, int, string> cell, IReadOnlyList<string>? rowNames = null, IReadOnlyList<string>? columnNames = null)
    {
        var (i, j) = (Places(rows), Places(columns));
        return new([.. i.Select(row => (string[])[.. j.Select(column => row < 0 ? "⋮" : column < 0 ? "…" : cell(row, column))])], rowNames, columnNames);
    }

    /// <summary>Which rows are shown; -1 for dots.</summary>
    private static IReadOnlyList<int> Places(int count) => count <= Shown ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, Shown - 2), -1, count - 1];
}
