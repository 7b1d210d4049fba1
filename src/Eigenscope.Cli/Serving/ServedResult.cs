using System.Buffers;
using System.Text.Json;
using Eigenscope.Learning;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Serving;

/// <summary>One of the results that the explorer shows: a saved one, or that of an open model, which grows.</summary>
internal abstract class ServedResult
{
    /// <summary>The document that the page reads.</summary>
    public abstract ResultDocument Document { get; }

    /// <summary>The document that a report is made of, with the eigenvalues that are known.</summary>
    public abstract ResultDocument WholeDocument { get; }

    /// <summary>The spectrum of a row as JSON; null where there is none.</summary>
    public abstract byte[]? Spectrum(int row);

    /// <summary>A row as JSON, as far as it is known; null where there is no such row.</summary>
    public abstract byte[]? Row(int row);

    /// <summary>The summary as JSON.</summary>
    public abstract byte[] Summary();

    /// <summary>What lessons read of a row that there is.</summary>
    /// <exception cref="LessonException">They cannot read it; the message says why.</exception>
    public abstract LayerReading Reading(int row);

    /// <summary>What a client is told of a row when there is nothing more to do.</summary>
    public byte[]? Done(int row)
    {
        if (Row(row) is not { } content)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("state", "done");
            json.WritePropertyName("row");
            json.WriteRawValue(content);
            json.WritePropertyName("summary");
            json.WriteRawValue(Summary());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
