using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>One path after another of a process.</summary>
internal interface IPath
{
    /// <summary>Goes back to the start.</summary>
    void Begin(Sampling random);

    /// <summary>Follows the path for some time.</summary>
    /// <param name="duration">Positive.</param>
    void Advance(double duration);

    /// <summary>Writes the eigenvalues lambda where the path is, ascending.</summary>
    void Read(Span<double> lambda);
}

/// <summary>How a path is made, and how time is cut.</summary>
internal static class Paths
{
    /// <summary>A path of the process that options describe.</summary>
    public static IPath Of(SimulationOptions options) => options.Integrator switch
    {
        Integrator.Matrix => new MatrixPath(options),
        Integrator.SingularValues => new SingularValuePath(options),
        Integrator.Explicit => new ExplicitPath(options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Integrator, "no such integrator"),
    };

    /// <summary>The number of equal steps, none longer than the longest allowed, that make up a duration.</summary>
    public static int Steps(double duration, double longest) => (int)Math.Max(1, Math.Ceiling((duration / longest) - 1e-9));
}
