using System.Buffers;
using System.Text.Json;
using Eigenscope.Tracking;

namespace Eigenscope.Reports.Page;

/// <summary>A saved trajectory, schema <c>eigenscope/trajectory/1</c>, checked as far as a page relies on it.</summary>
public sealed class TrajectoryDocument
{
    private TrajectoryDocument(JsonElement root, IReadOnlyList<ResultDocument> results) => (Root, Results) = (root, results);

    /// <summary>How many layers were analysed at all checkpoints together.</summary>
    public int Analyzed => Results.Sum(result => result.Analyzed);

    /// <summary>How many of them are without eigenvalues, so that nothing can be drawn of their spectra.</summary>
    public int WithoutSpectrum => Results.Sum(result => result.WithoutSpectrum);

    /// <summary>The training in a few words.</summary>
    public string Title => $"{Results[0].ModelPath} to {Results[^1].ModelPath}";

    /// <summary>The document as it was read.</summary>
    internal JsonElement Root { get; }

    /// <summary>Each checkpoint as a result of its own.</summary>
    internal IReadOnlyList<ResultDocument> Results { get; }

    /// <summary>The document of a trajectory, with its eigenvalues whether the options ask for them or not.</summary>
    public static TrajectoryDocument Of(Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules)
    {
        var options = trajectory.Options with { Analysis = trajectory.Options.Analysis with { KeepEigenvalues = true } };
        return Check(ResultDocument.Read(TrajectoryJson.Of(trajectory with { Options = options }, rules), "trajectory"), "trajectory");
    }

    /// <summary>Checks a document.</summary>
    /// <exception cref="ResultFormatException">It is no such trajectory.</exception>
    internal static TrajectoryDocument Check(JsonElement root, string source)
    {
        var document = DocumentPart.Of(root, source);
        TrajectoryCheck.Require(document);
        return new(root, [.. Enumerable.Range(0, document.Items("checkpoints").Count).Select(i => ResultOf(document, i))]);
    }

    /// <summary>One checkpoint as the result of an analysis.</summary>
    private static ResultDocument ResultOf(DocumentPart document, int checkpoint)
    {
        var layers = document.Parts("layers").Where(layer => !layer.Items("statuses")[checkpoint].ValueEquals("absent")).ToList();
        return ResultDocument.Of(document, document.Parts("checkpoints")[checkpoint].Element, layers.ConvertAll(layer => RowOf(layer, checkpoint)), json => WriteFields(json, document.Part("summary").Element, checkpoint));
    }

    private static ResultLayer RowOf(DocumentPart layer, int checkpoint)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var name in (string[])["id", "name", "tensor", "part_of", "role", "block", "kind", "dtype", "rows", "cols"])
            {
                if (layer.Element.TryGetProperty(name, out var field))
                {
                    json.WritePropertyName(name);
                    field.WriteTo(json);
                }
            }

            foreach (var (one, list) in (IEnumerable<(string, string)>)[("status", "statuses"), ("reason", "reasons"), ("phase", "phases"), ("tail_law", "tail_laws"), ("verdict", "verdicts"), ("verdict_reason", "verdict_reasons")])
            {
                json.WritePropertyName(one);
                layer.Items(list)[checkpoint].WriteTo(json);
            }

            WriteList(json, "warnings", layer.Items("warnings")[checkpoint]);
            json.WriteStartObject("metrics");
            WriteFields(json, layer.Part("metrics").Element, checkpoint);
            json.WriteEndObject();
            if (layer.Has(ResultLayer.SpectrumFields[0]) && layer.Items(ResultLayer.SpectrumFields[0])[checkpoint] is { ValueKind: JsonValueKind.Array } eigenvalues)
            {
                WriteList(json, ResultLayer.SpectrumFields[0], eigenvalues);
            }

            json.WriteEndObject();
        }

        return ResultLayer.Check(JsonElement.Parse(buffer.WrittenSpan), layer.Place);
    }

    private static void WriteList(Utf8JsonWriter json, string name, JsonElement list)
    {
        json.WritePropertyName(name);
        if (list.ValueKind == JsonValueKind.Array)
        {
            list.WriteTo(json);
        }
        else
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }
    }

    /// <summary>The values of one checkpoint from lists of all; those that are null for lack of a checkpoint stay null.</summary>
    private static void WriteFields(Utf8JsonWriter json, JsonElement lists, int checkpoint)
    {
        foreach (var field in lists.EnumerateObject())
        {
            json.WritePropertyName(field.Name);
            field.Value[checkpoint].WriteTo(json);
        }
    }
}
