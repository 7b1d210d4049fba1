namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The reflector I - tau v v^T that maps (alpha, x) to (beta, 0), with v = (1, Factor x) (Householder 1958); tau is 0 where x is zero.
/// </summary>
internal readonly record struct Reflector(double Tau, double Beta, double Factor)
{
    /// <summary>A vector whose squared norm is below this is zero: matrices are scaled to order 1e-100 at least, so that nothing is lost.</summary>
    private const double NegligibleSquare = 1e-280;

    /// <summary>The reflector for alpha and |x|^2.</summary>
    public static Reflector Of(double alpha, double square)
    {
        if (square < NegligibleSquare)
        {
            return new Reflector(0, alpha, 0);
        }

        var beta = -Math.CopySign(Math.Sqrt((alpha * alpha) + square), alpha);
        return new Reflector((beta - alpha) / beta, beta, 1 / (alpha - beta));
    }
}
