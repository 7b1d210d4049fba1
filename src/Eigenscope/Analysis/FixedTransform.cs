using Eigenscope.LinearAlgebra;
using Eigenscope.Models.Layers;

namespace Eigenscope.Analysis;

/// <summary>
/// Recognises weights that were computed and not learned, by what no training leaves: every row or column a pure sinusoid (position tables), or each even or odd about its
/// centre (Fourier, cosine and constant-Q bases, with or without a window).
/// </summary>
internal static class FixedTransform
{
    private const int LeastLength = 16;
    private const int LeastLines = 8;
    private const int MostLines = 24;
    private const int MostLength = 8192;

    /// <summary>How far a value may be off, in units of the spacing of stored values: a product with a window and a sine rounds a few times.</summary>
    private const double Roundings = 16;

    private static readonly HashSet<Role> Candidates = [Role.Convolution, Role.Other, Role.PositionEmbedding, Role.Embedding];

    /// <summary>What a layer is, as a clause; null where it was learned, or nothing tells.</summary>
    public static string? Of(WeightMatrix layer)
    {
        if (layer.Description.FixedTransform is { } named)
        {
            return $"{named}, by its name";
        }

        var matrices = layer.Slices;
        return matrices.Count != 1 || layer.Product is not null || !Candidates.Contains(layer.Role) ? null : Of(matrices[0], Roundings * Math.Max(layer.Tensor.Epsilon, 1e-7));
    }

    /// <summary>What the lines of a matrix are, as a clause; null where they are nothing in particular.</summary>
    internal static string? Of(IMatrix matrix, double tolerance)
    {
        foreach (var lines in new[] { Rows(matrix), Columns(matrix) })
        {
            if (lines.Count < LeastLines || lines.TrueForAll(IsFlat))
            {
                continue;
            }

            if (lines.TrueForAll(line => IsSinusoid(line, tolerance)))
            {
                return "each line is a sinusoid, as in a table of positions or a Fourier basis";
            }

            if (lines.TrueForAll(line => IsEvenOrOdd(line, tolerance)))
            {
                return "each line is even or odd, as in a Fourier basis";
            }
        }

        return null;
    }

    /// <summary>Some rows, evenly spread.</summary>
    private static List<double[]> Rows(IMatrix matrix)
    {
        if (matrix.Columns is < LeastLength or > MostLength || matrix.Rows < LeastLines)
        {
            return [];
        }

        var count = Math.Min(MostLines, matrix.Rows);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var row = new double[matrix.Columns];
            matrix.Read((int)((long)i * matrix.Rows / count), 0, 1, matrix.Columns, row, matrix.Columns);
            return row;
        })];
    }

    /// <summary>The first columns, which in a table of positions are those that turn fastest.</summary>
    private static List<double[]> Columns(IMatrix matrix)
    {
        if (matrix.Rows is < LeastLength or > MostLength || matrix.Columns < LeastLines)
        {
            return [];
        }

        var count = Math.Min(MostLines, matrix.Columns);
        var tile = new double[matrix.Rows * count];
        matrix.Read(0, 0, matrix.Rows, count, tile, count);
        return [.. Enumerable.Range(0, count).Select(j => Enumerable.Range(0, matrix.Rows).Select(i => tile[(i * count) + j]).ToArray())];
    }

    /// <summary>True where all values are the same.</summary>
    private static bool IsFlat(double[] line) => Array.TrueForAll(line, value => value == line[0]);

    /// <summary>x[t + 1] + x[t - 1] = 2 cos(w) x[t], with the w that fits best. A line of zeros counts: the sine of frequency 0.</summary>
    private static bool IsSinusoid(double[] line, double tolerance)
    {
        var (cross, square) = (0.0, 0.0);
        for (var t = 1; t + 1 < line.Length; t++)
        {
            cross += line[t] * (line[t - 1] + line[t + 1]);
            square += line[t] * line[t];
        }

        var (factor, largest) = (square > 0 ? cross / square : 0, line.Max(Math.Abs));
        return Enumerable.Range(1, line.Length - 2).All(t => Math.Abs(line[t - 1] + line[t + 1] - (factor * line[t])) <= 4 * tolerance * largest);
    }

    /// <summary>About the middle between the ends, or about the element behind that, where the line is one period without its end.</summary>
    private static bool IsEvenOrOdd(double[] line, double tolerance) =>
        IsMirrored(line, line.Length - 1, tolerance) || IsMirrored(line, line.Length, tolerance);

    private static bool IsMirrored(double[] line, int turn, double tolerance)
    {
        var (even, odd, allowed) = (true, true, tolerance * line.Max(Math.Abs));
        for (var n = turn - line.Length + 1; n < line.Length && (even || odd); n++)
        {
            even &= Math.Abs(line[n] - line[turn - n]) <= allowed;
            odd &= Math.Abs(line[n] + line[turn - n]) <= allowed;
        }

        return even || odd;
    }
}
