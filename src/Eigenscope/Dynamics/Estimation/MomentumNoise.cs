using System.Runtime.CompilerServices;

namespace Eigenscope.Dynamics;

/// <summary>What heavy-ball momentum makes of the noise of gradients: v := mu v + g, W := W - eta v, with noise of variance c in each element of g.</summary>
/// <remarks>
/// Polyak (1964). Updates are an autoregression of order one, and all formulas follow from its covariance eta^2 c mu^k / (1 - mu^2) at a distance of k steps. They hold once many more than 1 / (1 - mu) steps
/// are done. With momentum, differences of single steps say little of the noise that lasts: at mu = 0.9 half the mean square of second differences is 190 times below <see cref="Diffusion"/>.
/// </remarks>
public static class MomentumNoise
{
    /// <summary>The rate at which W follows the gradient in the long run: eta / (1 - mu).</summary>
    /// <param name="eta">The learning rate.</param>
    /// <param name="mu">The momentum, from 0 and below 1.</param>
    /// <returns>In the units of eta.</returns>
    /// <exception cref="ArgumentOutOfRangeException">mu is out of its range.</exception>
    public static double EffectiveRate(double eta, double mu) => eta / (1 - Momentum(mu));

    /// <summary>The diffusion s^2 of an element in a step, in the long run: eta^2 c / (1 - mu)^2.</summary>
    /// <param name="eta">The learning rate.</param>
    /// <param name="c">The variance of the noise of a gradient's element.</param>
    /// <param name="mu">The momentum, from 0 and below 1.</param>
    /// <returns>s^2, in squared units of W for each step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">mu is out of its range.</exception>
    public static double Diffusion(double eta, double c, double mu) => EffectiveRate(eta, mu) * EffectiveRate(eta, mu) * c;

    /// <summary>The variance of an element's move in one step: eta^2 c / (1 - mu^2).</summary>
    /// <inheritdoc cref="Diffusion"/>
    /// <returns>In squared units of W.</returns>
    public static double StepVariance(double eta, double c, double mu) => eta * eta * c / (1 - (Momentum(mu) * mu));

    /// <summary>Half the mean square of the difference of two consecutive moves: eta^2 c / (1 + mu).</summary>
    /// <inheritdoc cref="Diffusion"/>
    /// <returns>In squared units of W.</returns>
    public static double SecondDifference(double eta, double c, double mu) => eta * eta * c / (1 + Momentum(mu));

    /// <summary>The variance of a move over n steps, over n s^2: 1 - 2 mu (1 - mu^n) / (n (1 - mu^2)).</summary>
    /// <param name="mu">The momentum, from 0 and below 1.</param>
    /// <param name="n">Steps, at least 1.</param>
    /// <returns>From (1 - mu) / (1 + mu) for one step up to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double DisplacementShare(double mu, double n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return 1 - (2 * Momentum(mu) * (1 - Math.Pow(mu, n)) / (n * (1 - (mu * mu))));
    }

    /// <summary>Half the mean square of the difference of two moves over n steps each, one after the other, over n s^2: the part of s^2 that <see cref="DisplacementNoise"/> sees.</summary>
    /// <inheritdoc cref="DisplacementShare"/>
    /// <returns>From (1 - mu)^2 / (1 + mu) for one step up to 1.</returns>
    public static double DifferenceShare(double mu, double n) => (2 * DisplacementShare(mu, n)) - DisplacementShare(mu, 2 * n);

    private static double Momentum(double mu, [CallerArgumentExpression(nameof(mu))] string? name = null) =>
        mu is >= 0 and < 1 ? mu : throw new ArgumentOutOfRangeException(name, mu, "must be from 0 and below 1");
}
