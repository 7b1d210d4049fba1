using Eigenscope.Analysis;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models.SafeTensors;
using Eigenscope.Tracking;

namespace Eigenscope.Tests.Tracking;

/// <summary>Small trainings made for a test.</summary>
internal static class Runs
{
    public const int Rows = 40;
    public const int Columns = 24;

    public static TrackOptions Options { get; } = new() { Analysis = new AnalysisOptions { Threads = 2, MaxMemory = 1L << 30 }, Top = 4 };

    /// <summary>A model of two matrices and a bias: noise of a seed, and a signal that grows with the step.</summary>
    public static byte[] Model(int seed, int step) => SafeTensorsBytes.Of(
        ("a.weight", [Rows, Columns], Weights(seed, step)),
        ("b.weight", [Columns, Columns], Weights(seed + 1, 0)[..(Columns * Columns)]),
        ("b.bias", [Columns], new float[Columns]));

    /// <summary>Writes a checkpoint as a folder, and gives its path.</summary>
    public static string Write(string run, int step, int seed = 1)
    {
        var folder = Path.Combine(run, $"checkpoint-{step}");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), Model(seed, step));
        return folder;
    }

    /// <summary>What a tracker finds of all checkpoints of a run.</summary>
    public static Trajectory Track(string run, ICheckpointStore store, out int computed, TrackOptions? options = null)
    {
        var tracker = new Tracker(options ?? Options, store);
        var tracked = CheckpointSeries.Find([run]).Select(checkpoint => tracker.Track(checkpoint)).ToList();
        computed = tracker.Computed;
        return new TrajectoryAssembly(options ?? Options, store).Of(tracked);
    }

    private static float[] Weights(int seed, int step)
    {
        var draws = new Draws(seed);
        double[] u = draws.Normals(Rows), v = draws.Normals(Columns);
        return [.. draws.Normals(Rows * Columns).Select((x, i) => (float)(x + (step * 0.02 * u[i / Columns] * v[i % Columns])))];
    }
}
