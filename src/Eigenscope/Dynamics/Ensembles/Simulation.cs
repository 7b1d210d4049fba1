using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>Paths of dW = -G dt + noise for an N x M matrix, and what their eigenvalues are on the whole.</summary>
public static class Simulation
{
    /// <summary>Follows all paths.</summary>
    /// <param name="options">What is simulated.</param>
    /// <param name="progress">Is told the share of paths that are done, 0 to 1; from any thread, in any order. Null for none.</param>
    /// <param name="cancellation">Stops the work between two steps of output.</param>
    /// <returns>The ensemble: the same for any number of threads.</returns>
    /// <exception cref="ArgumentException">Options are out of range or do not go together; the message is for people.</exception>
    public static PathEnsemble Run(SimulationOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options.Require();
        var ensemble = new PathEnsemble(options);
        var done = 0;
        Parallel.For(
            0,
            options.Paths,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
            () => Paths.Of(options),
            (p, _, path) =>
            {
                Follow(path, p, ensemble, cancellation);
                progress?.Report((double)Interlocked.Increment(ref done) / options.Paths);
                return path;
            },
            _ => { });
        return ensemble;
    }

    private static void Follow(IPath path, int p, PathEnsemble ensemble, CancellationToken cancellation)
    {
        var options = ensemble.Options;
        path.Begin(new Sampling((ulong)CalibrationSeed.Of(options.Seed, p)));
        var time = 0.0;
        for (var i = 0; i < options.Times.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            path.Advance(options.Times[i] - time);
            path.Read(ensemble.Values(i, p));
            time = options.Times[i];
        }
    }
}
