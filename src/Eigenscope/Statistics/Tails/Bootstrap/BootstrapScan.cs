using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>Draws and fits synthetic samples one after another in the same memory.</summary>
internal sealed class BootstrapScan
{
    private readonly TailScan scan = new();
    private readonly SyntheticTail source;
    private readonly PowerLawOptions options;
    private readonly double logXmax;
    private readonly double mass;
    private readonly PowerLawFit fit;

    /// <summary>For samples like the given one.</summary>
    public BootstrapScan(double[] logs, PowerLawFit fit, PowerLawOptions options)
    {
        (source, this.options, this.fit) = (new SyntheticTail(logs, fit), options, fit);
        logXmax = options.Cutoff == UpperCutoff.Largest ? logs[^1] : double.PositiveInfinity;
        mass = 1 - Math.Exp((1 - fit.Alpha) * (logXmax - logs[^fit.TailCount]));
        scan.Resize(logs.Length);
    }

    /// <summary>The exponent and the distance of one sample. Where it has no fit, because all its values are equal, it is as the one that it was drawn after.</summary>
    public (double Alpha, double D) Fit(SplitMix64 random)
    {
        source.Draw(random, scan.Logs, mass);
        scan.Prepare(options.Cutoff == UpperCutoff.Largest ? scan.Logs[^1] : logXmax, options.Distance);
        var best = scan.Best(0, scan.Count - options.LeastTail + 1);
        return best < 0 ? (fit.Alpha, fit.D) : (scan.Alphas[best], scan.Distances[best]);
    }
}
