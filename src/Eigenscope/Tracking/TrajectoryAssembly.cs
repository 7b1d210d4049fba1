namespace Eigenscope.Tracking;

/// <summary>Puts checkpoints together to a trajectory: layers by name, and the rotations between them, each of which is computed once.</summary>
/// <param name="options">What is followed.</param>
/// <param name="store">Where the singular vectors are.</param>
public sealed class TrajectoryAssembly(TrackOptions options, ICheckpointStore store)
{
    private readonly Dictionary<(string Before, string After, int LayerBefore, int LayerAfter), Rotation?> rotations = [];

    /// <summary>The trajectory of checkpoints in the order of the training, at least one.</summary>
    public Trajectory Of(IReadOnlyList<TrackedCheckpoint> checkpoints)
    {
        var byName = checkpoints.Select(checkpoint => checkpoint.Layers.ToDictionary(layer => layer.Name, StringComparer.Ordinal)).ToList();
        var names = NamesInOrder(checkpoints);
        return new(options, checkpoints, [.. names.Select(name => LayerOf(name, checkpoints, [.. byName.Select(layers => layers.GetValueOrDefault(name))]))]);
    }

    /// <summary>The names of the newest checkpoint that could be read, then those that only others have.</summary>
    private static IReadOnlyList<string> NamesInOrder(IReadOnlyList<TrackedCheckpoint> checkpoints) =>
        [.. checkpoints.Reverse().SelectMany(checkpoint => checkpoint.Layers).Select(layer => layer.Name).Distinct(StringComparer.Ordinal)];

    private LayerTrajectory LayerOf(string name, IReadOnlyList<TrackedCheckpoint> checkpoints, TrackedLayer?[] points)
    {
        var (sincePrevious, sinceFirst) = (new Rotation?[points.Length], new Rotation?[points.Length]);
        int? first = null, previous = null;
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] is not { Failure: null })
            {
                continue;
            }

            sincePrevious[i] = previous is { } p ? Between(p, i) : null;
            sinceFirst[i] = first is { } f ? Between(f, i) : null;
            (first, previous) = (first ?? i, i);
        }

        return new(name, points, sincePrevious, sinceFirst);

        Rotation? Between(int before, int after) => Rotated((checkpoints[before].Key, checkpoints[after].Key, points[before]!.Id, points[after]!.Id));
    }

    private Rotation? Rotated((string Before, string After, int LayerBefore, int LayerAfter) pair)
    {
        if (!rotations.TryGetValue(pair, out var rotation))
        {
            rotation = store.Vectors(pair.Before, pair.LayerBefore) is { } before && store.Vectors(pair.After, pair.LayerAfter) is { } after ? Rotation.Of(before, after) : null;
            rotations.Add(pair, rotation);
        }

        return rotation;
    }
}
