using System.IO.Enumeration;
using Eigenscope.Models;

namespace Eigenscope.Tracking;

/// <summary>
/// The checkpoints of a training, in its order: by the numbers in their names, else by what a trainer wrote beside them, else by the times of writing.
/// </summary>
public static class CheckpointSeries
{
    private const string DefaultUnit = "step";

    /// <summary>Finds the checkpoints that paths name.</summary>
    /// <param name="paths">Each a weight file, a folder of one model, a folder of checkpoints, a pattern with * or ? in its last parts, or an address.</param>
    /// <returns>Each checkpoint once, in the order of the training.</returns>
    /// <exception cref="ModelFormatException">A path names none, or two checkpoints have one step.</exception>
    public static IReadOnlyList<Checkpoint> Find(IReadOnlyList<string> paths)
    {
        return Ordered([.. paths.SelectMany(Expand).DistinctBy(Identity, StringComparer.Ordinal).Select(CheckpointTrace.Of)]);
    }

    /// <summary>The checkpoints of one path as they are now, none where there are none yet.</summary>
    internal static IReadOnlyList<string> Present(string path) => IsPattern(path) ? Matching(path) : Directory.Exists(path) ? CheckpointFolder.In(path) : File.Exists(path) ? [path] : [];

    /// <summary>Known checkpoints in the order of the training.</summary>
    /// <exception cref="ModelFormatException">Two have one step.</exception>
    internal static IReadOnlyList<Checkpoint> Ordered(IReadOnlyList<CheckpointTrace> traces)
    {
        if (traces.Count == 0)
        {
            return [];
        }

        RequireDifferentNames(traces);
        if ((StepNames.Of([.. traces.Select(trace => trace.Name)]) ?? StepNames.Of([.. traces.Select(trace => trace.LongName)])) is { } named)
        {
            return [.. traces.Zip(named.Steps, (trace, step) => new Checkpoint(trace.Path, step, named.Unit, StepSource.Name)).OrderBy(checkpoint => checkpoint.Step)];
        }

        if (traces.All(trace => trace.TrainerStep is not null))
        {
            RequireDifferentSteps(traces);
            return [.. traces.OrderBy(trace => trace.TrainerStep).Select(trace => new Checkpoint(trace.Path, trace.TrainerStep, DefaultUnit, StepSource.Metadata))];
        }

        RequireTimes(traces);
        return [.. traces.OrderBy(trace => trace.WrittenAt).ThenBy(trace => trace.Path, StringComparer.Ordinal).Select(trace => new Checkpoint(trace.Path, trace.TrainerStep, DefaultUnit, StepSource.Time))];
    }

    private static IReadOnlyList<string> Expand(string path)
    {
        if (CheckpointTrace.IsElsewhere(path))
        {
            return [path];
        }

        return Present(path) is { Count: > 0 } found ? found
            : Directory.Exists(path) ? throw new ModelFormatException(ModelFault.NoWeights, path, "the folder holds no checkpoints: neither weight files nor folders of them")
            : throw new ModelFormatException(ModelFault.Missing, path, IsPattern(path) ? "nothing matches" : "no such file");
    }

    /// <summary>Two spellings of one path are one checkpoint.</summary>
    private static string Identity(string path) => CheckpointTrace.IsElsewhere(path) ? path : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?') && !File.Exists(path) && !Directory.Exists(path);

    /// <summary>What matches a pattern whose parts may each have * and ?.</summary>
    private static IReadOnlyList<string> Matching(string pattern)
    {
        var root = Path.GetPathRoot(pattern)!;
        List<string> found = [root];
        foreach (var part in pattern[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            found = [.. found.SelectMany(folder => Matching(folder, part))];
        }

        return [.. found.Where(path => CheckpointFolder.IsFinishedName(Path.GetFileName(path)) && (File.Exists(path) || CheckpointFolder.In(path).Count > 0))];
    }

    private static IEnumerable<string> Matching(string folder, string part)
    {
        if (!part.AsSpan().ContainsAny('*', '?'))
        {
            return Path.Exists(Path.Combine(folder, part)) ? [Path.Combine(folder, part)] : [];
        }

        return !Directory.Exists(folder.Length == 0 ? "." : folder) ? []
            : Directory.EnumerateFileSystemEntries(folder.Length == 0 ? "." : folder).Select(path => Path.GetFileName(path)).Where(name => FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false)).Order(StringComparer.Ordinal).Select(name => Path.Combine(folder, name));
    }

    /// <summary>Two of the same number, such as <c>run1/step100</c> and <c>run2/step100</c>, are of two trainings.</summary>
    private static void RequireDifferentNames(IReadOnlyList<CheckpointTrace> traces)
    {
        var same = traces.GroupBy(trace => trace.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1 && (group.Count() < traces.Count || StepNames.HasWord(group.Key)));
        if (same?.ToList() is [var first, var second, ..])
        {
            throw OfTwoTrainings(second, $"the same name as {first.Path}");
        }
    }

    private static void RequireDifferentSteps(IReadOnlyList<CheckpointTrace> traces)
    {
        if (traces.GroupBy(trace => trace.TrainerStep).FirstOrDefault(group => group.Count() > 1)?.ToList() is [var first, var second, ..])
        {
            throw OfTwoTrainings(second, $"the same step ({second.TrainerStep}) as {first.Path}");
        }
    }

    private static ModelFormatException OfTwoTrainings(CheckpointTrace trace, string why) => new(ModelFault.Inconsistent, trace.Path, $"{why}; the checkpoints of one training are wanted");

    private static void RequireTimes(IReadOnlyList<CheckpointTrace> traces)
    {
        if (traces.FirstOrDefault(trace => trace.WrittenAt is null) is { } elsewhere)
        {
            throw new ModelFormatException(ModelFault.Inconsistent, elsewhere.Path, "the addresses have no numbers that tell how far the training was, such as @step1000");
        }
    }
}
