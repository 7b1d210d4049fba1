using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>A path of the matrix W itself.</summary>
/// <remarks>
/// A linear drift is followed exactly, in a frame in which elements relax by themselves: W(t) = W* + e^(-b t) (W(0) - W*) + noise of variance s^2 (1 - e^(-2 b t)) / (2 b). Any other drift by steps of Euler and Maruyama (Maruyama 1955).
/// Multiplicative noise is added between steps of the other, to the singular values of W, exactly: sigma_k e^(kappa dB_k - kappa^2 dt / 2).
/// </remarks>
internal sealed class MatrixPath : IPath
{
    /// <summary>Above this many columns the accurate route of spectra is faster than Jacobi's rotations.</summary>
    private const int MostColumns = 48;

    private readonly SimulationOptions options;
    private readonly int rows;
    private readonly int columns;
    private readonly double[] start;
    private readonly double[] target;
    private readonly double[] rates;
    private readonly double[] w;
    private readonly double[] work;
    private readonly double[] noise;
    private Sampling random = new(0);

    public MatrixPath(SimulationOptions options)
    {
        this.options = options;
        (rows, columns) = (options.Start.Rows, options.Start.Columns);
        (start, target, rates) = options.Drift.Decoupled(options.Start.Values(), rows);
        (w, work, noise) = (new double[start.Length], new double[start.Length], new double[start.Length]);
    }

    public void Begin(Sampling random)
    {
        this.random = random;
        start.CopyTo(w, 0);
    }

    public void Advance(double duration)
    {
        var steps = options.IsExact ? 1 : Paths.Steps(duration, options.Step);
        for (var step = 0; step < steps; step++)
        {
            if (options.Noise.Kappa > 0)
            {
                ScaleModes(duration / steps);
            }

            if (options.Drift.IsLinear)
            {
                Relax(duration / steps);
            }
            else
            {
                Push(duration / steps);
            }
        }
    }

    public void Read(Span<double> lambda)
    {
        if (columns > MostColumns)
        {
            var spectrum = Spectrum.Of(new DenseMatrix(rows, columns, (double[])w.Clone()), SpectrumRoute.Accurate);
            for (var k = 0; k < columns; k++)
            {
                lambda[k] = spectrum.Eigenvalues[k];
            }

            return;
        }

        Transpose(w, rows, columns, work);
        JacobiRotations.Orthogonalize(work, rows);
        JacobiRotations.SquaredLengths(work, rows, lambda);
    }

    private void Relax(double dt)
    {
        DrawNoise();
        var (rate, decay, root) = (double.NaN, 0.0, 0.0);
        for (var i = 0; i < w.Length; i++)
        {
            if (!rates[i].Equals(rate))
            {
                rate = rates[i];
                (decay, root) = (Relaxation.Decay(rate, dt), options.Noise.Additive * Math.Sqrt(Relaxation.Variance(rate, dt)));
            }

            w[i] = target[i] + (decay * (w[i] - target[i])) + (root * noise[i]);
        }
    }

    private void Push(double dt)
    {
        options.Drift.Gradient!(w, work);
        DrawNoise();
        var root = options.Noise.Additive * Math.Sqrt(dt);
        for (var i = 0; i < w.Length; i++)
        {
            w[i] += (root * noise[i]) - (dt * work[i]);
        }
    }

    /// <summary>W becomes U diag(sigma_k e^...): its right singular vectors are left away, which no singular value to come depends on.</summary>
    private void ScaleModes(double dt)
    {
        Transpose(w, rows, columns, work);
        JacobiRotations.Orthogonalize(work, rows);
        var kappa = options.Noise.Kappa;
        for (var k = 0; k < columns; k++)
        {
            var factor = Math.Exp((kappa * Math.Sqrt(dt) * random.Normal()) - (kappa * kappa * dt / 2));
            for (var i = 0; i < rows; i++)
            {
                w[(i * columns) + k] = factor * work[(k * rows) + i];
            }
        }
    }

    /// <summary>Independent normal numbers of variance 1, or what the factors of a covariance make of them.</summary>
    private void DrawNoise()
    {
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = random.Normal();
        }

        if (options.Noise is { RowFactor: { } left, ColumnFactor: { } right })
        {
            ApplyFactors(left, right);
        }
    }

    /// <summary>noise := L noise R^T with lower triangles L and R, from the last element back so that it can be done in place.</summary>
    private void ApplyFactors(DenseMatrix left, DenseMatrix right)
    {
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
            {
                var sum = 0.0;
                for (var k = 0; k <= j; k++)
                {
                    sum += right[j, k] * noise[(i * columns) + k];
                }

                noise[(i * columns) + j] = sum;
            }
        }

        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = 0; j < columns; j++)
            {
                var sum = 0.0;
                for (var k = 0; k <= i; k++)
                {
                    sum += left[i, k] * noise[(k * columns) + j];
                }

                noise[(i * columns) + j] = sum;
            }
        }
    }

    private static void Transpose(double[] from, int rows, int columns, double[] to)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                to[(j * rows) + i] = from[(i * columns) + j];
            }
        }
    }
}
