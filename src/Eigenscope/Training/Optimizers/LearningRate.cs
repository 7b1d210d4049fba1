namespace Eigenscope.Training.Optimizers;

/// <summary>The learning rate of each step.</summary>
internal static class LearningRate
{
    /// <summary>Digits kept of the cosine, fewer than any platform's differ in.</summary>
    private const int Digits = 12;

    /// <summary>The rate of the update that follows <paramref name="step"/> others: (step + 1) / warm-up of the highest rate first, then that, or (1 + cos(pi p)) / 2 of it, p from 0 at the end of the warm-up to 1 at the last step.</summary>
    public static double At(int step, OptimizerOptions options, int steps)
    {
        if (step < options.WarmUp)
        {
            return options.LearningRate * ((step + 1.0) / options.WarmUp);
        }

        return !options.Cosine
            ? options.LearningRate
            : options.LearningRate * Math.Round(0.5 * (1 + Math.Cos(Math.PI * (step - options.WarmUp) / Math.Max(1, steps - options.WarmUp))), Digits);
    }
}
