using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Learning;

/// <summary>What rounding makes of singular values that are zero.</summary>
internal static class Rounded
{
    /// <summary>How the solver of the analysis finds them.</summary>
    /// <param name="w">The matrix.</param>
    /// <param name="rank">How many singular values are not zero.</param>
    /// <param name="floor">What rounding may leave of a zero.</param>
    public static LessonText Sentence(DenseMatrix w, int rank, double floor)
    {
        var found = Spectrum.Of(w, SpectrumRoute.Accurate).SingularValues.Reverse().ToList();
        var values = string.Join(", ", found.Select(sigma => Digits.Text(sigma, 3)));
        return rank == found.Count
            ? (LessonText)$"A program, which rounds, finds {values}; none is near {Digits.Error(floor)}, which rounding alone may leave of a zero."
            : $"A program rounds, so a zero rarely comes out as one: the solver of the analysis finds {values}, and counts as zero what is below the longer side times the rounding unit times σ₁, here {Digits.Error(floor)}.";
    }
}
