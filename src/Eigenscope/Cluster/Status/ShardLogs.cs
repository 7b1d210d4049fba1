using System.Globalization;
using System.Text;

namespace Eigenscope.Cluster;

/// <summary>What engines keep of the output of shards: <c>logs/I.out</c>.</summary>
/// <param name="folder">The folder that all shards share.</param>
public sealed class ShardLogs(string folder)
{
    private const string Logs = "logs";
    private const int MostBytes = 16 << 10;

    /// <summary>When something was written into the log of a shard last, in UTC; null where it has none or an empty one.</summary>
    public DateTime? Written(int index)
    {
        var file = new FileInfo(FileOf(index));
        return file.Exists && file.Length > 0 ? file.LastWriteTimeUtc : null;
    }

    /// <summary>The last lines of the log of a shard that are not empty, the last one at the end; none where it has no log.</summary>
    /// <param name="index">The shard.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<string> Tail(int index, int count)
    {
        try
        {
            using var file = new FileStream(FileOf(index), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(Math.Max(0, file.Length - MostBytes), SeekOrigin.Begin);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return [.. reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).TakeLast(count)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string FileOf(int index) => Path.Combine(folder, Logs, string.Create(CultureInfo.InvariantCulture, $"{index}.out"));
}
