using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Forecasting;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Reports;

/// <summary>
/// Results as JSON, schema <c>eigenscope/analysis/1</c>. Numbers are written with as many digits as it takes to read the same float64 back.
/// The text holds no time, host or thread count: the same input, options and seed give the same bytes.
/// </summary>
public static class JsonReport
{
    /// <summary>The schema of an analysis.</summary>
    public const string Schema = "eigenscope/analysis/1";

    /// <summary>The version of this library, as results state it.</summary>
    public static string Version { get; } =
        typeof(JsonReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One document for one analysis, an array of documents for several; UTF-8, ends with a newline.</summary>
    public static byte[] Of(IReadOnlyList<ModelAnalysis> analyses) => Documents(analyses, (json, analysis) => Write(json, analysis, isLive: false));

    /// <summary>The document of one layer in depth, with the laws that were fitted to its spectrum under <c>stationary</c>; UTF-8, ends with a newline.</summary>
    /// <param name="analysis">The analysis of the layer alone.</param>
    /// <param name="stationary">The laws; null where none were asked for.</param>
    public static byte[] Of(ModelAnalysis analysis, StationaryReading? stationary) =>
        Documents([analysis], (json, one) => Write(json, one, isLive: false, stationary is null ? null : () => WriteStationary(json, stationary)));

    /// <summary>One row of the layers, without its eigenvalues, on one line; UTF-8.</summary>
    public static byte[] Row(LayerAnalysis layer) => Line(json => WriteLayer(json, layer, withEigenvalues: false));

    /// <summary>A summary, on one line; UTF-8.</summary>
    public static byte[] Summary(ModelSummary summary) => Line(json => WriteSummary(json, summary));

    /// <summary>The document of an analysis that goes on while it is looked at, without eigenvalues.</summary>
    internal static byte[] Live(ModelAnalysis analysis) => Line(json => Write(json, analysis with { Options = analysis.Options with { KeepEigenvalues = false } }, isLive: true));

    /// <summary>One row of the layers with its eigenvalues.</summary>
    internal static byte[] WholeRow(LayerAnalysis layer) => Line(json => WriteLayer(json, layer, withEigenvalues: true));

    internal static byte[] Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, OneLine))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes one document as it is and several as an array.</summary>
    internal static byte[] Documents<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            if (items.Count == 1)
            {
                write(json, items[0]);
            }
            else
            {
                json.WriteStartArray();
                foreach (var item in items)
                {
                    write(json, item);
                }

                json.WriteEndArray();
            }
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ModelAnalysis analysis, bool isLive, Action? last = null)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        if (isLive)
        {
            json.WriteBoolean("live", value: true);
        }

        WriteTool(json);
        WriteModel(json, analysis.Model);
        WriteSettings(json, analysis.Options);
        json.WriteStartArray("layers");
        foreach (var layer in analysis.Layers)
        {
            WriteLayer(json, layer, analysis.Options.KeepEigenvalues);
        }

        json.WriteEndArray();
        json.WritePropertyName("summary");
        WriteSummary(json, analysis.Summary);
        last?.Invoke();
        json.WriteEndObject();
    }

    private static void WriteStationary(Utf8JsonWriter json, StationaryReading stationary)
    {
        StationaryJson.Write(json, "stationary", stationary.Fit);
        json.WriteString("stationary_note", stationary.Note);
    }

    internal static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteString("name", "eigenscope");
        json.WriteString("version", Version);
        json.WriteEndObject();
    }

    internal static void WriteModel(Utf8JsonWriter json, Model model)
    {
        json.WritePropertyName("model");
        WriteModelValue(json, model);
    }

    internal static void WriteModelValue(Utf8JsonWriter json, Model model)
    {
        json.WriteStartObject();
        json.WriteString("path", model.Path);
        json.WriteString("format", model.Format);
        json.WriteString("architecture", model.Architecture);
        json.WriteNumber("parameters", model.Parameters);
        json.WriteNumber("bytes", model.Bytes);
        json.WriteString("fingerprint", model.Fingerprint);
        json.WriteEndObject();
    }

    internal static void WriteSettings(Utf8JsonWriter json, AnalysisOptions options)
    {
        json.WriteStartObject("settings");
        WriteSettingValues(json, options);
        json.WriteEndObject();
    }

    internal static void WriteSettingValues(Utf8JsonWriter json, AnalysisOptions options)
    {
        json.WriteString("compat", options.IsWeightWatcher ? "weightwatcher" : null);
        json.WriteString("route", options.FirstRoute == Spectra.SpectrumRoute.Approximate ? "approximate" : options.MayTurnAccurate ? "automatic" : "accurate");
        json.WriteString("solver", options.Solver.ToString().ToLowerInvariant());
        json.WriteString("conv", Text(options.EffectiveConvolutions));
        json.WriteBoolean("pool", options.Pooled);
        WriteCount(json, "conv_grid", options.EffectiveConvolutions == ConvolutionMode.Fourier ? options.ConvolutionGrid : null);
        json.WriteString("split", options.SplitHeads ? "heads" : null);
        WriteCount(json, "heads", options.Heads?.Queries);
        WriteCount(json, "key_value_heads", options.Heads?.KeyValues);
        json.WriteString("xmin", XminText(options.Tail));
        json.WriteString("xmax", options.Tail.DropTop > 0 ? $"drop={options.Tail.DropTop}" : options.Tail.Cutoff == UpperCutoff.Largest ? "max" : "none");
        json.WriteBoolean("tpl", options.Truncated);
        json.WriteBoolean("farms", options.Farms);
        json.WriteBoolean("clip_xmax", options.ClipsFingers);
        WriteTexts(json, "layers", options.Filter.Include);
        WriteTexts(json, "exclude", options.Filter.Exclude);
        WriteTexts(json, "role", options.Filter.Roles);
        json.WriteNumber("randomize", options.Shuffles);
        json.WriteBoolean("vectors", options.Vectors);
        json.WriteNumber("bootstrap", options.BootstrapReplicates);
        json.WriteBoolean("quasi_null", options.QuasiNull);
        json.WriteNumber("seed", options.Seed);
    }

    private static string XminText(PowerLawOptions tail) => tail.Xmin switch
    {
        XminChoice.Scan => "ks",
        XminChoice.Fixed => string.Create(CultureInfo.InvariantCulture, $"fixed={tail.FixedXmin:R}"),
        _ => "peak",
    };

    private static string Text(ConvolutionMode mode) => mode switch
    {
        ConvolutionMode.Fourier => "fft",
        _ => mode.ToString().ToLowerInvariant(),
    };

    private static void WriteCount(Utf8JsonWriter json, string name, int? count)
    {
        if (count is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    internal static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a list of numbers; what is not finite becomes null.</summary>
    internal static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>A row of the layers; what comes first in it may be written by <paramref name="first"/>.</summary>
    internal static void WriteLayer(Utf8JsonWriter json, LayerAnalysis layer, bool withEigenvalues, Action? first = null)
    {
        var matrix = layer.Layer;
        json.WriteStartObject();
        first?.Invoke();
        WriteMatrix(json, matrix);
        json.WriteString("status", layer.Status.ToString().ToLowerInvariant());
        json.WriteString("reason", layer.Reason);
        json.WriteStartObject("metrics");
        WriteMetrics(json, layer);
        json.WriteEndObject();
        WriteTexts(json, "warnings", layer.Warnings);
        if (layer.Findings is { } findings)
        {
            json.WriteString("phase", findings.Phase?.Text());
            json.WriteString("tail_law", findings.TailLaw?.Text());
            json.WriteString("verdict", layer.Verdict?.Text);
            json.WriteString("verdict_reason", layer.Verdict?.Reason);
            WriteEvidence(json, findings.Evidence);
            if (withEigenvalues)
            {
                WriteEigenvalues(json, "eigenvalues", findings.Eigenvalues);
                WriteEigenvalues(json, "shuffled_eigenvalues", findings.ShuffledEigenvalues);
            }
        }

        json.WriteEndObject();
    }

    internal static void WriteMetrics(Utf8JsonWriter json, LayerAnalysis layer)
    {
        foreach (var (name, value) in layer.Metrics)
        {
            WriteNumber(json, name, value);
        }
    }

    /// <summary>What is known of a layer before it is analysed.</summary>
    internal static void WriteMatrix(Utf8JsonWriter json, WeightMatrix matrix)
    {
        json.WriteNumber("id", matrix.Id);
        json.WriteString("name", matrix.Name);
        json.WriteString("tensor", matrix.Tensor.Name);
        if (matrix.PartOf is { } whole)
        {
            json.WriteString("part_of", whole);
        }

        json.WriteString("role", matrix.Role.Text());
        WriteNumber(json, "block", matrix.Description.Block);
        json.WriteString("kind", matrix.Description.Kind);
        json.WriteString("dtype", matrix.Tensor.TypeName);
        WriteNumber(json, "rows", matrix.Rows == 0 ? null : matrix.Rows);
        WriteNumber(json, "cols", matrix.Columns == 0 ? null : matrix.Columns);
    }

    internal static void WriteEvidence(Utf8JsonWriter json, SpectrumEvidence spectrum)
    {
        json.WriteStartObject("spectrum");
        json.WriteString("route", spectrum.Route.ToString().ToLowerInvariant());
        json.WriteNumber("floor", spectrum.Floor);
        if (spectrum.Library is { } library)
        {
            json.WriteString("solver", library);
        }

        if (spectrum.Approximation is { } known)
        {
            WriteApproximation(json, known);
        }

        json.WriteEndObject();
    }

    private static void WriteApproximation(Utf8JsonWriter json, Spectra.SpectrumApproximation known)
    {
        json.WriteStartObject("approximation");
        json.WriteNumber("resolved", known.Resolved);
        json.WriteNumber("residual_bound", known.ResidualBound);
        json.WriteNumber("density_error", known.DensityError);
        json.WriteNumber("trace_error", known.TraceError);
        json.WriteNumber("steps", known.Steps);
        json.WriteNumber("block_size", known.BlockSize);
        json.WriteEndObject();
    }

    internal static void WriteEigenvalues(Utf8JsonWriter json, string name, IReadOnlyList<double>? eigenvalues)
    {
        if (eigenvalues is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var lambda in eigenvalues)
        {
            json.WriteNumberValue(lambda);
        }

        json.WriteEndArray();
    }

    private static void WriteSummary(Utf8JsonWriter json, ModelSummary summary)
    {
        json.WriteStartObject();
        json.WriteNumber("layers_analyzed", summary.Analyzed);
        json.WriteNumber("layers_skipped", summary.Skipped);
        json.WriteNumber("layers_failed", summary.Failed);
        json.WriteNumber("over_trained", summary.OverTrained);
        json.WriteNumber("under_trained", summary.UnderTrained);
        json.WriteNumber("few_eigenvalues", summary.Small);
        foreach (var (verdict, layers) in summary.Verdicts)
        {
            json.WriteNumber($"verdict_{verdict.Text.Replace(' ', '_').Replace('-', '_')}", layers);
        }

        if (summary.Depth is { } depth)
        {
            WriteNumber(json, "alpha_early", depth.Early);
            WriteNumber(json, "alpha_middle", depth.Middle);
            WriteNumber(json, "alpha_late", depth.Late);
            json.WriteNumber("alpha_depth_rho", depth.Rho);
            json.WriteNumber("alpha_depth_layers", depth.Layers);
        }

        if (summary.Control is { } control)
        {
            json.WriteNumber("control_ratio", control.Ratio);
            json.WriteNumber("control_p", control.PValue);
            json.WriteNumber("control_layers", control.Layers);
        }

        foreach (var (metric, mean, layers) in summary.Metrics)
        {
            WriteNumber(json, metric, mean);
            json.WriteNumber(metric + "_layers", layers);
        }

        json.WriteEndObject();
    }

    internal static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
