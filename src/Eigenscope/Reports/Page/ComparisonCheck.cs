using System.Buffers;
using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>Whether a document has what a page relies on in a comparison.</summary>
internal static class ComparisonCheck
{
    private static readonly string[] NoMetrics =
    [
        "cosine", "correlation", "relative_norm", "scale", "relative_residual", "change_cosine", "change_kurtosis", "sign_agreement", "changed", "new_zeros", "lost_zeros",
        "energy_rank_90", "energy_rank_99", "edge_rank", "suggested_rank", "adapter_rank", "status", "status_reason", "spectrum", "eigenvalues",
    ];

    /// <summary>Checks all of it.</summary>
    /// <returns>The pairs of layers.</returns>
    /// <exception cref="ResultFormatException">Something is missing or of another kind.</exception>
    public static IReadOnlyList<ComparedPair> Of(DocumentPart document)
    {
        document.Part("tool").Texts("version");
        document.Part("settings");
        var models = document.Parts("models");
        if (models.Count < 2)
        {
            throw new ResultFormatException($"{document.Place}: models: two or more are wanted");
        }

        foreach (var model in models)
        {
            model.Texts("path", "format", "fingerprint");
            model.TextsOrNull("architecture");
            model.Numbers("parameters", "bytes");
        }

        var reference = document.Position("reference", models.Count);
        List<ComparedPair> pairs = [.. document.Parts("layers").SelectMany((layer, index) => Layer(layer, index, models.Count, reference))];
        Unmatched(document, models.Count);
        Groups(document, models.Count);
        Summary(document.Part("summary"), models.Count, reference);
        return pairs;
    }

    private static IEnumerable<ComparedPair> Layer(DocumentPart layer, int index, int models, int reference)
    {
        layer.Texts("name", "role");
        layer.NumbersOrNull("block");
        var rows = layer.PartsOrNull("models");
        if (rows.Count != models)
        {
            throw new ResultFormatException($"{layer.Place}: models: {rows.Count} of {models}");
        }

        if (rows[reference] is null)
        {
            throw new ResultFormatException($"{layer.Place}: models[{reference}], the reference, is missing");
        }

        foreach (var row in rows.OfType<DocumentPart>())
        {
            Row(row);
        }

        if (layer.Has("merge"))
        {
            Merge(layer.Part("merge"));
        }

        return (models > 2 ? (IEnumerable<DocumentPart>)[layer, .. layer.Parts("others")] : [layer]).Select(pair => Pair(pair, index, models, reference, rows));
    }

    /// <summary>More of a row than <see cref="ResultLayer.Check"/> asks for.</summary>
    private static void Row(DocumentPart row)
    {
        row.Texts("name", "role", "kind", "dtype", "status");
        row.TextsOrNull("reason");
        row.Numbers("id");
        row.NumbersOrNull("block", "rows", "cols");
        row.TextList("warnings");
        row.Part("metrics").NumbersWhereThere(row.Part("metrics").Element.EnumerateObject().Select(metric => metric.Name));
        foreach (var name in ((string[])["phase", "tail_law", "verdict", "verdict_reason"]).Where(row.Has))
        {
            row.TextsOrNull(name);
        }

        if (row.Has("part_of"))
        {
            row.Texts("part_of");
        }

        if (row.Has("spectrum"))
        {
            row.Part("spectrum").Texts("route");
            row.Part("spectrum").Numbers("floor");
        }
    }

    private static ComparedPair Pair(DocumentPart pair, int index, int models, int reference, IReadOnlyList<DocumentPart?> rows)
    {
        var model = models > 2 ? pair.Position("model", models) : 1 - reference;
        if (model == reference || rows[model] is null)
        {
            throw new ResultFormatException($"{pair.Place}: 'model' is {model}, which has no such layer to compare");
        }

        pair.Texts("verdict", "reason", "matched_by");
        pair.TextsOrNull("element_order");
        var change = pair.PartOrNull("change") is { } changed ? Change(changed) : null;
        var (left, right) = pair.PartOrNull("subspaces") is { } subspaces ? Subspaces(subspaces) : (null, null);
        if (pair.PartOrNull("distances") is { } distances)
        {
            Distances(distances);
            distances.NumbersOrNull("moved_largest", "moved_middle", "moved_smallest", "spectral_confidence");
            if (distances.PartOrNull("scale_free") is { } free)
            {
                Distances(free);
            }
        }

        return new(model, index, change, left, right);
    }

    private static void Distances(DocumentPart distances)
    {
        distances.NumbersOrNull("log", "jensen_shannon");
        distances.Numbers("wasserstein", "kolmogorov_smirnov");
    }

