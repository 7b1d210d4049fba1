namespace Eigenscope.LinearAlgebra;

/// <summary>
/// All eigenvalues of a symmetric matrix A, and the eigenvectors of the largest ones: the reduction in two stages with its orthogonal factors, inverse iteration on the tridiagonal matrix,
/// and both factors applied to what it finds.
/// </summary>
/// <remarks>
/// |A v - lambda v| and the departure from orthogonality are of order n eps |A| and n eps. The eigenvalues have the bits that they have without vectors. Beside the eigenvalues it costs
/// 4 n^2 flops a vector. Where eigenvalues are equal their vectors are an arbitrary basis of the space that they have in common.
/// </remarks>
internal sealed unsafe class LeadingEigenvectors : IDisposable
{
    private const int Rows = Panel.Rows;

    private readonly int order;
    private readonly int room;
    private readonly AlignedBuffer vectors;

    private LeadingEigenvectors(int order, int room, double[] values, int count)
    {
        (this.order, this.room, Values, Count) = (order, room, values, count);
        vectors = new AlignedBuffer((long)Panels * room * Rows);
    }

    /// <summary>All eigenvalues, ascending.</summary>
    public double[] Values { get; }

    /// <summary>How many vectors there are.</summary>
    public int Count { get; }

    /// <summary>The number of panels that hold the vectors.</summary>
    public int Panels => Panel.Count(Count);

    /// <summary>The doubles that are held beside A for so many vectors: half a square of the order, and a few vectors beside those wanted.</summary>
    public static long Doubles(int order, int count)
    {
        var width = BandWidth.OfSymmetric(order);
        return ChaseReflectors.Doubles(order, width) + BandFactors.Doubles(order, width) + TridiagonalEigenvectors.Doubles(order, count) + ((long)Panel.Padded(count) * Room(order, width));
    }

    /// <summary>The eigenvectors of a matrix, which is overwritten.</summary>
    /// <param name="a">A.</param>
    /// <param name="count">The most vectors.</param>
    /// <param name="least">Eigenvalues up to this share of the largest get no vector; 0 or more.</param>
    /// <param name="execution">How the work is done.</param>
    public static LeadingEigenvectors Of(SymmetricMatrix a, int count, double least, Execution execution)
    {
        var width = BandWidth.OfSymmetric(a.Order);
        using var stage1 = new BandFactors(a, width);
        using var stage2 = new ChaseReflectors(a.Order, width);
        using var band = BandReduction.Of(a, width, execution, stage1);
        var t = BulgeChase.Of(band, execution, stage2);
        var values = TridiagonalEigenvalues.Of(t, 0, execution);
        double[] chosen = [.. values.Reverse().Take(count).TakeWhile(value => value > least * Math.Max(0, values[^1]))];
        var result = new LeadingEigenvectors(a.Order, Room(a.Order, width), values, chosen.Length);
        try
        {
            result.Compute(t, chosen, stage1, stage2, execution);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Twenty-four vectors, that of the largest eigenvalue first: element i of all of them lies at <c>24 i</c>, followed by zeros up to whole panels at least.</summary>
    public double* Start(int panel) => vectors.Pointer + ((nint)panel * room * Rows);

    /// <summary>A copy of the vector that belongs to the k-th largest eigenvalue, of length 1 and arbitrary sign.</summary>
    public double[] Vector(int k)
    {
        var from = Start(k / Rows) + (k % Rows);
        var vector = new double[order];
        for (var i = 0; i < order; i++)
        {
            vector[i] = from[(nint)i * Rows];
        }

        return vector;
    }

    public void Dispose() => vectors.Dispose();

    /// <summary>The last reflectors of a chase reach beyond the order.</summary>
    private static int Room(int order, int width) => Panel.Padded(order + width);

    private void Compute(Tridiagonal t, double[] chosen, BandFactors stage1, ChaseReflectors stage2, Execution execution)
    {
        if (Count == 0)
        {
            return;
        }

        using var inner = TridiagonalEigenvectors.Of(t, chosen, execution);
        execution.ForEach(Panels, panel =>
        {
            var y = Start(panel);
            var first = panel * Rows;
            Lanes.Transpose(inner.Vector(first), inner.Step, y, Rows, Math.Min(Rows, inner.Padded - first), order);
            stage2.Apply(y, execution.Cancellation);
            stage1.Apply(y, execution.Kernel, execution.Cancellation);
        });
    }
}
