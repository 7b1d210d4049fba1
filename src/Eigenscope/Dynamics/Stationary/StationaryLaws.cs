using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>The laws that singular values tend to, for an N x M matrix under dW = -beta W dt + noise; beta is positive.</summary>
public static class StationaryLaws
{
    /// <summary>The exact law for M = 1: lambda = |W|^2 is a gamma number of shape N / 2 and rate beta / s^2.</summary>
    /// <param name="rows">N, at least 1.</param>
    /// <param name="beta">beta, positive.</param>
    /// <param name="s">s, positive.</param>
    /// <returns>The law of lambda. For M above 1 no gamma law describes any of the ordered eigenvalues: they repel each other.</returns>
    public static GammaLaw SingleColumn(int rows, double beta, double s) => new(rows / 2.0, beta / (s * s));

    /// <summary>The Marchenko-Pastur law that the eigenvalues of large matrices tend to: elements of W are independent normal numbers of variance s^2 / (2 beta).</summary>
    /// <param name="rows">N.</param>
    /// <param name="columns">M.</param>
    /// <param name="beta">beta, positive.</param>
    /// <param name="s">s, positive.</param>
    /// <returns>The law of lambda, eigenvalues of W^T W that are never divided by N.</returns>
    public static MarchenkoPastur Large(int rows, int columns, double beta, double s) => new((double)rows / columns, rows * Variance(beta, s));

    /// <summary>A draw of the eigenvalues from their exact joint law, density proportional to prod lambda_k^((N - M - 1) / 2) e^(-beta lambda_k / s^2) prod_(j&lt;k) |lambda_k - lambda_j| (Wishart 1928; Laguerre ensemble).</summary>
    /// <param name="rows">N, at least M.</param>
    /// <param name="columns">M, at least 1.</param>
    /// <param name="beta">beta, positive.</param>
    /// <param name="s">s, positive.</param>
    /// <param name="seed">The same seed gives the same draw.</param>
    /// <returns>M eigenvalues, ascending; O(M^2) a draw, since no matrix is drawn (<see cref="WishartNull"/>).</returns>
    public static double[] Draw(int rows, int columns, double beta, double s, long seed)
    {
        var variance = Variance(beta, s);
        return Array.ConvertAll(WishartNull.Eigenvalues(rows, columns, seed), lambda => lambda * variance);
    }

    /// <summary>The law of a single mode under noise of variance s^2 + kappa^2 lambda: beta-prime, with the power-law tail of <see cref="TailExponent"/>.</summary>
    /// <remarks>
    /// d lambda = [s^2 d + (kappa^2 - 2 beta) lambda] dt + 2 sqrt(s^2 lambda + kappa^2 lambda^2) dB has no flux at the density proportional to lambda^(d / 2 - 1) (1 + kappa^2 lambda / s^2)^(-d / 2 - 1 / 2 - beta / kappa^2). Exact for M = 1 with d = N; within a
    /// larger matrix, without repulsion, d is N - M + 1 for the smallest eigenvalue and N + M - 1 for one far above all others.
    /// </remarks>
    /// <param name="degrees">d, positive.</param>
    /// <param name="beta">beta, above -kappa^2 / 2.</param>
    /// <param name="s">s, positive.</param>
    /// <param name="kappa">kappa, positive.</param>
    /// <returns>The law of lambda.</returns>
    public static BetaPrime Multiplicative(double degrees, double beta, double s, double kappa) => new(degrees / 2, 0.5 + (beta / (kappa * kappa)), s * s / (kappa * kappa));

    /// <summary>The exponent alpha of the tail lambda^-alpha that noise of variance s^2 + kappa^2 lambda leads to: 3/2 + beta / kappa^2.</summary>
    /// <param name="beta">beta.</param>
    /// <param name="kappa">kappa, positive; infinite for 0.</param>
    /// <returns>alpha; 2 where kappa^2 = 2 beta.</returns>
    public static double TailExponent(double beta, double kappa) => 1.5 + (beta / (kappa * kappa));

    /// <summary>Equation 13 of arXiv 2507.12709 as its authors' notebook has it: p(sigma) = 2 r^a sigma^(2a - 1) e^(-r sigma^2) / Gamma(a), a = (m - n + 3) / 4, r = beta / (4 eta D). Not the law of any matrix process here, and not for M = 1 either, where the shape is N / 2.</summary>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="beta">beta; the notebook takes the norm of the whole gradient.</param>
    /// <param name="eta">The learning rate.</param>
    /// <param name="d">D; the notebook takes (sigma_max - median sigma)^2 over the number of batches.</param>
    /// <returns>The law of sigma, and by <see cref="SquareRootLaw.OfSquare"/> of lambda.</returns>
    public static SquareRootLaw Paper(int rows, int columns, double beta, double eta, double d) => new(new GammaLaw((rows - columns + 3) / 4.0, beta / (4 * eta * d)));

    private static double Variance(double beta, double s) => Domain.Positive(s) * s / (2 * Domain.Positive(beta));
}
