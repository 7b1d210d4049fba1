using System.Globalization;
using System.Text;
using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Metrics;
using Eigenscope.Reports;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Benchmarks.Calibration;

/// <summary>Measures fits, tests and verdicts on matrices and samples of known make, and writes docs/statistics.md. Nothing in it depends on the machine.</summary>
/// <param name="scale">Draws are multiplied by this and divided by 100.</param>
internal sealed class CalibrationReport(int scale)
{
    private const long Seed = 20260101;

    private static readonly (int N, int M)[] Shapes = [(100, 100), (300, 100), (600, 300), (400, 400), (1000, 250)];

    private readonly StringBuilder text = new();

    /// <summary>The whole document.</summary>
    public string Make()
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            # Statistics: what was measured

            Every table here is printed by `dotnet run -c Release --project benchmarks -- calibrate {scale}`, from fixed seeds: matrices and samples whose make is known, and how often each fit, test
            and verdict is right on them. [metrics.md](metrics.md) has the definitions.

            """);
        Verdicts();
        Tails();
        Bulks();
        Edges();
        Phases();
        QuasiNulls();
        return text.ToString();
    }

    private int Draws(int usual) => Math.Max(5, usual * scale / 100);

    private void Verdicts()
    {
        Section(
            "Verdicts",
            "The share of layers that are called each name. Rows are kinds of layers: independent entries of several laws (training has left nothing in them), and Gaussian ones with signals between random orthogonal directions, of strengths from 1.5 to 6 times the threshold below which they cannot be seen. A verdict says what the spectrum shows, not how good a model is: it has seen no data.",
            ["layers", "shape", "draws", .. Enum.GetValues<Judgement>().Select(judgement => new LayerVerdict(judgement, "").Text)]);
        foreach (var kind in new[] { NoiseKind.Gaussian, NoiseKind.Uniform, NoiseKind.Student10, NoiseKind.Student5, NoiseKind.Student3 })
        {
            foreach (var (n, m) in kind == NoiseKind.Gaussian ? [(100, 100), (200, 100), (400, 100), (200, 200), (300, 150), (400, 200)] : new[] { (300, 200) })
            {
                VerdictRow(kind.ToString(), n, m, Draws(50), draw => TestMatrices.Noise(kind, n, m, Seed + draw));
            }
        }

        foreach (var signals in new[] { 1, 5, 20 })
        {
            VerdictRow($"Gaussian, {signals} signal{(signals == 1 ? "" : "s")}", 300, 200, Draws(50), draw => SignalLayers.Of(300, 200, signals, Seed + draw));
        }

        VerdictRow("power-law spectrum, alpha 2.5", 300, 200, Draws(50), draw => SignalLayers.PowerLaw(300, 200, 2.5, Seed + draw));
        VerdictRow("power-law spectrum, alpha 4", 300, 200, Draws(50), draw => SignalLayers.PowerLaw(300, 200, 4, Seed + draw));
    }

    private void VerdictRow(string name, int n, int m, int draws, Func<int, DenseMatrix> make)
    {
        var verdicts = Enumerable.Range(0, draws).Select(draw => Verdict(make(draw)).Judgement).ToList();
        Row([name, $"{n} x {m}", $"{draws}", .. Enum.GetValues<Judgement>().Select(judgement => Percent(verdicts.Count(verdict => verdict == judgement) / (double)draws))]);
    }

    private static LayerVerdict Verdict(DenseMatrix w)
    {
        var spectrum = Spectrum.Of(w, SpectrumRoute.Gram);
        return LayerVerdict.Of(new LayerSpectrum([spectrum], w.Rows, w.Columns, 1e-7, 1e-12 * spectrum.Eigenvalues[^1]) { Entries = EntryStatistics.Of([w], default) });
    }

    private void Tails()
    {
        Section(
            "Exponents",
            "Samples of a power law of exponent alpha and n values, fitted with the xmin of least distance. `alpha` is the plain estimate, `alpha_corrected` that of `--bootstrap 100`; coverage is the share of 95 % intervals that hold the planted exponent: of alpha ± 1.96 sigma, and of `alpha_low` to `alpha_high`. `pl_p` below 0.1 should happen in at most 10 %.",
            ["alpha", "n", "samples", "bias of alpha", "bias of alpha_corrected", "its standard error", "coverage of ± 1.96 sigma", "coverage of the interval", "pl_p < 0.1"]);
        foreach (var count in new[] { 100, 400, 1000, 4096 })
        {
            var options = new TailCalibrationOptions
            {
                Alphas = [1.8, 2.5, 4, 6],
                TailCounts = [count],
                Trials = Draws(count > 1000 ? 100 : 400),
                Bootstrap = new BootstrapOptions { Replicates = 100, Threads = Environment.ProcessorCount, Seed = 7 },
            };
            foreach (var row in TailCalibration.Run(options).Rows)
            {
                Row([$"{row.Alpha:0.#}", $"{row.TailCount}", $"{row.Trials}", Percent(row.Bias, 2), Percent(row.CorrectedBias, 2), Percent(row.BiasError, 2), Percent(row.NaiveCoverage), Percent(row.Coverage), Percent(row.Rejected)]);
            }
        }
    }

    private void Bulks()
    {
        Section("The random part", "The error of `bulk_sigma` on Gaussian matrices with signals, mean and worst of the draws.", ["shape", "signals", "draws", "mean error", "worst error"]);
        foreach (var (n, m) in Shapes)
        {
            foreach (var signals in new[] { 0, m / 20, m / 10 })
            {
                var errors = Enumerable.Range(0, Draws(20)).Select(draw => Math.Sqrt(BulkFit.Of([.. Spectrum.Of(SignalLayers.Of(n, m, signals, Seed + draw), SpectrumRoute.Gram).Eigenvalues], n).Fit!.Variance) - 1).ToList();
                Row([$"{n} x {m}", $"{signals}", $"{errors.Count}", Percent(errors.Average(), 2), Percent(errors.MaxBy(Math.Abs), 2)]);
            }
        }
    }

    private void Edges()
    {
        Section("Edges", "False alarms of the tests of the largest and the smallest eigenvalue on random matrices, at 5 % and at 1 %, by where the variance comes from.", ["entries", "shape", "edge", "variance", "draws", "at 5 %", "at 1 %"]);
        foreach (var (n, m) in Shapes)
        {
            EdgeRows(n, m, NoiseKind.Gaussian, Draws(2000));
        }

        foreach (var kind in new[] { NoiseKind.Uniform, NoiseKind.Student10, NoiseKind.Student5 })
        {
            EdgeRows(300, 100, kind, Draws(400));
        }
    }

    private void EdgeRows(int n, int m, NoiseKind kind, int draws)
    {
        foreach (var row in EdgeCalibration.Of(n, m, kind, draws, Seed))
        {
            Row([$"{row.Kind}", $"{row.N} x {row.M}", row.IsUpper ? "upper" : "lower", $"{row.Source}".ToLowerInvariant(), $"{row.Draws}", Percent(row.At5), Percent(row.At1)]);
        }
    }

    private void Phases()
    {
        var calibration = PhaseCalibration.Of([.. Shapes, (200, 100), (150, 60)], Draws(60), Seed);
        string[] phases = [.. Enum.GetValues<Phase>().Select(phase => phase.Text())];
        Section("Phases", "Rows are the phase that matrices were made to be in, columns that which they were found in.", ["shape", "made", .. phases, "right in this shape"]);
        foreach (var row in calibration.Confusion)
        {
            Row([$"{row.N} x {row.M}", row.Truth.Text(), .. row.Counts.Select(count => $"{count}"), Percent(calibration.Accuracy(row.N, row.M))]);
        }

        Section("Confidence of the phases", "Verdicts of about the same confidence, of all shapes together, and the share of them that is right.", ["confidence from", "to", "verdicts", "mean confidence", "right"]);
        foreach (var row in calibration.Reliability)
        {
            Row([$"{row.Low:0.00}", $"{row.High:0.00}", $"{row.Count}", $"{row.Confidence:0.000}", $"{row.Accuracy:0.000}"]);
        }
    }

    private void QuasiNulls()
    {
        Section(
            "Quasi-null eigenvalues",
            "The share of matrices in which they are found by the spectrum alone, and after the equilibrated and the shuffled matrix are looked at: false alarms where none were made, power where some were. Blind spot: small values of a square matrix that lie together at half of the next; two or fewer small values of a small square. None of this says that they could be removed: small singular values of transformers carry information, and removing them hurts, more so after fine-tuning (Staats, Thamm and Rosenow 2025).",
            ["matrices", "shape", "draws", "made", "in the spectrum", "as directions", "mean count"]);
        var calibration = new QuasiNullCalibration(Seed);
        foreach (var kind in Enum.GetValues<NoiseKind>())
        {
            foreach (var (n, m) in new[] { (300, 300), (600, 200) })
            {
                QuasiNullRow(calibration.Null(n, m, kind, kind == NoiseKind.Gaussian ? 5 : 0, Draws(40)));
            }
        }

        foreach (var (n, m) in new[] { (300, 300), (600, 200) })
        {
            foreach (var share in new[] { 0.01, 0.03, 0.06 })
            {
                QuasiNullRow(calibration.Scaled(n, m, share, 0.2, Draws(60)));
            }

            QuasiNullRow(calibration.Levelled(n, m, 0.03, 0.5, Draws(60)));
        }
    }

    private void QuasiNullRow(QuasiNullCalibrationRow row) =>
        Row([row.Case, $"{row.N} x {row.M}", $"{row.Draws}", $"{row.Expected}", Percent(row.Seen), Percent(row.Found), FormattableString.Invariant($"{row.MeanCount:0.#}")]);

    private void Section(string title, string what, string[] columns)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"{(text[^3] == '|' || text[^2] == '|' ? "\n" : "")}## {title}\n\n{what}\n");
        Row(columns);
        text.AppendLine("|" + string.Concat(columns.Select(_ => "---|")));
    }

    private void Row(IEnumerable<string> cells) => text.AppendLine("| " + string.Join(" | ", cells) + " |");

    private static string Percent(double share, int digits = 1) => (100 * share).ToString("F" + digits, CultureInfo.InvariantCulture) + " %";
}
