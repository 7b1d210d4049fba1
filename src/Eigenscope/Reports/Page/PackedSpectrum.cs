using System.Buffers.Binary;
using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>
/// A spectrum as a page stores it: float64, little-endian, base64. The largest <see cref="Exact"/> eigenvalues are there as they are; of the others every <see cref="Step"/>-th by rank,
/// from the smallest on, and a page draws a straight line from rank to rank between them.
/// </summary>
/// <param name="Count">M, the number of eigenvalues of the layer.</param>
/// <param name="Exact">How many of the largest are stored as they are.</param>
/// <param name="Step">The distance in rank of the others that are stored; 1 where all are.</param>
/// <param name="Values">The stored values, ascending.</param>
internal sealed record PackedSpectrum(int Count, int Exact, int Step, double[] Values)
{
    /// <summary>Packs a spectrum.</summary>
    /// <param name="ascending">The eigenvalues.</param>
    /// <param name="tail">How many of the largest must stay as they are.</param>
    /// <param name="budget">About how many values to store, at least 4; more where the tail is longer.</param>
    public static PackedSpectrum Of(double[] ascending, int tail, int budget)
    {
        var count = ascending.Length;
        if (count <= budget)
        {
            return new(count, count, 1, ascending);
        }

        var exact = Math.Min(count, Math.Max(tail, budget * 3 / 4));
        var thinned = count - exact;
        var step = Math.Max(1, (thinned + (budget / 4) - 1) / (budget / 4));
        return new(count, exact, step, [.. ascending.Take(thinned).Where((_, rank) => rank % step == 0), .. ascending[thinned..]]);
    }

    /// <summary>Writes it as a JSON object.</summary>
    public void Write(Utf8JsonWriter json, string name)
    {
        var bytes = new byte[Values.Length * sizeof(double)];
        for (var i = 0; i < Values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), Values[i]);
        }

        json.WriteStartObject(name);
        json.WriteNumber("count", Count);
        json.WriteNumber("exact", Exact);
        json.WriteNumber("step", Step);
        json.WriteBase64String("values", bytes);
        json.WriteEndObject();
    }
}
