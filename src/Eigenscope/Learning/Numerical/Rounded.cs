using Eigenscope.Spectra;

namespace Eigenscope.Learning;

/// <summary>What rounding makes of singular values that are zero.</summary>
internal static class Rounded
{
    /// <summary>How the solver of the analysis finds them.</summary>
    public static LessonText Sentence(WorkedMatrix worked)
    {
        var found = Spectrum.Of(worked.Dense, SpectrumRoute.Accurate).SingularValues.Reverse().ToList();
        var (values, floor) = (Digits.List(found, sigma => Digits.Text(sigma, 3)), Digits.Error(worked.Floor));
        return !worked.IsOfFullRank
            ? $"A program rounds, so a zero rarely comes out as one: the solver of the analysis finds {values}, and counts as zero what is below the longer side times the rounding unit times σ₁, here {floor}."
            : found[^1] > worked.Floor
                ? (LessonText)$"A program, which rounds, finds {values}; none is below {floor}, which rounding alone may leave of a zero."
                : $"A program, which rounds, finds {values}, and counts as zero what is below {floor}, since rounding alone may leave as much of a zero. The smallest is none, and so small beside σ₁ that a program cannot tell.";
    }
}
