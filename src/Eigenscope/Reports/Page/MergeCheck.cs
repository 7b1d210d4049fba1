using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>Whether a document has what a page relies on in a merge.</summary>
internal static class MergeCheck
{
    /// <summary>Throws where it has not.</summary>
    /// <exception cref="ResultFormatException">Something is missing or of another kind; the message says where.</exception>
    public static void Require(DocumentPart document)
    {
        var schema = ResultDocument.SchemaOf(document.Element);
        if (schema != MergeJson.Schema)
        {
            throw new ResultFormatException($"{document.Place}: the schema is '{schema}'; '{MergeJson.Schema}' is wanted");
        }

        document.Part("tool").Texts("name", "version");
        document.Part("settings").Texts("merge_method", "recipe", "rounding", "spectra");
        document.Part("settings").Numbers("seed");
        var models = document.Parts("models");
        if (models.Count == 0)
        {
            throw new ResultFormatException($"{document.Place}: models: one or more are wanted");
        }

        foreach (var model in models)
        {
            model.Texts("path", "format", "fingerprint");
            model.TextsOrNull("architecture");
            model.Numbers("parameters", "bytes");
        }

        document.NumbersOrNull("base");
        var reference = document.Element.GetProperty("base").ValueKind == JsonValueKind.Null ? (int?)null : document.Position("base", models.Count);
        foreach (var tensor in document.Parts("tensors"))
        {
            Tensor(tensor, models.Count, reference);
        }

        Summary(document.Part("summary"));
        document.TextList("warnings");
    }

    private static void Tensor(DocumentPart tensor, int models, int? reference)
    {
        tensor.Texts("name", "dtype", "method", "route");
        tensor.TextsOrNull("role", "reason", "note");
        tensor.NumbersOrNull("block");
        tensor.NumberList("shape");
        AllNumbers(tensor.Part("metrics"));
        var changed = 0;
        foreach (var input in tensor.Parts("inputs"))
        {
            changed += input.Position("model", models) == reference ? 0 : 1;
            AllNumbers(input.Part("metrics"));
        }

        Cosines(tensor, changed);
        Spectrum(tensor.PartOrNull("before"));
        Spectrum(tensor.PartOrNull("after"));
        tensor.TextList("warnings");
    }

    /// <summary>A cosine for each pair of models that are not the base, or none at all where nothing was merged.</summary>
    private static void Cosines(DocumentPart tensor, int models)
    {
        var cosines = tensor.Items("cosines");
        if (cosines.Count != 0 && cosines.Count != models * (models - 1) / 2)
        {
            throw new ResultFormatException($"{tensor.Place}: {cosines.Count} cosines between {models} models");
        }

        if (cosines.Index().FirstOrDefault(cosine => !IsNumberOrNull(cosine.Item)) is { Item.ValueKind: not JsonValueKind.Undefined } wrong)
        {
            throw new ResultFormatException($"{tensor.Place}: cosines[{wrong.Index}] is no number");
        }
    }

    private static bool IsNumberOrNull(JsonElement item) => item.ValueKind == JsonValueKind.Null || (item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number));

    private static void Spectrum(DocumentPart? spectrum)
    {
        if (spectrum is { } part)
        {
            part.NumbersWhereThere(MergeJson.Spectral);
            part.TextsOrNull("phase");
        }
    }

    private static void Summary(DocumentPart summary)
    {
        summary.Numbers("tensors", "tensors_with_warnings");
        summary.NumbersOrNull("relative_change", "rounding_loss");
        AllNumbers(summary.Part("routes"));
        summary.NumbersWhereThere(MergeJson.Spectral.SelectMany(metric => (string[])[$"{metric}_before", $"{metric}_after"]));
    }

    private static void AllNumbers(DocumentPart part) => part.NumbersWhereThere(part.Element.EnumerateObject().Select(field => field.Name));
}
