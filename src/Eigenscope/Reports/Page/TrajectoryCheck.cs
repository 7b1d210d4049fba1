using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>Whether a document is a trajectory as a page reads it: every list has one value a checkpoint.</summary>
internal static class TrajectoryCheck
{
    private static readonly string[] Texts = ["phases", "tail_laws", "verdicts", "verdict_reasons", "reasons"];
    private static readonly string[] Statuses = ["analyzed", "failed", "absent"];
    private static readonly string[] Rotations = ["overlap", "chance_overlap", "largest_angle", "leading_cosine"];

    /// <summary>Throws where it is none.</summary>
    /// <exception cref="ResultFormatException">It is none; the message says where.</exception>
    public static void Require(DocumentPart document)
    {
        var schema = ResultDocument.SchemaOf(document.Element);
        if (schema != TrajectoryJson.Schema)
        {
            throw new ResultFormatException($"{document.Place}: the schema is '{schema}'; '{TrajectoryJson.Schema}' is wanted");
        }

        document.Part("tool").Texts("name", "version");
        document.Part("settings").Numbers("top");
        document.Texts("unit");
        var checkpoints = document.Parts("checkpoints");
        if (checkpoints.Count == 0)
        {
            throw new ResultFormatException($"{document.Place}: a trajectory of no checkpoints");
        }

        foreach (var checkpoint in checkpoints)
        {
            checkpoint.NumbersOrNull("step");
            checkpoint.Texts("step_from", "path", "format", "status");
            checkpoint.TextsOrNull("architecture", "reason");
            checkpoint.Numbers("parameters", "bytes");
        }

        foreach (var layer in document.Parts("layers"))
        {
            RequireLayer(layer, checkpoints.Count);
        }

        foreach (var rule in document.Parts("rules"))
        {
            rule.Texts("rule");
            rule.NumbersOrNull("first_met", "value");
        }

        RequireNumbers(document.Part("summary"), checkpoints.Count);
    }

    private static void RequireLayer(DocumentPart layer, int count)
    {
        layer.Texts("name", "role", "kind");
        layer.NumbersOrNull("block");
        RequireNumbers(layer.Part("metrics"), count);
        foreach (var name in Texts)
        {
            RequireList(layer, name, count, item => item.ValueKind is JsonValueKind.String or JsonValueKind.Null);
        }

        RequireList(layer, "statuses", count, item => item.ValueKind == JsonValueKind.String && Statuses.Contains(item.GetString(), StringComparer.Ordinal));
        RequireList(layer, "warnings", count, item => item.ValueKind == JsonValueKind.Null || IsTextList(item));
        if (layer.Has(ResultLayer.SpectrumFields[0]))
        {
            RequireList(layer, ResultLayer.SpectrumFields[0], count, item => item.ValueKind is JsonValueKind.Null or JsonValueKind.Array);
        }

        var rotation = layer.Part("rotation");
        RequireList(rotation, "rank", count, IsNumberOrNull);
        foreach (var side in (IEnumerable<DocumentPart>)[.. rotation.Part("since_previous").Sides(), .. rotation.Part("since_first").Sides()])
        {
            Array.ForEach(Rotations, name => RequireList(side, name, count, IsNumberOrNull));
        }
    }

    private static IReadOnlyList<DocumentPart> Sides(this DocumentPart rotation) => [rotation.Part("left"), rotation.Part("right")];

    private static bool IsTextList(JsonElement item) => item.ValueKind == JsonValueKind.Array && item.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String);

    private static bool IsNumberOrNull(JsonElement item) => item.ValueKind == JsonValueKind.Null || (item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number));

    private static void RequireNumbers(DocumentPart part, int count)
    {
        foreach (var field in part.Element.EnumerateObject())
        {
            RequireList(part, field.Name, count, IsNumberOrNull);
        }
    }

    private static void RequireList(DocumentPart part, string name, int count, Func<JsonElement, bool> isRight)
    {
        var items = part.Items(name);
        if (items.Count != count)
        {
            throw new ResultFormatException($"{part.Place}: {name} has {items.Count} values for {count} checkpoints");
        }

        if (items.Index().FirstOrDefault(item => !isRight(item.Item)) is { Item.ValueKind: not JsonValueKind.Undefined } wrong)
        {
            throw new ResultFormatException($"{part.Place}: {name}[{wrong.Index}] is {wrong.Item.GetRawText()}");
        }
    }
}
