using System.Text.Json;
using Eigenscope.Forecasting;
using Eigenscope.Models.Layers;

namespace Eigenscope.Reports;

/// <summary>A forecast as JSON, schema <c>eigenscope/forecast/1</c>. The same input, options and seed give the same bytes.</summary>
public static class ForecastJson
{
    /// <summary>The schema.</summary>
    public const string Schema = "eigenscope/forecast/1";

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    public static byte[] Of(ModelForecast forecast) => JsonReport.Documents([forecast], Write);

    private static void Write(Utf8JsonWriter json, ModelForecast forecast)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        WriteSettings(json, forecast.Options);
        json.WriteString("unit", forecast.Unit);
        json.WriteStartArray("checkpoints");
        forecast.History.ToList().ForEach(checkpoint => WriteCheckpoint(json, checkpoint, "history"));
        forecast.Later.ToList().ForEach(checkpoint => WriteCheckpoint(json, checkpoint, "later"));
        json.WriteEndArray();
        json.WriteStartArray("layers");
        foreach (var layer in forecast.Layers)
        {
            WriteLayer(json, layer);
        }

        json.WriteEndArray();
        WriteSummary(json, forecast);
        json.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter json, ModelForecastOptions options)
    {
        json.WriteStartObject("settings");
        JsonReport.WriteNumber(json, "origin", options.Origin);
        JsonReport.WriteEigenvalues(json, "horizons", [.. options.Forecast.Horizons.Select(horizon => (double)horizon)]);
        json.WriteNumber("modes", options.Forecast.Modes);
        JsonReport.WriteNumber(json, "window", options.Forecast.Window);
        json.WriteString("method", options.Forecast.Method?.Text());
        json.WriteString("drift", options.Forecast.Drift.ToString().ToLowerInvariant());
        json.WriteBoolean("inflate", options.Forecast.Inflate);
        json.WriteNumber("level", options.Forecast.Level);
        json.WriteNumber("momentum", options.Forecast.Momentum);
        json.WriteString("gradients", options.Gradients);
        json.WriteBoolean("paper_compat", options.IsPaperCompatible);
        JsonReport.WriteTexts(json, "layers", options.Analysis.Filter.Include);
        JsonReport.WriteTexts(json, "exclude", options.Analysis.Filter.Exclude);
        JsonReport.WriteTexts(json, "role", options.Analysis.Filter.Roles);
        json.WriteNumber("seed", options.Forecast.Seed);
        json.WriteEndObject();
    }

    private static void WriteCheckpoint(Utf8JsonWriter json, Tracking.Checkpoint checkpoint, string used)
    {
        json.WriteStartObject();
        JsonReport.WriteNumber(json, "step", checkpoint.Step);
        json.WriteString("path", checkpoint.Path);
        json.WriteString("used", used);
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, ForecastedLayer layer)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.Layer.Name);
        if (layer.Layer.PartOf is { } whole)
        {
            json.WriteString("part_of", whole);
        }

        json.WriteString("role", layer.Layer.Role.Text());
        JsonReport.WriteNumber(json, "block", layer.Layer.Description.Block);
        json.WriteNumber("rows", layer.Layer.Rows);
        json.WriteNumber("cols", layer.Layer.Columns);
        json.WriteString("status", layer.Forecast is null ? "failed" : "forecast");
        json.WriteString("reason", layer.Reason);
        if (layer.Forecast is { } forecast)
        {
            json.WriteNumber("step", forecast.Step);
            WriteMotion(json, forecast.Motion);
            JsonReport.WriteNumbers(json, "singular_values", forecast.SingularValues);
            json.WriteStartArray("points");
            forecast.Points.ToList().ForEach(point => WritePoint(json, point));
            json.WriteEndArray();
            WriteTrust(json, forecast.Trust);
            WriteBacktest(json, forecast.Backtest);
        }

        WriteStreamed(json, layer.Streamed);
        json.WriteEndObject();
    }

    private static void WriteMotion(Utf8JsonWriter json, MotionEstimate motion)
    {
        json.WriteStartObject("motion");
        json.WriteNumber("window", motion.Window);
        WriteFinite(json, "diffusion", motion.Diffusion);
        json.WriteString("diffusion_basis", motion.DiffusionBasis);
        WriteFinite(json, "relaxation", motion.Relaxation.Factor);
        json.WriteString("relaxation_basis", motion.Relaxation.Basis);
        json.WriteString("drift", motion.Drift.ToString().ToLowerInvariant());
        json.WriteNumber("rank", motion.Rank);
        WriteFinite(json, "relative_movement", motion.RelativeMovement);
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, ForecastPoint point)
    {
        json.WriteStartObject();
        json.WriteNumber("horizon", point.Horizon);
        json.WriteString("method", point.Method.Text());
        JsonReport.WriteNumber(json, "skill", point.Choice?.Skill);
        JsonReport.WriteNumber(json, "tried", point.Choice?.Forecasts);
        JsonReport.WriteNumbers(json, "singular_values", point.SingularValues);
        JsonReport.WriteNumbers(json, "low", [.. point.Bands.Select(band => band.Low)]);
        JsonReport.WriteNumbers(json, "high", [.. point.Bands.Select(band => band.High)]);
        json.WriteString("bands", point.Route == BandRoute.Draws ? "draws" : "first_order");
        json.WriteStartObject("by_method");
        foreach (var method in ForecastMethods.All)
        {
            JsonReport.WriteNumbers(json, Key(method), point.ByMethod[(int)method]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTrust(Utf8JsonWriter json, TrustedHorizon trust)
    {
        json.WriteStartObject("trust");
        json.WriteNumber("steps", trust.Steps);
        json.WriteString("sentence", trust.Sentence);
        json.WriteString("ended_by", trust.EndedBy is { } end ? RuleText(end.Rule) : null);
        JsonReport.WriteNumbers(json, "modes", [.. trust.Modes.Select(steps => (double)steps)]);
        json.WriteStartArray("checks");
        foreach (var check in trust.Checks)
        {
            json.WriteStartObject();
            json.WriteString("rule", RuleText(check.Rule));
            json.WriteNumber("horizon", check.Horizon);
            WriteFinite(json, "number", check.Number);
            WriteFinite(json, "threshold", check.Threshold);
            json.WriteBoolean("stops", check.Stops);
            json.WriteString("reason", check.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBacktest(Utf8JsonWriter json, Backtest? backtest)
    {
        if (backtest is null)
        {
            json.WriteNull("backtest");
            return;
        }

        json.WriteStartObject("backtest");
        json.WriteString("sentence", backtest.Sentence);
        WriteFinite(json, "coverage", backtest.Coverage);
        json.WriteStartArray("points");
        backtest.Rows.ToList().ForEach(row => WriteRow(json, row));
        json.WriteEndArray();
        json.WriteStartObject("methods");
        backtest.Scores.ToList().ForEach(score => WriteScore(json, Key(score.Method), score));
        WriteScore(json, "chosen", backtest.Chosen);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteScore(Utf8JsonWriter json, string name, MethodScore score)
    {
        json.WriteStartObject(name);
        WriteFinite(json, "error", score.Error);
        JsonReport.WriteNumber(json, "beyond_5_percent", score.Beyond5);
        JsonReport.WriteNumber(json, "beyond_10_percent", score.Beyond10);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, BacktestRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("step", row.Step);
        json.WriteNumber("horizon", row.Horizon);
        json.WriteString("chosen", row.Chosen.Text());
        json.WriteNumber("inside", row.Inside);
        json.WriteNumber("modes", row.Modes);
        JsonReport.WriteNumber(json, "skill_over_last_value", row.SkillOverPersistence);
        JsonReport.WriteNumber(json, "skill_over_sigma_linear", row.SkillOverSigmaLinear);
        json.WriteStartObject("errors");
        foreach (var error in row.Errors)
        {
            json.WriteStartObject(Key(error.Method));
            WriteFinite(json, "rms", error.Rms);
            JsonReport.WriteNumbers(json, "modes", error.Modes);
            WriteFinite(json, "wasserstein", error.Wasserstein);
            WriteFinite(json, "kolmogorov_smirnov", error.KolmogorovSmirnov);
            JsonReport.WriteNumbers(json, "alignment", error.Alignment);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStreamed(Utf8JsonWriter json, StreamedForecast? streamed)
    {
        if (streamed is null)
        {
            return;
        }

        json.WriteStartObject("streamed");
        json.WriteString("method", MethodText(streamed.Method));
        json.WriteNumber("gradients", streamed.Steps);
        json.WriteString("reason", streamed.Reason);
        json.WriteStartArray("points");
        foreach (var point in streamed.Points)
        {
            json.WriteStartObject();
            json.WriteNumber("step", point.Step);
            JsonReport.WriteNumbers(json, "singular_values", point.SingularValues);
            JsonReport.WriteNumber(json, "error", point.Error);
            JsonReport.WriteNumber(json, "last_value_error", point.Persistence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, ModelForecast forecast)
    {
        var summary = forecast.Summary;
        json.WriteStartObject("summary");
        json.WriteNumber("layers_forecast", summary.Layers);
        json.WriteNumber("layers_failed", forecast.Layers.Count(layer => layer.Forecast is null));
        json.WriteNumber("tensors_left_out", forecast.Untracked);
        json.WriteNumber("layers_compared", summary.Compared);
        json.WriteNumber("trusted_median", summary.Trusted);
        json.WriteNumber("not_trusted", summary.Untrusted);
        JsonReport.WriteNumber(json, "coverage", summary.Coverage);
        json.WriteString("sentence", summary.Sentence);
        json.WriteStartObject("errors");
        summary.Methods.ToList().ForEach(method => WriteFinite(json, Key(method.Method), method.Error));
        JsonReport.WriteNumber(json, "chosen", summary.Chosen);
        json.WriteEndObject();
        json.WriteStartObject("nearest");
        summary.Methods.ToList().ForEach(method => json.WriteNumber(Key(method.Method), method.Best));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The name of a method as a field.</summary>
    internal static string Key(ForecastMethod method) => method.Text().Replace(' ', '_').Replace('-', '_');

    private static string RuleText(TrustRule rule) => rule switch
    {
        TrustRule.HeavyTail => "heavy_tail",
        _ => rule.ToString().ToLowerInvariant(),
    };

    /// <summary>The name of a way to follow gradients.</summary>
    public static string MethodText(StreamedMethod method) => method switch
    {
        StreamedMethod.Brand => "rank-k update",
        StreamedMethod.FirstOrder => "first order",
        _ => "as published",
    };

    private static void WriteFinite(Utf8JsonWriter json, string name, double value) => JsonReport.WriteNumber(json, name, double.IsFinite(value) ? value : null);
}
