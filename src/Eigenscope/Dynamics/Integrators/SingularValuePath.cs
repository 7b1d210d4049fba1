using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>A path of the singular values by implicit steps. Multiplicative noise is added between steps of the other, exactly: sigma_k e^(kappa dB_k - kappa^2 dt / 2).</summary>
internal sealed class SingularValuePath : IPath
{
    private readonly SimulationOptions options;
    private readonly SingularValueStep step;
    private readonly double[] start;
    private readonly double[] sigma;
    private readonly double[] normal;
    private Sampling random = new(0);

    public SingularValuePath(SimulationOptions options)
    {
        this.options = options;
        step = new SingularValueStep(options.Start.Rows, options.Start.Columns, options.Noise.Additive, options.Drift.Rate, options.ModeGradient, options.PaperCompat);
        (start, sigma, normal) = ([.. options.Start.SingularValues], new double[options.Start.Columns], new double[options.Start.Columns]);
    }

    public void Begin(Sampling random)
    {
        this.random = random;
        start.CopyTo(sigma, 0);
    }

    public void Advance(double duration)
    {
        var steps = Paths.Steps(duration, options.Step);
        for (var i = 0; i < steps; i++)
        {
            ScaleModes(duration / steps);
            for (var k = 0; k < normal.Length; k++)
            {
                normal[k] = random.Normal();
            }

            step.Advance(sigma, duration / steps, normal);
        }
    }

    public void Read(Span<double> lambda)
    {
        for (var k = 0; k < sigma.Length; k++)
        {
            lambda[k] = sigma[k] * sigma[k];
        }
    }

    private void ScaleModes(double dt)
    {
        var kappa = options.Noise.Kappa;
        for (var k = 0; k < sigma.Length && kappa > 0; k++)
        {
            sigma[k] *= Math.Exp((kappa * Math.Sqrt(dt) * random.Normal()) - (kappa * kappa * dt / 2));
        }
    }
}
