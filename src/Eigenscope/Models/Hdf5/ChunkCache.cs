namespace Eigenscope.Models.Hdf5;

/// <summary>The chunks of a file that were decoded last, up to a number of bytes; the oldest goes first.</summary>
internal sealed class ChunkCache
{
    private const long MostBytes = 64 << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<(object Dataset, int Number), byte[]> chunks = [];
    private readonly Queue<(object Dataset, int Number)> order = [];
    private long bytes;

    /// <summary>A chunk, decoded where it is not held.</summary>
    public byte[] Get(object dataset, int number, Func<int, byte[]> decode)
    {
        lock (gate)
        {
            if (chunks.TryGetValue((dataset, number), out var held))
            {
                return held;
            }
        }

        var chunk = decode(number);
        Hold((dataset, number), chunk);
        return chunk;
    }

    private void Hold((object Dataset, int Number) key, byte[] chunk)
    {
        lock (gate)
        {
            if (!chunks.TryAdd(key, chunk))
            {
                return;
            }

            order.Enqueue(key);
            bytes += chunk.Length;
            while (bytes > MostBytes && chunks.Remove(order.Dequeue(), out var oldest))
            {
                bytes -= oldest.Length;
            }
        }
    }
}
