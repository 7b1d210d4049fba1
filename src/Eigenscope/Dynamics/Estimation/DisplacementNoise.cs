namespace Eigenscope.Dynamics;

/// <summary>The diffusion s^2 of a weight in a step, from checkpoints alone: by how much moves over blocks of steps differ from the moves just before.</summary>
/// <remarks>
/// With D_b the move over block b of n steps, s^2 = mean (D_(b+1) - D_b)^2 / (2 n): a drift common to two neighbours cancels, one that changes does not and raises the estimate, the more the
/// longer the blocks; momentum lowers it where blocks are short (<see cref="MomentumNoise.DifferenceShare"/>). So it is computed over blocks of one, two and four intervals, and is to be believed where
/// these agree. Standard errors take elements as independent.
/// </remarks>
/// <param name="Levels">The estimates for blocks of 1, 2 and 4 intervals between checkpoints, as far as there are enough of them.</param>
/// <param name="IsPlateau">True where all levels that exist, and at least two, lie within 10 % or 3 standard errors of each other.</param>
/// <param name="Reason">Why it is no plateau; null where it is one.</param>
public sealed record DisplacementNoise(IReadOnlyList<DisplacementNoise.Level> Levels, bool IsPlateau, string? Reason)
{
    private const double Agreement = 0.1;
    private const double AgreementInErrors = 3;

    /// <summary>An estimate over blocks of one length.</summary>
    /// <param name="Steps">The steps of a block.</param>
    /// <param name="Blocks">The number of blocks, at least 2.</param>
    /// <param name="Diffusion">s^2, in squared units of W for each step.</param>
    public sealed record Level(double Steps, int Blocks, Estimate Diffusion);

    /// <summary>The estimate over the shortest blocks that agree with longer ones: the first level of a plateau; null without one.</summary>
    public Estimate? Diffusion => IsPlateau ? Levels[0].Diffusion : null;

    /// <summary>From checkpoints at equal distances.</summary>
    /// <param name="checkpoints">The same weights at successive times, at least three, in one order of elements.</param>
    /// <param name="stepsBetween">Steps from one to the next, positive; well above 1 / (1 - mu) with momentum mu.</param>
    /// <returns>One to three levels.</returns>
    /// <exception cref="ArgumentException">There are fewer than three checkpoints, or they are empty or of different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    public static DisplacementNoise Of(IReadOnlyList<double[]> checkpoints, double stepsBetween)
    {
        Lengths.RequireBatches(checkpoints, 3);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepsBetween);
        var levels = new List<Level>();
        for (var stride = 1; stride <= 4 && checkpoints.Count > 2 * stride; stride *= 2)
        {
            levels.Add(At(checkpoints, stride, stepsBetween));
        }

        var reason = Disagreement(levels);
        return new DisplacementNoise(levels, reason is null, reason);
    }

    /// <summary>s^2 from two moves, one right after the other: mean (second - first)^2 / (2 n).</summary>
    /// <param name="first">The move of each weight over n steps.</param>
    /// <param name="second">The move over the n steps after those.</param>
    /// <param name="steps">n, positive.</param>
    /// <returns>s^2, in squared units of W for each step.</returns>
    /// <exception cref="ArgumentException">The moves are empty or of different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is not positive.</exception>
    public static Estimate OfMoves(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        return GradientNoise.Variance(first, second).Times(1 / steps);
    }

    private static Level At(IReadOnlyList<double[]> checkpoints, int stride, double stepsBetween)
    {
        var blocks = (checkpoints.Count - 1) / stride;
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < checkpoints[0].Length; i++)
        {
            var ofElement = 0.0;
            for (var b = 0; b + 1 < blocks; b++)
            {
                var difference = checkpoints[(b + 2) * stride][i] - (2 * checkpoints[(b + 1) * stride][i]) + checkpoints[b * stride][i];
                ofElement += difference * difference / (2 * stride * stepsBetween * (blocks - 1));
            }

            (sum, squares) = (sum + ofElement, squares + (ofElement * ofElement));
        }

        return new Level(stride * stepsBetween, blocks, Estimate.OfSums(sum, squares, checkpoints[0].Length));
    }

    private static string? Disagreement(List<Level> levels)
    {
        if (levels.Count < 2)
        {
            return "fewer than five checkpoints leave blocks of one length only";
        }

        var (least, most) = (levels.MinBy(level => level.Diffusion.Value)!, levels.MaxBy(level => level.Diffusion.Value)!);
        var difference = most.Diffusion.Value - least.Diffusion.Value;
        return difference <= Agreement * most.Diffusion.Value || difference <= AgreementInErrors * double.Hypot(most.Diffusion.StandardError, least.Diffusion.StandardError)
            ? null
            : most.Steps > least.Steps
                ? "the estimate grows with the length of the blocks: the drift changes from block to block, or momentum lasts longer than the shortest of them"
                : "the estimate falls with the length of the blocks: the noise of single steps cancels in longer ones, as it does about a minimum";
    }
}
