namespace Eigenscope.Models.Quantized;

/// <summary>Which scale belongs to which element of a matrix: scale (i / Rows, j / Columns) of a table in row-major order.</summary>
/// <param name="Rows">Rows that share a scale.</param>
/// <param name="Columns">Columns that share a scale.</param>
/// <param name="Across">Scales in a row of the table.</param>
internal readonly record struct ScaleGrid(long Rows, long Columns, long Across)
{
    /// <summary>The usual block, as DeepSeek-V3 stores: its last one may be cut short.</summary>
    private const long Block = 128;

    /// <summary>The grid by which a table of scales fits a matrix, whose leading axes count as rows; null where it does not.</summary>
    public static ScaleGrid? Of(IReadOnlyList<long> weight, IReadOnlyList<long> scales)
    {
        var count = scales.Aggregate(1L, (product, size) => product * size);
        if (weight.Count < 2 || weight.Any(size => size < 1))
        {
            return null;
        }

        var (rows, columns) = (weight.SkipLast(1).Aggregate(1L, (product, size) => product * size), weight[^1]);
        return count == 1 ? new ScaleGrid(rows, columns, 1)
            : count == rows && scales.Count < weight.Count + 1 && (scales.Count == weight.Count - 1 || scales[^1] == 1) ? new ScaleGrid(1, columns, 1)
            : scales.Count == weight.Count && scales.SkipLast(2).SequenceEqual(weight.SkipLast(2)) ? OfBlocks(weight, scales[^2], scales[^1])
            : null;
    }

    private static ScaleGrid? OfBlocks(IReadOnlyList<long> weight, long down, long across)
    {
        var (rows, columns) = (weight[^2], weight[^1]);
        var stacked = weight.Count > 2;
        return Blocks(rows) == down && Blocks(columns) == across && (!stacked || rows % Block == 0) ? new ScaleGrid(Block, Block, across)
            : down > 0 && across > 0 && rows % down == 0 && columns % across == 0 ? new ScaleGrid(rows / down, columns / across, across)
            : null;
    }

    private static long Blocks(long length) => (length + Block - 1) / Block;
}
