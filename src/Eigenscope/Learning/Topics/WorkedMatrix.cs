using Eigenscope.LinearAlgebra;

namespace Eigenscope.Learning;

/// <summary>The matrix of a lesson with its decomposition: exact where it is worked by hand, else what the solver finds.</summary>
/// <param name="Matrix">W.</param>
/// <param name="Dense">W in float64.</param>
/// <param name="Found">Its singular values and vectors.</param>
/// <param name="Rank">How many singular values are not 0.</param>
internal sealed record WorkedMatrix(LessonMatrix Matrix, DenseMatrix Dense, Decomposition Found, int Rank)
{
    /// <summary>What rounding may leave of a singular value of 0.</summary>
    public double Floor => NumericalLesson.Rank(Dense, Found).Floor;

    /// <summary>True where no singular value is 0.</summary>
    public bool IsOfFullRank => Rank == Found.Values.Length;

    /// <summary>Works it.</summary>
    public static WorkedMatrix Of(LessonMatrix w)
    {
        var dense = w.ToDense();
        if (w.IsByHand)
        {
            var hand = HandDecomposition.Of(w);
            return new(w, dense, Decomposition.Of(hand), hand.Rank);
        }

        var found = Decomposition.Of(dense);
        return new(w, dense, found, NumericalLesson.Rank(dense, found).Rank);
    }
}
