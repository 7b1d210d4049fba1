using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Eigenscope.Analysis;
using Eigenscope.Cluster;

namespace Eigenscope.Reports;

/// <summary>
/// Results of shards in a folder that all of them see: one file a layer, <c>results/ID-NAME.json</c>, of three lines, the SHA-256 of the other two, what the result is of, and the result. A file is
/// written beside its place and renamed into it, so that it is seen whole or not at all, and two writers leave the same bytes; there are no locks. What is cut short, foreign or of other weights,
/// settings or versions counts as missing.
/// </summary>
public sealed class ShardStore : IShardStore
{
    private const string Results = "results";
    private const string Unfinished = "unfinished";
    private const int LongestName = 120;

    private readonly string folder;
    private readonly ModelAnalysis begun;
    private readonly string fingerprint;

    /// <summary>The store of a folder.</summary>
    /// <param name="folder">The folder; made where it is not there.</param>
    /// <param name="begun">The analysis before its first layer; its model must be open.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public ShardStore(string folder, ModelAnalysis begun)
    {
        (this.folder, this.begun, fingerprint) = (folder, begun, begun.Model.Fingerprint);
        Directory.CreateDirectory(Path.Combine(folder, Results));
        Directory.CreateDirectory(Path.Combine(folder, Unfinished));
    }

    /// <summary>The file of a layer's result.</summary>
    public string FileOf(LayerAnalysis layer) => Path.Combine(folder, Results, NameOf(layer));

    /// <inheritdoc/>
    public LayerAnalysis? Find(LayerAnalysis pending)
    {
        if (TryRead(FileOf(pending)) is not { } content || Lines(content) is not var (key, result))
        {
            return null;
        }

        return key.Span.SequenceEqual(ShardJson.Key(pending, begun.Options, fingerprint)) ? ShardJson.Read(result, pending) : null;
    }

    /// <inheritdoc/>
    public void Write(LayerAnalysis result)
    {
        byte[] content = [.. ShardJson.Key(result, begun.Options, fingerprint), (byte)'\n', .. ShardJson.Result(result), (byte)'\n'];
        var temporary = Path.Combine(folder, Unfinished, Guid.NewGuid().ToString("N"));
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(Encoding.ASCII.GetBytes($"{Checksum(content)}\n"));
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, FileOf(result), overwrite: true);
        }
        catch (IOException) when (Find(result) is not null)
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

    private static string NameOf(LayerAnalysis layer)
    {
        var name = Uri.EscapeDataString(layer.Layer.Name);
        return string.Create(CultureInfo.InvariantCulture, $"{layer.Layer.Id:D5}-{(name.Length <= LongestName ? name : name[..LongestName])}.json");
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
