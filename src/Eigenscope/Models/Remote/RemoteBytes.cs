using System.Collections;
using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace Eigenscope.Models.Remote;

/// <summary>
/// The bytes of a file elsewhere. What is read comes in blocks, once, and is kept in a temporary file without a name until the model is closed; <see cref="Fetch"/> brings a long part by
/// several requests at a time.
/// </summary>
internal sealed class RemoteBytes : ByteSource
{
    /// <summary>What is brought at least: a header is read in few requests, and little comes that nobody asked for.</summary>
    public const int Block = 1 << 16;

    private const long Longest = 16L << 40;
    private const long Request = 8 << 20;
    private const int Requests = 4;

    private readonly RangeClient client;
    private readonly Uri url;
    private readonly string? version;
    private readonly SafeFileHandle kept;
    private readonly BitArray present;
    private readonly Lock gate = new();

    private RemoteBytes(RangeClient client, Uri url, string path, long length, string? version)
    {
        (this.client, this.url, this.version, Path, Length) = (client, url, version, path, length);
        present = new BitArray(checked((int)((length + Block - 1) / Block)));
        var name = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"eigenscope-{System.IO.Path.GetRandomFileName()}");
        kept = File.OpenHandle(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Asks for the length of a file, and nothing more.</summary>
    /// <exception cref="ModelFormatException">It cannot be had.</exception>
    public static RemoteBytes Open(RangeClient client, Uri url, string path)
    {
        var (length, version) = client.Inspect(url);
        return length switch
        {
            <= 0 => throw new ModelFormatException(ModelFault.Truncated, path, "the file is empty"),
            > Longest => throw new ModelFormatException(ModelFault.TooLarge, path, $"the file is said to have {length} bytes, at most {Longest} are read"),
            _ => new RemoteBytes(client, url, path, length, version),
        };
    }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        Fetch(offset, destination.Length);
        while (destination.Length > 0)
        {
            var count = RandomAccess.Read(kept, destination, offset);
            offset += count;
            destination = destination[count..];
        }
    }

    /// <inheritdoc/>
    public override void Fetch(long offset, long length)
    {
        RequireRange(offset, length);
        lock (gate)
        {
            var pieces = Missing(offset, length).ToList();
            BringAll(pieces);
            foreach (var (first, count) in pieces)
            {
                for (var block = first / Block; block * Block < first + count; block++)
                {
                    present[(int)block] = true;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        kept.Dispose();
        base.Dispose();
    }

    /// <summary>The parts that are not there, in whole blocks, none longer than a request.</summary>
    private IEnumerable<(long Offset, long Length)> Missing(long offset, long length)
    {
        var (block, end) = (offset / Block, (offset + length + Block - 1) / Block);
        while (block < end)
        {
            var first = block;
            while (block < end && !present[(int)block] && block - first < Request / Block)
            {
                block++;
            }

            if (block > first)
            {
                yield return (first * Block, Math.Min(block * Block, Length) - (first * Block));
            }

            while (block < end && present[(int)block])
            {
                block++;
            }
        }
    }

    private void BringAll(List<(long Offset, long Length)> pieces)
    {
        try
        {
            Parallel.ForEach(pieces, new ParallelOptions { MaxDegreeOfParallelism = Requests }, Bring);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private void Bring((long Offset, long Length) piece) =>
        client.Read(url, piece.Offset, piece.Length, version, (bytes, at) => RandomAccess.Write(kept, bytes, at));
}
