using System.Text.Json;
using Eigenscope.Dynamics;

namespace Eigenscope.Reports;

/// <summary>A simulation as JSON, schema <c>eigenscope/simulation/1</c>. The same options and seed give the same bytes, for any number of threads.</summary>
public static class SimulationJson
{
    /// <summary>The schema.</summary>
    public const string Schema = "eigenscope/simulation/1";

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    /// <param name="ensemble">The paths.</param>
    /// <param name="fit">Laws fitted to the eigenvalues of the last time; null for none.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Of(PathEnsemble ensemble, StationaryFit? fit = null) => JsonReport.Documents([ensemble], (json, item) =>
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        WriteSettings(json, item.Options);
        json.WriteStartArray("times");
        foreach (var point in item.Points)
        {
            WritePoint(json, point);
        }

        json.WriteEndArray();
        if (fit is not null)
        {
            StationaryJson.Write(json, "fit", fit);
        }

        json.WriteEndObject();
    });

    private static void WriteSettings(Utf8JsonWriter json, SimulationOptions options)
    {
        json.WriteStartObject("settings");
        json.WriteNumber("rows", options.Start.Rows);
        json.WriteNumber("cols", options.Start.Columns);
        json.WriteString("start", options.Start.Description);
        WriteEigenvalues(json, "start_eigenvalues", options.Start);
        json.WriteString("drift", options.Drift.Name);
        json.WriteNumber("beta", options.Drift.Rate);
        if (options.Drift.Target is { } target)
        {
            WriteEigenvalues(json, "target_eigenvalues", SimulationStart.Of(target, "target"));
        }

        json.WriteNumber("noise", options.Noise.Additive);
        json.WriteNumber("kappa", options.Noise.Kappa);
        json.WriteString("integrator", Name(options.Integrator));
        json.WriteBoolean("exact", options.IsExact);
        WriteNumber(json, "step", options.IsExact ? null : options.Step);
        json.WriteBoolean("paper_compat", options.PaperCompat);
        json.WriteNumber("paths", options.Paths);
        json.WriteNumber("seed", options.Seed);
        json.WriteEndObject();
    }

    private static void WriteEigenvalues(Utf8JsonWriter json, string name, SimulationStart of)
    {
        json.WriteStartArray(name);
        foreach (var sigma in of.SingularValues.Reverse())
        {
            json.WriteNumberValue(sigma * sigma);
        }

        json.WriteEndArray();
    }

    /// <summary>The name of an integrator, as options and results have it.</summary>
    /// <param name="integrator">The integrator.</param>
    /// <returns>matrix, singular-values or explicit.</returns>
    public static string Name(Integrator integrator) => integrator switch
    {
        Integrator.Matrix => "matrix",
        Integrator.SingularValues => "singular-values",
        _ => "explicit",
    };

    private static void WritePoint(Utf8JsonWriter json, EnsemblePoint point)
    {
        json.WriteStartObject();
        json.WriteNumber("time", point.Time);
        json.WriteStartArray("eigenvalues");
        foreach (var value in point.Eigenvalues)
        {
            json.WriteStartObject();
            json.WriteNumber("rank", value.Rank);
            WriteNumber(json, "mean", value.Mean.Value);
            WriteNumber(json, "standard_error", value.Mean.StandardError);
            WriteNumber(json, "deviation", value.Deviation);
            WriteNumber(json, "q05", value.Low);
            WriteNumber(json, "q25", value.LowerQuartile);
            WriteNumber(json, "median", value.Median);
            WriteNumber(json, "q75", value.UpperQuartile);
            WriteNumber(json, "q95", value.High);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("moments");
        foreach (var moment in point.Moments)
        {
            json.WriteStartObject();
            json.WriteNumber("order", moment.Order);
            WriteNumber(json, "mean", moment.Value.Value);
            WriteNumber(json, "standard_error", moment.Value.StandardError);
            WriteNumber(json, "exact", moment.Exact);
            WriteNumber(json, "z", moment.Z);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
