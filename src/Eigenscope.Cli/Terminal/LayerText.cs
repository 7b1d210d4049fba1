using Eigenscope.Analysis;
using Eigenscope.Forecasting;
using Eigenscope.Metrics;
using Eigenscope.Models.Layers;
using Eigenscope.Reports;
using Eigenscope.Spectra;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>The text of <c>layer</c>: what it is, its largest directions, the shape of its spectrum, every metric with its name in words.</summary>
internal static class LayerText
{
    private const int LargestShown = 10;
    private static readonly double[] KeptShares = [0.5, 0.9, 0.99];

    private const int NameWidth = 18;
    private const int ValueWidth = 11;

    public static void Print(TextScreen screen, ModelAnalysis analysis, StationaryReading? stationary = null)
    {
        foreach (var layer in analysis.Layers)
        {
            PrintHeading(screen, layer);
            if (layer.Spectrum is { } spectrum)
            {
                PrintLargest(screen, spectrum);
                PrintTruncations(screen, spectrum, layer.Layer);
                SpectrumHistogram.Print(screen, layer);
                PrintStationary(screen, stationary);
                PrintMetrics(screen, layer, analysis.Options.Metrics);
            }
        }
    }

    private static void PrintStationary(TextScreen screen, StationaryReading? stationary)
    {
        if (stationary is not null)
        {
            StationaryTable.Print(screen, stationary.Fit);
            screen.Line(stationary.Note);
        }
    }

    private static void PrintHeading(TextScreen screen, LayerAnalysis layer)
    {
        var matrix = layer.Layer;
        var block = matrix.Description.Block is { } number ? $", block {number}" : "";
        screen.Marked($"[bold]{Markup.Escape(matrix.Name)}[/]");
        screen.Line($"{matrix.Role.Text()}{block}, {matrix.Description.Kind}, {matrix.Tensor.TypeName} {matrix.Tensor.ShapeText}{Analysed(matrix)}");
        if (layer.Reason is { } reason)
        {
            screen.Line($"{layer.Status.ToString().ToLowerInvariant()}: {reason}");
        }

        if (layer.Verdict is { } verdict)
        {
            screen.Marked($"[bold]{Markup.Escape(verdict.Text)}[/]: {Markup.Escape(verdict.Reason)}");
        }

        if (layer.Spectrum?.Phase is { } phase)
        {
            screen.Line($"phase {phase.Phase.Text().Replace('_', ' ')}, confidence {Numbers.Fixed(phase.Confidence, 2)}{(phase.IsLowResolution ? ", low resolution" : "")}{(phase.Remark is { } remark ? $"; {remark}" : "")}");
        }

        foreach (var warning in layer.Warnings)
        {
            screen.Marked($"[yellow]! {Markup.Escape(warning)}[/]");
        }
    }

    private static string Analysed(WeightMatrix matrix) => matrix.Slices.Count switch
    {
        0 => "",
        1 => $", analysed as {matrix.Rows} x {matrix.Columns}",
        var count => $", analysed as {count} matrices of {matrix.Rows} x {matrix.Columns}",
    };

    private static void PrintLargest(TextScreen screen, LayerSpectrum spectrum)
    {
        screen.Line();
        var estimated = spectrum.Spectrum.Approximation is { } known ? $" ({known.Resolved} of them; the others are estimates)" : "";
        screen.Line($"{spectrum.SingularValues.Count} singular values by the {spectrum.Spectrum.Route.ToString().ToLowerInvariant()} route{OfLibrary(spectrum.Spectrum.Library)}, resolved down to {Numbers.Text(spectrum.Spectrum.Floor)}{estimated}; the largest, and the share of the squared norm up to each:");
        var (share, cells) = (0.0, new List<string>());
        for (var i = 1; i <= Math.Min(LargestShown, spectrum.SingularValues.Count); i++)
        {
            share += spectrum.Norm > 0 ? spectrum.Eigenvalues[^i] / spectrum.Norm : 0;
            cells.Add($"{Numbers.Text(spectrum.SingularValues[^i])} ({Numbers.Percent(share)})");
        }

        screen.Line(string.Join("  ", cells));
    }

    /// <summary>What low ranks would keep; a layer of several matrices, or a spectrum of estimates, has no single rank.</summary>
    private static void PrintTruncations(TextScreen screen, LayerSpectrum spectrum, WeightMatrix matrix)
    {
        if (!spectrum.IsWhole || spectrum.Norm == 0)
        {
            return;
        }

        var kept = KeptShares.Select(share => Truncation.Of(spectrum.Eigenvalues, Truncation.RankFor(spectrum.Eigenvalues, share), matrix.Rows, matrix.Columns));
        screen.Line($"{string.Join(", ", kept.Select(at => $"rank {at.Rank} keeps {Numbers.Percent(at.Share)} (error {Numbers.Percent(at.Error)}, size {Numbers.Percent((double)at.Elements / at.DenseElements)})"))}; two factors are smaller up to rank {Truncation.BreakEven(matrix.Rows, matrix.Columns)}");
    }

    private static string OfLibrary(string? library) => library is null ? "" : $" of {library}";

    private static void PrintMetrics(TextScreen screen, LayerAnalysis layer, IReadOnlyList<Metric> metrics)
    {
        screen.Line();
        foreach (var metric in metrics)
        {
            var title = Elision.Middle(metric.Title, Math.Max(1, screen.Width - NameWidth - ValueWidth - 2));
            screen.Marked($"{metric.Name.PadRight(NameWidth)}{Numbers.Text(layer[metric.Name]).PadLeft(ValueWidth)}  [grey]{Markup.Escape(title)}[/]");
        }
    }
}
