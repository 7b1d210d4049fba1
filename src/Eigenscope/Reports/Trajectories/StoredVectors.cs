using System.Runtime.InteropServices;
using Eigenscope.Spectra;

namespace Eigenscope.Reports;

/// <summary>Where singular vectors lie in a file of float64: the values, then the left vectors, then the right ones.</summary>
/// <param name="Offset">In bytes.</param>
/// <param name="Count">How many vectors of each side.</param>
/// <param name="Rows">The length of a left one.</param>
/// <param name="Columns">The length of a right one.</param>
internal sealed record StoredVectors(long Offset, int Count, int Rows, int Columns)
{
    private long Length => sizeof(double) * (long)Count * (1L + Rows + Columns);

    /// <summary>Appends vectors, at least one, to a file.</summary>
    public static StoredVectors Append(string path, LeadingVectors vectors)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        var place = new StoredVectors(file.Position, vectors.SingularValues.Count, vectors.Left[0].Length, vectors.Right[0].Length);
        foreach (var values in (IEnumerable<double[]>)[[.. vectors.SingularValues], .. vectors.Left, .. vectors.Right])
        {
            file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return place;
    }

    /// <summary>Reads them; null where the file does not hold them.</summary>
    public LeadingVectors? Read(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length < Offset + Length)
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Offset;
        return new(Next(file, Count), [.. Enumerable.Range(0, Count).Select(_ => Next(file, Rows))], [.. Enumerable.Range(0, Count).Select(_ => Next(file, Columns))]);
    }

    private static double[] Next(FileStream file, int count)
    {
        var values = new double[count];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
