using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Learning;

/// <summary>A full-rank matrix whose singular values decay as a power.</summary>
internal static class PowerLawLesson
{
    private const int Rows = 60;
    private const int Columns = 40;
    private const double Exponent = 1.2;
    private const double Most = 0.9;
    private const double Least = 1e-12;
    private const int FewestForSlope = 5;

    public static LessonTopic Topic { get; } = new(
        "power-law-decay", "Full rank with a power-law decay", "Every direction counts, and few hold nearly all of it: how trained layers look.", LessonSubject.Draws, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var w = input.Matrix?.ToDense() ?? Drawn(input.Seed);
        var found = Decomposition.Of(w);
        LessonText about = input.Matrix is null
            ? (LessonText)$"A matrix of {Rows} × {Columns} is made for this: random directions on both sides, and singular values k^(−{Exponent}) for k = {1} to {Columns}. None of them is {0}, so it has full rank."
            : $"The same questions are asked of the matrix that was given.";
        IReadOnlyList<LessonStep> first = input.Matrix is { } own
            ? [MatrixSteps.Matrix(own, about), .. MatrixSteps.Decomposed(own)]
            : [new StepBuilder($"The matrix").Say(about).Write(StepBuilder.Text($"W ="), Cells.Of(w.Rows, w.Columns, (i, j) => Digits.Rounded(w[i, j], 3))).Step, .. NumericalLesson.Of(w)];
        return found.Values[0] > 0 ? new(topic, input.Matrix, [.. first, Decay(found), Shares(w, found, input.Seed)]) : new(topic, input.Matrix, first);
    }

    private static LessonStep Decay(Decomposition found)
    {
        double[] positive = [.. found.Values.Where(sigma => sigma > Least * found.Values[0])];
        double[] index = [.. Enumerable.Range(1, positive.Length).Select(k => (double)k)];
        var step = new StepBuilder($"The decay");
        if (positive.Length < FewestForSlope)
        {
            return step.Say($"{Counted.Of(positive.Length, "singular value")} above {0} {Counted.Is(positive.Length)} too few to speak of a law.").Step;
        }

        if (positive[0] - positive[^1] <= Least * positive[0])
        {
            return step.Say($"All {positive.Length} singular values above {0} are equal: nothing decays.").Step;
        }

        var slope = Slope([.. index.Select(x => Math.Log(x))], [.. positive.Select(x => Math.Log(x))]);
        step.Say($"If σ falls as a power of its index, σₖ = σ₁ k^(−p), its logarithm falls on a line over the logarithm of k. The line that fits best has the slope {slope}.");
        return step.Draw(new CurveFigure("decay", "Singular values over their index, both logarithmic", $"A power law is a straight line here; the fitted one falls with exponent {-slope}.", "index", "singular value",
            [new("σ", index, positive, CurveKind.Points), new("fitted power law", index, [.. index.Select(k => Fitted(k, index, positive, slope))], CurveKind.Dashed)])
        { IsLogX = true, IsLogY = true }).Step;
    }

    private static LessonStep Shares(DenseMatrix w, Decomposition found, long seed)
    {
        double[] lambda = [.. found.Values.Select(sigma => sigma * sigma).Order()];
        var needed = Truncation.RankFor(lambda, Most);
        var random = Spectrum.Of(TestMatrices.Noise(NoiseKind.Gaussian, w.Rows, w.Columns, seed), SpectrumRoute.Accurate).Eigenvalues;
        var ordinary = Truncation.RankFor(random, Most);
        var (share, chance) = ((double)needed / lambda.Length, (double)ordinary / lambda.Length);
        var step = new StepBuilder($"{Digits.Percent(Most)} of the signal");
        step.Say($"How many directions hold {Digits.Percent(Most)} of the squared norm? Here {needed} of {lambda.Length}, {Digits.Percent(share)} of them. Of a random matrix of the same shape it takes {ordinary}, {Digits.Percent(chance)}.");
        step.Draw(new CurveFigure("share-kept", "The share of the squared norm that the first k directions hold", $"This matrix reaches {Digits.Percent(Most)} with {Counted.Of(needed, "direction")}, a random one with {ordinary}.", "number of directions", "share of Σλ",
            [Cumulative("this matrix", lambda, CurveKind.Line), Cumulative("a random matrix", random, CurveKind.Dashed)]));
        return step.Say(lambda.Length < 10
            ? (LessonText)$"With {Counted.Of(lambda.Length, "direction")} one cannot ask for a tenth of them."
            : share <= 0.1
                ? (LessonText)$"{Digits.Percent(Most)} of the signal in {Digits.Percent(share)} of the dimensions: this is what one calls efficient. The rest is not nothing, but a layer kept to those directions would do nearly the same."
                : share < chance / 2
                    ? (LessonText)$"The decay has gathered the signal in {Digits.Percent(share)} of the dimensions, where chance needs {Digits.Percent(chance)}."
                    : needed < ordinary
                        ? (LessonText)$"The signal is spread over {Digits.Percent(share)} of the dimensions, not much less than chance needs."
                        : $"The signal is spread over {Digits.Percent(share)} of the dimensions, {(needed == ordinary ? "as many as" : "more than")} chance needs.").Step;
    }

    private static LessonCurve Cumulative(string name, IReadOnlyList<double> ascending, CurveKind kind)
    {
        var (total, sum) = (ascending.Sum(), 0.0);
        return new(name, [.. Enumerable.Range(1, ascending.Count).Select(k => (double)k)], [.. ascending.Reverse().Select(lambda => (sum += lambda) / total)], kind);
    }

    private static DenseMatrix Drawn(long seed)
    {
        var random = Decomposition.Of(TestMatrices.Noise(NoiseKind.Gaussian, Rows, Columns, seed));
        var product = (random with { Values = [.. Enumerable.Range(1, Columns).Select(k => Math.Pow(k, -Exponent))] }).Product(Columns);
        return new DenseMatrix(Rows, Columns, [.. product.Cast<double>()]);
    }

    private static double Slope(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }

    private static double Fitted(double k, double[] index, double[] sigma, double slope) =>
        Math.Exp(sigma.Average(x => Math.Log(x)) + (slope * (Math.Log(k) - index.Average(x => Math.Log(x)))));
}
