using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Eigenscope.Cluster;

/// <summary>
/// Results of shards in a folder that all of them see: one file a part, <c>results/ID-NAME.json</c>, of three lines, the SHA-256 of the other two, what the result is of, and the result. A file is
/// written beside its place and renamed into it, so that it is seen whole or not at all, and two writers leave the same bytes; there are no locks. What is cut short, foreign or of other weights,
/// settings or versions counts as missing.
/// </summary>
public sealed class ShardStore
{
    private const string Results = "results";
    private const string Unfinished = "unfinished";
    private const int LongestName = 120;

    private readonly string folder;
    private readonly IShardWork work;
    private readonly ConcurrentDictionary<int, byte[]> keys = new();

    /// <summary>The store of a folder.</summary>
    /// <param name="folder">The folder; made where it is not there.</param>
    /// <param name="work">What the results are of; its models must be open.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public ShardStore(string folder, IShardWork work)
    {
        (this.folder, this.work) = (folder, work);
        Directory.CreateDirectory(Path.Combine(folder, Results));
        Directory.CreateDirectory(Path.Combine(folder, Unfinished));
    }

    /// <summary>The file of a part's result.</summary>
    public string FileOf(ShardPart part) => Path.Combine(folder, Results, NameOf(part));

    /// <summary>True where the result of a part is there: whole, of this work, and readable.</summary>
    public bool Has(ShardPart part) => Find(part) is { } content && work.IsResult(part, content);

    /// <summary>The result of a part; null where there is none that is whole and of the same weights, settings and version.</summary>
    public ReadOnlyMemory<byte>? Find(ShardPart part) =>
        TryRead(FileOf(part)) is { } content && Lines(content) is var (key, result) && key.Span.SequenceEqual(KeyOf(part)) ? result : null;

    /// <summary>When the oldest of the results of parts was written, in UTC; null for none.</summary>
    public DateTime? FirstWritten(IEnumerable<ShardPart> parts) => parts.Select(FileOf).Where(File.Exists).Select(file => (DateTime?)File.GetLastWriteTimeUtc(file)).Min();

    /// <summary>Leaves the result of a part: seen whole or not at all.</summary>
    /// <param name="part">The part.</param>
    /// <param name="result">Its result, one line.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(ShardPart part, byte[] result)
    {
        byte[] content = [.. KeyOf(part), (byte)'\n', .. result, (byte)'\n'];
        var temporary = Path.Combine(folder, Unfinished, Guid.NewGuid().ToString("N"));
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(Encoding.ASCII.GetBytes($"{Checksum(content)}\n"));
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, FileOf(part), overwrite: true);
        }
        catch (IOException) when (Has(part))
        {
            // On some file systems of clusters a renaming that was done is answered with an error; and another writer leaves the same bytes.
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Removes what processes that were killed have left half written; a process that still writes finds its result there, and goes on.</summary>
    /// <remarks>For when all results are there. What cannot be removed stays, and does no harm.</remarks>
    public void DiscardUnfinished()
    {
        try
        {
            Array.ForEach(Directory.GetFiles(Path.Combine(folder, Unfinished)), File.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that only this user may not write, or another that removes the same.
        }
    }

    /// <summary>The key of a part, made once: it reads a little of the weights, which may be far away. A result is of the weights as they were before it was made.</summary>
    private byte[] KeyOf(ShardPart part) => keys.GetOrAdd(part.Id, _ => work.KeyOf(part));

    private static string NameOf(ShardPart part)
    {
        var name = Uri.EscapeDataString(part.Name);
        return string.Create(CultureInfo.InvariantCulture, $"{part.Id:D5}-{(name.Length <= LongestName ? name : name[..LongestName])}.json");
    }

    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The key and the result of a file whose checksum is right; null else.</summary>
    private static (ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Result)? Lines(byte[] content)
    {
        var first = content.AsSpan().IndexOf((byte)'\n');
        if (first < 0 || !content.AsSpan(0, first).SequenceEqual(Encoding.ASCII.GetBytes(Checksum(content.AsSpan(first + 1)))))
        {
            return null;
        }

        var rest = content.AsMemory(first + 1);
        var second = rest.Span.IndexOf((byte)'\n');
        return second < 0 ? null : (rest[..second], rest[(second + 1)..]);
    }

    private static string Checksum(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
