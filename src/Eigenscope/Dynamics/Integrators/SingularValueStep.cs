using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>One step of the stochastic equation of the singular values of dW = -beta W dt + s dB, without singular vectors.</summary>
/// <remarks>
/// d sigma_k = [-beta sigma_k - g_k + s^2 ((N - M) / (2 sigma_k) + sum_(j != k) sigma_k / (lambda_k - lambda_j))] dt + s d beta_k (Dyson 1962 for Hermitian matrices, Bru 1989 for W^T W, here by the formula of Ito).
/// The repulsion is the gradient of a concave function, so it can be taken at the end of the step. With y = e^(-beta dt) sigma - g dt + sqrt(v) z and v = s^2 (1 - e^(-2 beta dt)) / (2 beta), y is folded into the cone 0 &lt; y_1 &lt; y_2 &lt; ... (values that pass
/// each other or 0 are reflected; without it, errors of the smallest values were measured to fall no faster than the root of the step), and the new singular values are the minimum of
/// |x|^2 / 2 - x.y - v / 2 [(N - M) sum_k ln x_k + sum_(j&lt;k) ln(x_k^2 - x_j^2)] over that cone (<see cref="ConeMinimizer"/>): one and only one, ordered and positive for every step and every noise, for N = M too. Such a step leaves |x|^2 too small by
/// the square of the repulsion's move; but along the repulsion alone |sigma|^2, which is tr W^T W, grows at a constant rate, so all values are scaled to that length: the mean of the trace is exact for every step. The law of the others has errors of first order in dt.
/// Allocates nothing after construction; not for several threads at once.
/// </remarks>
public sealed class SingularValueStep
{
    private readonly ConeMinimizer minimizer;
    private readonly double[] y;
    private readonly double[] gradient;
    private readonly int rows;
    private readonly double s;
    private readonly double beta;
    private readonly bool paperCompat;
    private readonly ModeGradient? modes;

    /// <summary>Steps of an N x M matrix.</summary>
    /// <param name="rows">N, at least M.</param>
    /// <param name="columns">M, at least 1.</param>
    /// <param name="s">s, not negative.</param>
    /// <param name="beta">beta, finite.</param>
    /// <param name="modes">g, or null for none; taken at the start of a step.</param>
    /// <param name="paperCompat">True for half the repulsion, as <see cref="SimulationOptions.PaperCompat"/> says.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not N &gt;= M &gt;= 1, or s is negative.</exception>
    public SingularValueStep(int rows, int columns, double s, double beta = 0, ModeGradient? modes = null, bool paperCompat = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, columns);
        ArgumentOutOfRangeException.ThrowIfNegative(s);
        (this.rows, this.s, this.beta, this.modes, this.paperCompat) = (rows, s, beta, modes, paperCompat);
        (minimizer, y, gradient) = (new ConeMinimizer(columns), new double[columns], new double[columns]);
    }

    /// <summary>Goes one step.</summary>
    /// <param name="sigma">The singular values, ascending and not negative; equal ones and zeros may be among them. They become strictly ascending and positive where s is, up to what doubles can tell apart.</param>
    /// <param name="dt">The step, positive.</param>
    /// <param name="normal">Independent normal numbers of variance 1, as many.</param>
    public void Advance(Span<double> sigma, double dt, ReadOnlySpan<double> normal)
    {
        var variance = s * s * Relaxation.Variance(beta, dt);
        var (decay, root) = (Relaxation.Decay(beta, dt), Math.Sqrt(variance));
        modes?.Invoke(sigma, gradient);
        for (var k = 0; k < y.Length; k++)
        {
            y[k] = (decay * sigma[k]) + (root * normal[k]) - (dt * gradient[k]);
        }

        Fold();
        if (!(variance > 0))
        {
            y.CopyTo(sigma);
            return;
        }

        var (wall, repulsion) = paperCompat ? (variance * (rows - y.Length + 1) / 4, variance / 4) : (variance * (rows - y.Length) / 2, variance / 2);
        sigma.Sort();
        minimizer.Minimize(sigma, y, wall, repulsion);
        Stretch(sigma, wall, repulsion);
        sigma[0] = Math.Max(sigma[0], double.Epsilon);
    }

    /// <summary>Scales all values so that |sigma|^2 is what the repulsion makes of |y|^2 in the time of the step: it grows at a constant rate, whatever the values are.</summary>
    private void Stretch(Span<double> sigma, double wall, double repulsion)
    {
        var square = Lanes.Dot(y, y) + (2 * y.Length * (wall + (repulsion * (y.Length - 1))));
        var factor = Math.Sqrt(square / Lanes.Dot(sigma, sigma));
        for (var k = 0; k < sigma.Length; k++)
        {
            sigma[k] *= factor;
        }
    }

    /// <summary>Folds y back into the cone: values that pass each other or 0 go on as if they were reflected there.</summary>
    private void Fold()
    {
        for (var k = 0; k < y.Length; k++)
        {
            y[k] = Math.Abs(y[k]);
        }

        Array.Sort(y);
    }
}
