namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Eigenvalues of a symmetric tridiagonal matrix, each in a bracket of its own that <see cref="SturmSequence"/> narrows.
/// </summary>
/// <remarks>
/// Every eigenvalue is right to a few eps max|T|, whatever its neighbours, and depends on nothing but T and its index: any split over lanes or
/// threads gives the same bits. max|T| must lie between 1e-130 and 1e150, so that e^2 neither vanishes nor overflows; callers scale.
/// Cost: about 15 n^2 steps of two multiplications.
/// </remarks>
internal static class TridiagonalEigenvalues
{
    private const int Group = SturmSequence.Group;

    /// <summary>Equal cells into which the whole interval is divided first; what is found at their limits is shared by all eigenvalues.</summary>
    private const int Cells = 512;

    /// <summary>A bracket of this width is narrow enough, relative to the largest magnitude in T.</summary>
    private const double Tolerance = 1.0 / (1L << 53);

    /// <summary>The eigenvalues of index <paramref name="first"/> (0 is the smallest) and above, ascending.</summary>
    public static double[] Of(Tridiagonal t, int first, Execution execution) => Of(t, first, t.Order - first, execution);

    /// <summary>The <paramref name="count"/> eigenvalues from index <paramref name="first"/> (0 is the smallest) on, ascending.</summary>
    public static double[] Of(Tridiagonal t, int first, int count, Execution execution)
    {
        var (low, high, norm) = t.Bounds();
        if (norm == 0)
        {
            return new double[count];
        }

        var scale = 4 * PowerOfTwo.AtOrBelow(norm);
        var margin = norm / scale * t.Order * Tolerance;
        using var sequence = new SturmSequence(t, scale);
        var search = new Search(sequence, (low / scale) - margin, (high / scale) + margin, t.Order);
        search.EvaluateCells(execution);
        var result = new double[count];
        execution.ForEach((result.Length + Group - 1) / Group, group =>
        {
            var start = group * Group;
            search.Find(first + start, result.AsSpan(start, Math.Min(Group, result.Length - start)));
        });
        for (var i = 0; i < result.Length; i++)
        {
            result[i] *= scale;
        }

        Array.Sort(result);
        return result;
    }

    private sealed class Search(SturmSequence sequence, double low, double high, int order)
    {
        private readonly double cell = (high - low) / Cells;
        private readonly double width = Math.Max(Math.Abs(low), Math.Abs(high)) * Tolerance;
        private readonly SturmSequence.Value[] atCell = new SturmSequence.Value[Cells + Group];

        /// <summary>Evaluates at the start of every cell, and at the end of the last.</summary>
        public void EvaluateCells(Execution execution) => execution.ForEach((Cells / Group) + 1, group =>
        {
            Span<double> places = stackalloc double[Group];
            for (var lane = 0; lane < Group; lane++)
            {
                places[lane] = StartOf(Math.Min((group * Group) + lane, Cells));
            }

            sequence.Evaluate(places, atCell.AsSpan(group * Group, Group));
        });

        /// <summary>Finds the eigenvalues of index first, first + 1, ... as the middles of their last brackets.</summary>
        public void Find(int first, Span<double> values)
        {
            Span<Bracket> brackets = stackalloc Bracket[Group];
            Span<double> places = stackalloc double[Group];
            Span<SturmSequence.Value> found = stackalloc SturmSequence.Value[Group];
            for (var lane = 0; lane < Group; lane++)
            {
                brackets[lane] = CellOf(Math.Min(first + lane, order - 1));
            }

            while (Choose(brackets, places))
            {
                sequence.Evaluate(places, found);
                for (var lane = 0; lane < Group; lane++)
                {
                    if (brackets[lane].IsOpen(width))
                    {
                        brackets[lane].Narrow(places[lane], found[lane]);
                    }
                }
            }

            for (var lane = 0; lane < values.Length; lane++)
            {
                values[lane] = brackets[lane].Middle;
            }
        }

        /// <summary>Chooses the next place in every bracket that is still open; false where none is.</summary>
        private bool Choose(Span<Bracket> brackets, Span<double> places)
        {
            var open = false;
            for (var lane = 0; lane < Group; lane++)
            {
                var isOpen = brackets[lane].IsOpen(width);
                places[lane] = isOpen ? brackets[lane].Next(width) : brackets[lane].Middle;
                open |= isOpen;
            }

            return open;
        }

        /// <summary>The cell that holds the eigenvalue of an index: the last one whose start has at most that many below it.</summary>
        private Bracket CellOf(int index)
        {
            var at = 0;
            while (at + 1 < Cells && atCell[at + 1].Below <= index)
            {
                at++;
            }

            return new Bracket(index, StartOf(at), atCell[at], StartOf(at + 1), atCell[at + 1]);
        }

        private double StartOf(int index) => low + (index * cell);
    }
}
