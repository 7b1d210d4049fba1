using System.Buffers;
using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>What a page draws of a layer and its counterpart.</summary>
/// <param name="Model">The position of the compared model.</param>
/// <param name="Layer">The position of the layer in the comparison.</param>
/// <param name="Change">The change as a row; null where it was not analysed.</param>
/// <param name="Left">The cosines between left singular vectors; null where they were not saved.</param>
/// <param name="Right">Those between right ones.</param>
internal sealed record ComparedPair(int Model, int Layer, ResultLayer? Change, JsonElement? Left, JsonElement? Right)
{
    /// <summary>True where there is something to draw.</summary>
    public bool IsDrawn => Change?.Eigenvalues is not null || Left is not null || Right is not null;

    /// <summary>The drawing as JSON that may stand inside a script element.</summary>
    public byte[] View(int budget)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (Change is { Eigenvalues: { } eigenvalues })
            {
                json.WritePropertyName("change");
                json.WriteRawValue(SpectrumView.Of(Change, eigenvalues, budget));
            }

            Write(json, "left", Left);
            Write(json, "right", Right);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, JsonElement? cosines)
    {
        if (cosines is { } matrix)
        {
            json.WritePropertyName(name);
            matrix.WriteTo(json);
        }
    }
}
