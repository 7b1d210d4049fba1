using System.Globalization;
using System.Text.RegularExpressions;
using Eigenscope.Models;

namespace Eigenscope.Tracking;

/// <summary>The checkpoints in a folder: its subfolders that hold weights; or its weight files, where they are models of their own; or itself, where it is one model.</summary>
internal static partial class CheckpointFolder
{
    /// <summary>Endings of files that are still being written or are no weights of the model, whatever they look like.</summary>
    private static readonly string[] UnfinishedEndings = [".tmp", ".part", ".partial", ".incomplete", ".temp", ".lock", ".crdownload"];

    /// <summary>What trainers leave beside the weights.</summary>
    private static readonly string[] Companions = ["optimizer", "scheduler", "scaler", "rng_state", "training_args", "random_states", "gradients"];

    /// <summary>The checkpoints, in ordinal order of their paths; none where there are no weights.</summary>
    /// <exception cref="ModelFormatException">The folder cannot be listed.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        try
        {
            var inside = Directory.EnumerateDirectories(folder).Where(path => IsFinishedName(Path.GetFileName(path)) && !IsCompanion(Path.GetFileName(path)) && WeightsIn(path).Count > 0).Order(StringComparer.Ordinal).ToList();
            return inside.Count > 0 ? inside : OfFiles(folder, WeightsIn(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFormatException(ModelFault.Unreadable, folder, $"the folder cannot be listed: {e.Message}", inner: e);
        }
    }

    /// <summary>False for names under which files are written before they are whole, and hidden ones.</summary>
    public static bool IsFinishedName(string name) =>
        name.Length > 0 && name[0] != '.' && !name.StartsWith("tmp", StringComparison.OrdinalIgnoreCase) && !Array.Exists(UnfinishedEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The files of a checkpoint's weights, and what tells how they belong together; what else a trainer leaves beside them may still be written.</summary>
    public static IReadOnlyList<string> FilesOf(string checkpoint) => !Directory.Exists(checkpoint) ? [checkpoint]
        : [.. Directory.EnumerateFiles(checkpoint).Where(path => IsWeightFile(Path.GetFileName(path)) || path.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Why a folder of shards without an index is not whole; null where it is, or has none.</summary>
    public static string? MissingShards(string checkpoint)
    {
        if (!Directory.Exists(checkpoint))
        {
            return null;
        }

        var sets = WeightsIn(checkpoint).Select(file => Shard().Match(Path.GetFileName(file))).Where(match => match.Success).GroupBy(match => match.Groups["count"].Value, StringComparer.Ordinal);
        return sets.Where(set => set.Count() < int.Parse(set.Key, CultureInfo.InvariantCulture)).Select(set => $"{checkpoint}: {set.Count()} of {int.Parse(set.Key, CultureInfo.InvariantCulture)} shards are there").FirstOrDefault();
    }

    /// <summary>Several files are several checkpoints, unless they are shards of one model or have no numbers that tell them apart.</summary>
    private static IReadOnlyList<string> OfFiles(string folder, IReadOnlyList<string> files) => files switch
    {
        [] => [],
        [_] => [folder],
        _ when Directory.EnumerateFiles(folder, "*.index.json").Any() || files.Any(file => Shard().IsMatch(file)) => [folder],
        _ => StepNames.Of([.. files.Select(file => Path.GetFileNameWithoutExtension(file))]) is null ? [folder] : files,
    };

    private static IReadOnlyList<string> WeightsIn(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(path => IsWeightFile(Path.GetFileName(path))).Order(StringComparer.Ordinal)];

    private static bool IsWeightFile(string name) =>
        IsFinishedName(name) && !IsCompanion(name) && ModelFormats.All.Any(format => ModelFormats.HasExtension(format, name));

    private static bool IsCompanion(string name) => Array.Exists(Companions, companion => name.StartsWith(companion, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"-\d{5}-of-(?<count>\d{5})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shard();
}
