using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>A path of the eigenvalues lambda = sigma^2 by explicit steps of Euler and Maruyama, as short as the nearest collision asks for.</summary>
/// <remarks>
/// d lambda_k = [s^2 (N - M + 1 + 2 sum_(j != k) lambda_k / (lambda_k - lambda_j)) + (kappa^2 - 2 beta) lambda_k - 2 sigma_k g_k] dt + 2 sqrt(s^2 lambda_k + kappa^2 lambda_k^2) d beta_k. A step is at most a tenth of gap^2 / (4 s^2 lambda) and of
/// lambda_min / s^2. Where it breaks the order even so, it is cut in two, with the same Brownian motion at its end and a bridge at the middle, so that no path is favoured. For N = M the smallest eigenvalue does reach 0 and is reflected.
/// </remarks>
internal sealed class ExplicitPath : IPath
{
    private const double Cautious = 0.1;

    /// <summary>Steps are not made shorter than this share of the longest, except by cutting.</summary>
    private const double ShortestShare = 1e-6;

    private const int MostCuts = 40;

    private readonly SimulationOptions options;
    private readonly double[] lambda;
    private readonly double[] next;
    private readonly double[] sigma;
    private readonly double[] gradient;
    private readonly double[][] increments;
    private Sampling random = new(0);

    public ExplicitPath(SimulationOptions options)
    {
        this.options = options;
        var m = options.Start.Columns;
        (lambda, next, sigma, gradient) = (new double[m], new double[m], new double[m], new double[m]);
        increments = [.. Enumerable.Range(0, MostCuts + 2).Select(_ => new double[m])];
    }

    public void Begin(Sampling random)
    {
        this.random = random;
        for (var k = 0; k < lambda.Length; k++)
        {
            lambda[k] = options.Start.SingularValues[k] * options.Start.SingularValues[k];
        }
    }

    public void Advance(double duration)
    {
        for (var left = duration; left > 1e-12 * duration;)
        {
            var dt = Math.Min(left, LongestStep());
            for (var k = 0; k < lambda.Length; k++)
            {
                increments[0][k] = Math.Sqrt(dt) * random.Normal();
            }

            Step(dt, 0);
            left -= dt;
        }
    }

    public void Read(Span<double> lambda) => this.lambda.CopyTo(lambda);

    private double LongestStep()
    {
        var s2 = options.Noise.Additive * options.Noise.Additive;
        var limit = lambda[0] / s2;
        for (var k = 1; k < lambda.Length; k++)
        {
            var gap = lambda[k] - lambda[k - 1];
            limit = Math.Min(limit, gap * gap / (4 * s2 * lambda[k]));
        }

        return Math.Clamp(Cautious * limit, ShortestShare * options.Step, options.Step);
    }

    /// <summary>A step with the increments at a depth of cuts; where the order breaks, two of half the length.</summary>
    private void Step(double dt, int cuts)
    {
        var moved = increments[cuts];
        Propose(dt, moved);
        if (IsOrdered(next) || cuts == MostCuts)
        {
            next.CopyTo(lambda, 0);
            Array.Sort(lambda);
            return;
        }

        var half = increments[cuts + 1];
        for (var k = 0; k < half.Length; k++)
        {
            half[k] = (moved[k] / 2) + (Math.Sqrt(dt) / 2 * random.Normal());
            moved[k] -= half[k];
        }

        Step(dt / 2, cuts + 1);
        moved.CopyTo(half, 0);
        Step(dt / 2, cuts + 1);
    }

    private void Propose(double dt, double[] moved)
    {
        var (n, m) = (options.Start.Rows, lambda.Length);
        var (s2, kappa2) = (options.Noise.Additive * options.Noise.Additive, options.Noise.Kappa * options.Noise.Kappa);
        ReadGradient();
        for (var k = 0; k < m; k++)
        {
            var repulsion = 0.0;
            for (var j = 0; j < m; j++)
            {
                repulsion += j == k ? 0 : lambda[k] / (lambda[k] - lambda[j]);
            }

            var push = options.PaperCompat ? ((n - m + 3) / 2.0) + repulsion : n - m + 1 + (2 * repulsion);
            var drift = (s2 * push) + ((kappa2 - (2 * options.Drift.Rate)) * lambda[k]) - (2 * Math.Sqrt(lambda[k]) * gradient[k]);
            next[k] = lambda[k] + (drift * dt) + (2 * Math.Sqrt((s2 * lambda[k]) + (kappa2 * lambda[k] * lambda[k])) * moved[k]);
        }

        next[0] = n == m ? Math.Abs(next[0]) : next[0];
    }

    private void ReadGradient()
    {
        if (options.ModeGradient is not { } modes)
        {
            return;
        }

        for (var k = 0; k < lambda.Length; k++)
        {
            sigma[k] = Math.Sqrt(lambda[k]);
        }

        modes(sigma, gradient);
    }

    private static bool IsOrdered(double[] x)
    {
        var ordered = x[0] > 0;
        for (var k = 1; k < x.Length; k++)
        {
            ordered &= x[k] > x[k - 1];
        }

        return ordered;
    }
}
