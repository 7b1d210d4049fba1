using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>
/// The scan for the start of a tail: which candidate has the smallest distance. It is used again and again, and allocates only for longer samples than before.
/// </summary>
/// <remarks>
/// The deviations at every sixteenth value bound the distance of each candidate from below. The candidate with the least bound is looked at whole, and then, in ascending order, every
/// one whose bound is below the best distance so far, until it is seen to be worse. So the best is found among all candidates; most of them cost a sixteenth of their tail.
/// </remarks>
internal sealed class TailScan
{
    /// <summary>More than twice the error of a distance: candidates nearer to each other than this must be told apart by <see cref="TailDeviation.At"/>.</summary>
    public const double Margin = 1e-13;
    private const int Step = 16;

    private double[] logs = [];
    private double[] coarse = [];
    private double[] alphas = [];
    private double[] masses = [];
    private double[] distances = [];
    private double halfStep;

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>The logarithms of the values, ascending; to be written before <see cref="Prepare"/>.</summary>
    public Span<double> Logs => logs.AsSpan(0, Count);

    /// <summary>The exponent of each candidate; infinite where there is none.</summary>
    public ReadOnlySpan<double> Alphas => alphas.AsSpan(0, Math.Max(0, Count - 1));

    /// <summary>The distance of each candidate that was looked at to its end, right to within <see cref="Margin"/>; infinity for one that is known to be worse than the best.</summary>
    public ReadOnlySpan<double> Distances => distances.AsSpan(0, Math.Max(0, Count - 1));

    /// <summary>Makes room for so many values.</summary>
    public void Resize(int count)
    {
        Count = count;
        if (logs.Length < count + Lanes.Count)
        {
            logs = new double[count + Lanes.Count];
            coarse = new double[(count / Step) + 1 + Lanes.Count];
            (alphas, masses, distances) = (new double[count], new double[count], new double[count]);
        }
    }

    /// <summary>Computes the exponents. <see cref="Logs"/> must be set.</summary>
    /// <param name="logXmax">The logarithm of where the law ends; infinity where it does not.</param>
    /// <param name="distance">How distances are measured.</param>
    public void Prepare(double logXmax, TailDistance distance)
    {
        halfStep = distance == TailDistance.Standard ? 0.5 : 0;
        for (var j = 0; j < Count; j += Step)
        {
            coarse[j / Step] = logs[j];
        }

        SetAlphas();
        for (var i = 0; i < Count - 1; i++)
        {
            masses[i] = double.IsPositiveInfinity(logXmax) ? 1 : 1 - Math.Exp((1 - alphas[i]) * (logXmax - logs[i]));
        }
    }

    /// <summary>The candidate from <paramref name="first"/> on and before <paramref name="end"/> with the smallest distance, the first of equals; -1 where there is none.</summary>
    /// <param name="first">The first candidate.</param>
    /// <param name="end">The end of the candidates, at most one less than the number of values.</param>
    /// <param name="distinct">True where a value that equals the one before it is no candidate.</param>
    public int Best(int first, int end, bool distinct = false)
    {
        var likely = SetBounds(first, end, distinct);
        if (likely < 0)
        {
            return -1;
        }

        var best = likely;
        var least = distances[likely] = Distance(likely, double.PositiveInfinity);
        for (var i = first; i < end; i++)
        {
            if (i == likely)
            {
                continue;
            }

            distances[i] = distances[i] < least + Margin ? Distance(i, least + Margin) : double.PositiveInfinity;
            if (distances[i] < least || (distances[i] == least && i < best))
            {
                (best, least) = (i, distances[i]);
            }
        }

        return best;
    }

    /// <summary>The law of candidate i against the values from it on.</summary>
    public TailDeviation Deviation(int i) => new(logs[i], 1 - alphas[i], masses[i], Count - i, halfStep);

    /// <summary>The distance of candidate i; infinity as soon as it is seen to be no smaller than <paramref name="limit"/>.</summary>
    public double Distance(int i, double limit) => Deviation(i).Largest(logs.AsSpan(i), Count - i, 0, 1, limit);

    /// <summary>Sets the distances to lower bounds of them, and returns the candidate with the least one.</summary>
    private int SetBounds(int first, int end, bool distinct)
    {
        var likely = -1;
        for (var i = first; i < end; i++)
        {
            var candidate = double.IsFinite(alphas[i]) && !(distinct && i > 0 && logs[i] == logs[i - 1]);
            distances[i] = candidate ? Bound(i) : double.PositiveInfinity;
            likely = candidate && (likely < 0 || distances[i] < distances[likely]) ? i : likely;
        }

        return likely;
    }

    private double Bound(int i)
    {
        var m = (i + Step - 1) / Step;
        return Deviation(i).Largest(coarse.AsSpan(m), ((Count - 1) / Step) + 1 - m, (m * Step) - i, Step, double.PositiveInfinity);
    }

    private void SetAlphas()
    {
        var (last, sum) = (logs[Count - 1], logs[Count - 1]);
        for (var i = Count - 2; i >= 0; i--)
        {
            sum += logs[i];
            var count = Count - i;
            var excess = sum - (count * logs[i]);
            alphas[i] = last > logs[i] && excess > 0 ? 1 + (count / excess) : double.PositiveInfinity;
        }
    }
}
