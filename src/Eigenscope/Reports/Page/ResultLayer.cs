using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>A row of a saved result.</summary>
/// <param name="Row">The row as it was read.</param>
/// <param name="Eigenvalues">Its eigenvalues, ascending; null where they were not saved.</param>
/// <param name="Shuffled">Those of its weights in random order; null where they were not saved.</param>
internal sealed record ResultLayer(JsonElement Row, double[]? Eigenvalues, double[]? Shuffled)
{
    /// <summary>The names under which a row holds eigenvalues.</summary>
    public static readonly string[] SpectrumFields = ["eigenvalues", "shuffled_eigenvalues"];

    /// <summary>True where it was analysed.</summary>
    public bool IsAnalyzed => Row.GetProperty("status").ValueEquals("analyzed");

    /// <summary>A metric; null where it is undefined or absent.</summary>
    public double? this[string metric] =>
        Row.GetProperty("metrics").TryGetProperty(metric, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>Checks a row.</summary>
    /// <exception cref="ResultFormatException">It is none.</exception>
    public static ResultLayer Check(JsonElement row, string source)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new ResultFormatException($"{source}: no object");
        }

        foreach (var name in (string[])["name", "role", "kind", "status"])
        {
            ResultDocument.Field(row, name, JsonValueKind.String, source);
        }

        ResultDocument.Field(row, "metrics", JsonValueKind.Object, source);
        ResultDocument.Field(row, "warnings", JsonValueKind.Array, source);
        return new ResultLayer(row, Spectrum(row, SpectrumFields[0], source), Spectrum(row, SpectrumFields[1], source));
    }

    /// <summary>Eigenvalues under a name, ascending; null where there are none.</summary>
    /// <exception cref="ResultFormatException">They are none.</exception>
    public static double[]? Spectrum(JsonElement row, string name, string source)
    {
        if (!row.TryGetProperty(name, out var values))
        {
            return null;
        }

        if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
        {
            throw new ResultFormatException($"{source}: '{name}' is no list of numbers");
        }

        var ascending = new double[values.GetArrayLength()];
        var (index, previous) = (0, 0.0);
        foreach (var value in values.EnumerateArray())
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var lambda) || !double.IsFinite(lambda) || lambda < previous)
            {
                throw new ResultFormatException($"{source}: {name}[{index}] is {value.GetRawText()}; numbers from 0 in ascending order are wanted");
            }

            previous = ascending[index++] = lambda;
        }

        return ascending;
    }
}