    /// <summary>A change as a row, whose metrics stand among its other numbers.</summary>
    private static ResultLayer? Change(DocumentPart change)
    {
        change.NumbersOrNull("cosine", "correlation", "relative_norm", "scale", "relative_residual", "change_cosine", "change_kurtosis", "sign_agreement");
        change.Numbers("changed", "new_zeros", "lost_zeros");
        change.NumbersOrNull("energy_rank_90", "energy_rank_99", "edge_rank", "suggested_rank", "adapter_rank");
        if (!change.Has("status"))
        {
            return null;
        }

        change.Texts("status");
        change.TextsOrNull("status_reason");
        var metrics = change.Element.EnumerateObject().Where(field => !NoMetrics.Contains(field.Name, StringComparer.Ordinal)).ToList();
        change.NumbersWhereThere(metrics.Select(metric => metric.Name));
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("metrics");
            metrics.ForEach(metric => metric.WriteTo(json));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new(JsonElement.Parse(buffer.WrittenSpan), ResultLayer.Spectrum(change.Element, "eigenvalues", change.Place), null);
    }

    private static (JsonElement? Left, JsonElement? Right) Subspaces(DocumentPart subspaces)
    {
        subspaces.Numbers("k", "looked_at");
        subspaces.Flags("complete");
        subspaces.NumbersOrNull("cka");
        return (Side(subspaces.Part("left")), Side(subspaces.Part("right")));
    }

    private static JsonElement? Side(DocumentPart side)
    {
        side.Numbers("dimension", "overlap", "chance_overlap", "diagonal", "chance_diagonal", "best_match", "chance_best_match", "grassmann", "chordal", "intruders", "chance_share");
        side.NumbersOrNull("share_of_change");
        side.NumberList("angles");
        if (!side.Has("cosines"))
        {
            return null;
        }

        var rows = side.Items("cosines");
        foreach (var (index, row) in rows.Index())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != rows.Count || row.EnumerateArray().Any(cosine => cosine.ValueKind != JsonValueKind.Number || cosine.GetDouble() is not (>= 0 and <= 1)))
            {
                throw new ResultFormatException($"{side.Place}: cosines[{index}] is no list of {rows.Count} numbers from 0 to 1");
            }
        }

        return side.Element.GetProperty("cosines");
    }

    private static void Unmatched(DocumentPart document, int models)
    {
        foreach (var layer in document.Parts("unmatched"))
        {
            layer.Position("model", models);
            layer.Texts("name", "reason");
        }
    }

    private static void Groups(DocumentPart document, int models)
    {
        foreach (var group in document.Parts("groups"))
        {
            group.Texts("by", "name");
            foreach (var metric in group.Named("metrics"))
            {
                var (distributions, moved) = (metric.PartsOrNull("models"), metric.PartsOrNull("moved"));
                if (distributions.Count != models || moved.Count != models)
                {
                    throw new ResultFormatException($"{metric.Place}: not one of 'models' and 'moved' for each of {models} models");
                }

                distributions.OfType<DocumentPart>().ToList().ForEach(Distribution);
                moved.OfType<DocumentPart>().ToList().ForEach(Test);
            }
        }

        foreach (var test in document.Parts("group_tests"))
        {
            test.Texts("by", "metric", "test");
            test.Position("model", models);
            test.Numbers("p", test.Has("cliffs_delta") ? "cliffs_delta" : "epsilon_squared");
            test.TextList("groups");
        }

        foreach (var curve in document.Parts("depth"))
        {
            curve.Position("model", models);
            curve.Texts("part", "metric");
            foreach (var point in curve.Parts("points"))
            {
                point.Numbers("block", "depth", "median");
            }
        }
    }

    private static void Summary(DocumentPart summary, int models, int reference)
    {
        summary.Numbers("layers_matched", "layers_unmatched");
        foreach (var one in summary.Has("others") ? (IEnumerable<DocumentPart>)[summary, .. summary.Parts("others")] : [summary])
        {
            if (one.Position("model", models) == reference)
            {
                throw new ResultFormatException($"{one.Place}: 'model' is {reference}, the reference");
            }

            one.Flags("adapter", "by_depth");
            one.Numbers("intruders");
            one.NumbersOrNull("spectral_confidence");
            one.Texts("verdict", "reason");
            foreach (var name in (string[])["cosine", "relative_norm"])
            {
                if (one.PartOrNull(name) is { } distribution)
                {
                    Distribution(distribution);
                }
            }

            foreach (var metric in one.Named("metrics"))
            {
                metric.Numbers("mean", "reference_mean", "layers");
                if (metric.PartOrNull("moved") is { } test)
                {
                    Test(test);
                }
            }
        }

        if (summary.Has("merge"))
        {
            summary.Part("merge").Numbers("layers");
            Merge(summary.Part("merge"));
        }
    }

    private static void Merge(DocumentPart merge)
    {
        merge.Numbers("rank_dispersion", "overlap", "cosine", "interference", "sign_conflict");
        merge.Texts("advice");
    }

    private static void Distribution(DocumentPart distribution) => distribution.Numbers("count", "lower", "median", "upper");

    private static void Test(DocumentPart test)
    {
        test.Numbers("pairs", "zeros", "p", "rank_biserial", "median_difference");
        test.Flags("exact");
    }
}
