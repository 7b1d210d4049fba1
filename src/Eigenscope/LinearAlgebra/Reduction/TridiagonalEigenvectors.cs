namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Eigenvectors of a symmetric tridiagonal matrix T to given eigenvalues by inverse iteration (Wilkinson 1965; LAPACK's dstein: Jessup and Ipsen 1992).
/// </summary>
/// <remarks>
/// All vectors take <see cref="Rounds"/> steps together, eight side by side in <see cref="ShiftedSolve"/>, from fixed random starts, and are made orthogonal after each by the modified
/// Gram-Schmidt process in the order of the eigenvalues; the last time twice. Shifts that agree are moved apart by a few eps, so that no vector of a cluster outgrows the others.
/// |T v - lambda v| is of order n eps |T|, and the departure from orthogonality a few eps. Cost: 8 n k^2 flops and some 50 n k for k vectors. Any split over threads gives the same bits.
/// </remarks>
internal sealed unsafe class TridiagonalEigenvectors : IDisposable
{
    private const int Group = Lanes.Count;

    /// <summary>One step leaves an error of eps |T| / gap; the others make clusters orthogonal without loss.</summary>
    private const int Rounds = 3;

    /// <summary>The least distance of two shifts, relative to |T|.</summary>
    private const double Separation = 5 * 2.220446049250313e-16;

    private readonly int order;
    private readonly int count;
    private readonly int length;
    private readonly double[] shifts;
    private readonly AlignedBuffer vectors;
    private readonly Execution execution;

    private TridiagonalEigenvectors(Tridiagonal t, ReadOnlySpan<double> values, Execution execution)
    {
        (order, count, length, this.execution) = (t.Order, values.Length, Lanes.Ceiling(t.Order), execution);
        shifts = Shifts(values, Separation * t.Bounds().Norm);
        vectors = new AlignedBuffer((long)shifts.Length * length);
    }

    /// <summary>How many vectors there are, rounded up to a multiple of eight; those beyond are zero.</summary>
    public int Padded => shifts.Length;

    /// <summary>From one vector to the next, in doubles; zeros follow its elements.</summary>
    public nint Step => length;

    /// <summary>The doubles that are held at the same time for some order and number of vectors, the work of two threads included.</summary>
    public static long Doubles(int order, int count) => (long)order * (Lanes.Ceiling(count) + (2 * 4 * Group));

    /// <summary>The eigenvectors, each of length 1 and arbitrary sign.</summary>
    /// <param name="t">T.</param>
    /// <param name="values">Eigenvalues of T, descending; of repeated ones as many as there are vectors wanted.</param>
    /// <param name="execution">How the work is done.</param>
    public static TridiagonalEigenvectors Of(Tridiagonal t, ReadOnlySpan<double> values, Execution execution)
    {
        var result = new TridiagonalEigenvectors(t, values, execution);
        try
        {
            result.Iterate(t);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>The first element of a vector.</summary>
    public double* Vector(int k) => vectors.Pointer + (k * (nint)length);

    public void Dispose() => vectors.Dispose();

    /// <summary>The eigenvalues, each at least a distance below the one before, filled up with the last.</summary>
    private static double[] Shifts(ReadOnlySpan<double> values, double distance)
    {
        var apart = new double[Lanes.Ceiling(values.Length)];
        for (var k = 0; k < apart.Length; k++)
        {
            apart[k] = k == 0 ? values[0] : Math.Min(values[Math.Min(k, values.Length - 1)], apart[k - 1] - distance);
        }

        return apart;
    }

    private void Iterate(Tridiagonal t)
    {
        using var solve = new ShiftedSolve(t);
        execution.ForEach(count, Start);
        for (var round = 0; round < Rounds; round++)
        {
            execution.ForEach(Padded / Group, group => Solve(solve, group * Group));
            Orthogonalize();
        }

        Orthogonalize();
    }

    /// <summary>Numbers from -1 to 1.</summary>
    private void Start(int k)
    {
        var draws = new SplitMix64((ulong)k);
        var v = Vector(k);
        for (var i = 0; i < order; i++)
        {
            v[i] = (long)draws.Next() * (1.0 / long.MaxValue);
        }
    }

    private void Solve(ShiftedSolve solve, int first)
    {
        using var work = new AlignedBuffer(((long)length * Group) + solve.Work, zeroed: false);
        var sides = work.Pointer;
        Lanes.Transpose(Vector(first), length, sides, Group, Group, length);
        solve.Solve(shifts.AsSpan(first, Group), sides, sides + (length * Group));
        Lanes.Transpose(sides, Group, Vector(first), length, length, Group);
    }

    /// <summary>Groups of vectors are finished one after another, and taken out of all those after them: every vector loses its projections in the same order as one by one.</summary>
    private void Orthogonalize()
    {
        for (var first = 0; first < count; first += Group)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            var end = Math.Min(first + Group, count);
            for (var k = first; k < end; k++)
            {
                Subtract(first, k, k);
                Lanes.Scale(1 / Math.Sqrt(Lanes.Dot(Vector(k), Vector(k), length)), Vector(k), length);
            }

            var start = first;
            execution.ForEach(count - end, k => Subtract(start, end, end + k));
        }
    }

    /// <summary>Takes the projections on vectors <paramref name="first"/> to <paramref name="end"/> - 1 from a vector.</summary>
    private void Subtract(int first, int end, int k)
    {
        for (var i = first; i < end; i++)
        {
            Lanes.AddScaled(-Lanes.Dot(Vector(i), Vector(k), length), Vector(i), Vector(k), length);
        }
    }
}
