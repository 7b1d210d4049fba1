using System.Buffers;
using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>What the page draws of one layer: its spectrum, that of the shuffled weights, the laws of the tail and of the random part.</summary>
internal static class SpectrumView
{
    /// <summary>About how many eigenvalues a page stores in all; beyond that, layers are thinned below their tails.</summary>
    private const int MostValues = 1_500_000;

    /// <summary>No layer is thinned below this.</summary>
    private const int LeastValues = 512;

    /// <summary>How many eigenvalues each of a number of layers may store.</summary>
    public static int Budget(int layers) => Math.Max(LeastValues, MostValues / Math.Max(1, layers));

    /// <summary>The view of a layer as JSON that may stand inside a script element.</summary>
    public static byte[] Of(ResultLayer layer, double[] ascending, int budget)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var xmin = layer["xmin"];
            json.WriteStartObject();
            PackedSpectrum.Of(ascending, xmin is { } start ? ascending.Count(lambda => lambda >= start) : 0, budget).Write(json, "eigenvalues");
            if (layer.Shuffled is { } shuffled)
            {
                PackedSpectrum.Of(shuffled, 0, Math.Max(4, Math.Min(budget, LeastValues))).Write(json, "shuffled");
            }

            TailCurves.Write(json, "laws", ascending, xmin);
            BulkCurve.Write(json, "bulk", layer);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
