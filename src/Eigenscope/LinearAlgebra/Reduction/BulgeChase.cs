namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Reduction of a symmetric band matrix to tridiagonal form by chasing bulges along the band (Schwarz 1968; Murata and Horikoshi 1975).
/// </summary>
/// <remarks>
/// Sweep s makes column s tridiagonal: a reflector of b rows clears it, and each of its steps down the band applies the reflector to
/// a diagonal block from both sides and to the block below it from the right, and clears the first column of that block by the next reflector; the rest of the
/// bulge is left to the sweeps that follow. Step k of a sweep needs the sweep before it to be past step k + 1. Sweeps go in groups that run
/// staggered through the band, so that what one has just touched is in cache for the next, and threads take whole groups. The order of operations on
/// every element is that of the sweeps, whatever the grouping: the same bits. Cost: 6 n^2 b flops.
/// </remarks>
internal sealed class BulgeChase
{
    private readonly SymmetricBand band;
    private readonly ChaseReflectors? kept;
    private readonly CancellationToken cancellation;
    private readonly int sweeps;
    private readonly int group;
    private readonly long[] stepsDone;
    private volatile bool failed;

    private BulgeChase(SymmetricBand band, ChaseReflectors? kept, Execution execution)
    {
        (this.band, this.kept, cancellation) = (band, kept, execution.Cancellation);
        sweeps = SweepsOf(band.Order);
        group = GroupOf(band.Width);
        stepsDone = new long[Groups];
    }

    private int Groups => (sweeps + group - 1) / group;

    /// <summary>Reduces <paramref name="band"/>, which is overwritten.</summary>
    /// <param name="band">The band.</param>
    /// <param name="execution">How the work is done.</param>
    /// <param name="kept">Takes all reflectors; null where none is wanted again.</param>
    public static Tridiagonal Of(SymmetricBand band, Execution execution, ChaseReflectors? kept = null)
    {
        var chase = new BulgeChase(band, kept, execution);
        execution.ForEach(chase.Groups, chase.RunGroup);
        return band.ToTridiagonal();
    }

    /// <summary>As many sweeps as keep their blocks, each b x 2b, within half a megabyte.</summary>
    internal static int GroupOf(int width) => Math.Clamp((1 << 15) / (width * width), 2, 32);

    /// <summary>Columns that have anything to be cleared.</summary>
    internal static int SweepsOf(int order) => Math.Max(0, order - 2);

    /// <summary>Steps of a sweep down the band.</summary>
    internal static int StepsOf(int order, int width, int sweep) => (order - 1 - sweep + width - 1) / width;

    private int Steps(int sweep) => StepsOf(band.Order, band.Width, sweep);

    private void RunGroup(int index)
    {
        try
        {
            var first = index * group;
            var count = Math.Min(group, sweeps - first);
            using var work = new ChaseStep(band, count, kept);
            var waves = Steps(first) + count - 1;
            for (var wave = 0; wave < waves; wave++)
            {
                AwaitPredecessor(index, wave);
                for (var lag = 0; lag < count; lag++)
                {
                    var (sweep, step) = (first + lag, wave - lag);
                    if (step >= 0 && step < Steps(sweep))
                    {
                        work.Run(lag, sweep, step);
                    }
                }

                Volatile.Write(ref stepsDone[index], wave - count + 2);
            }

            Volatile.Write(ref stepsDone[index], long.MaxValue);
        }
        catch
        {
            failed = true;
            throw;
        }
    }

    /// <summary>Waits until the last sweep of the group before is two steps ahead.</summary>
    private void AwaitPredecessor(int index, int wave)
    {
        cancellation.ThrowIfCancellationRequested();
        var wait = default(SpinWait);
        while (index > 0 && Volatile.Read(ref stepsDone[index - 1]) < wave + 2)
        {
            cancellation.ThrowIfCancellationRequested();
            if (failed)
            {
                throw new OperationCanceledException();
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }
    }
}
