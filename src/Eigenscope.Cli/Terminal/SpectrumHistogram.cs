using Eigenscope.Analysis;

namespace Eigenscope.Cli.Terminal;

/// <summary>The eigenvalue density as bars of text over log10 lambda, with the Marchenko-Pastur edges and the start of the tail marked.</summary>
internal static class SpectrumHistogram
{
    private const int Bins = 24;
    private const int LabelWidth = 12;
    private const int MarkWidth = 24;
    private const int LongestBar = 60;
    private const string Eighths = " ▏▎▍▌▋▊▉";

    public static void Print(TextScreen screen, LayerAnalysis layer)
    {
        var logs = layer.Spectrum!.Eigenvalues.Where((lambda, i) => lambda > 0 && layer.Spectrum.SingularValues[i] > layer.Spectrum.Spectrum.Floor).Select(Math.Log10).ToList();
        if (logs.Count < 2 || logs[^1] <= logs[0])
        {
            return;
        }

        var (low, step) = (logs[0], (logs[^1] - logs[0]) / Bins);
        var counts = new int[Bins];
        logs.ForEach(log => counts[Bin(log, low, step)]++);
        screen.Line();
        screen.Line("eigenvalues by log10 lambda:");
        for (var bin = 0; bin < Bins; bin++)
        {
            var bar = Bar((double)counts[bin] / counts.Max(), Math.Clamp(screen.Width - LabelWidth - MarkWidth - 6, 8, LongestBar));
            screen.Line($"{low + ((bin + 0.5) * step),LabelWidth:0.00} {counts[bin],4} {bar}{Marks(layer, bin, low, step)}");
        }
    }

    private static int Bin(double log, double low, double step) => Math.Clamp((int)((log - low) / step), 0, Bins - 1);

    private static string Bar(double share, int width)
    {
        var eighths = (int)Math.Round(share * width * 8);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : Eighths[eighths % 8].ToString());
    }

    private static string Marks(LayerAnalysis layer, int bin, double low, double step)
    {
        (string Metric, string Text)[] marks = [("mp_lambda_minus", "MP edge -"), ("mp_lambda_plus", "MP edge +"), ("xmin", "tail starts")];
        var here = marks.Where(mark => layer[mark.Metric] is > 0 and { } value && InBin(Math.Log10(value), bin, low, step)).Select(mark => mark.Text).ToList();
        return here.Count == 0 ? "" : $"  < {string.Join(", ", here)}";
    }

    private static bool InBin(double log, int bin, double low, double step) =>
        log >= low + (bin * step) - (bin == 0 ? step : 0) && log < low + ((bin + 1) * step);
}
