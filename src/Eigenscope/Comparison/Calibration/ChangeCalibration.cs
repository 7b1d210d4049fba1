using Eigenscope.LinearAlgebra;
using Eigenscope.Metrics;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Comparison;

/// <summary>What verdicts changes of one case had.</summary>
/// <param name="Truth">The verdict that is right.</param>
/// <param name="Name">What was done.</param>
/// <param name="Counts">How many had each verdict, in the order of <see cref="ChangeKind"/>.</param>
public sealed record ChangeConfusionRow(ChangeKind Truth, string Name, IReadOnlyList<int> Counts);

/// <summary>Measures <see cref="ChangeVerdict"/> on seeded pairs of matrices of every kind: random, with spikes and heavy-tailed, of several shapes, stored as F32, F16 and BF16.</summary>
/// <param name="Rows">A row for each case.</param>
public sealed record ChangeCalibration(IReadOnlyList<ChangeConfusionRow> Rows)
{
    private static readonly Phase[] Bases = [Phase.RandomLike, Phase.BulkSpikes, Phase.HeavyTailed];

    /// <summary>The share of right verdicts, 0 to 1.</summary>
    public double Accuracy => Rows.Sum(row => row.Counts[(int)row.Truth]) / (double)Rows.Sum(row => row.Counts.Sum());

    /// <summary>Judges pairs of matrices.</summary>
    /// <param name="shapes">N and M of each shape.</param>
    /// <param name="draws">The number of pairs of each case, shape, base and type, at least 1.</param>
    /// <param name="seed">The same seed gives the same table.</param>
    public static ChangeCalibration Of(IReadOnlyList<(int N, int M)> shapes, int draws, long seed) => new(
        [.. ChangeCases.All.Select((change, index) => new ChangeConfusionRow(change.Kind, change.Name, Counts(
            from shape in shapes from phase in Bases from type in StoredType.All from draw in Enumerable.Range(0, draws)
            select VerdictOf(change, shape.N, shape.M, phase, type, CalibrationSeed.Of(seed, shape.N, shape.M, (index * 16) + (int)phase, (type.Bits * 1000) + draw)))))]);

    private static int[] Counts(IEnumerable<ChangeKind> found)
    {
        var kinds = found.ToLookup(kind => kind);
        return [.. Enum.GetValues<ChangeKind>().Select(kind => kinds[kind].Count())];
    }

    private static ChangeKind VerdictOf(ChangeCase change, int n, int m, Phase phase, StoredType type, long seed)
    {
        var b = type.Round(Values(TestMatrices.OfPhase(phase, n, m, seed)));
        var a = type.Round(change.Of(b, n, m, new CaseDraws(new Sampling((ulong)seed ^ 0x5EED))));
        return VerdictOf(new DenseMatrix(n, m, a), new DenseMatrix(n, m, b), type.Epsilon).Kind;
    }

    private static ChangeVerdict VerdictOf(DenseMatrix a, DenseMatrix b, double epsilon)
    {
        var weights = WeightChange.Of(a, b);
        var (n, m) = (Math.Max(a.Rows, a.Columns), Math.Min(a.Rows, a.Columns));
        var change = weights.Changed == 0 ? null : new LayerSpectrum([Spectrum.Of(new MatrixDifference(a, b), SpectrumRoute.Gram)], n, m, epsilon, 0);
        var (gridA, gridB) = ValueGrid.Of(a, b);
        return ChangeVerdict.Of(new(weights, change, new(gridA, ValueGrid.MantissaBits(a), IsQuantised: false), new(gridB, ValueGrid.MantissaBits(b), IsQuantised: false), epsilon, null));
    }

    private static double[] Values(DenseMatrix matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.Read(0, 0, matrix.Rows, matrix.Columns, values, matrix.Columns);
        return values;
    }
}
