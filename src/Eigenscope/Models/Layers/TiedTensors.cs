namespace Eigenscope.Models.Layers;

/// <summary>
/// Finds tensors that are stored or used twice: two names for the same bytes, and an unembedding whose values are those of the
/// embedding. Each is analysed once.
/// </summary>
/// <param name="compareValues">Whether the values of an embedding or unembedding may be read for it.</param>
internal sealed class TiedTensors(Func<Tensor, TensorDescription, bool> compareValues)
{
    private const int ChunkBytes = 1 << 20;

    private readonly Dictionary<(ByteSource, long, string, string, string), string> stored = [];
    private readonly List<Tensor> tables = [];

    /// <summary>Why a tensor is not analysed: it is the same as one before it. Null for the first.</summary>
    public string? Reason(Tensor tensor, TensorDescription description)
    {
        var key = (tensor.Bytes, tensor.Offset, tensor.ShapeText, string.Join(' ', tensor.Strides), tensor.TypeName);
        if (!stored.TryAdd(key, tensor.Name))
        {
            return $"tied: the same stored values as {stored[key]}";
        }

        return description.Role is Role.Embedding or Role.Unembedding && compareValues(tensor, description) ? EqualTable(tensor) : null;
    }

    private string? EqualTable(Tensor tensor)
    {
        var twin = tables.Find(table => table.TypeName == tensor.TypeName && table.Shape.SequenceEqual(tensor.Shape) && HaveEqualBytes(table, tensor));
        tables.Add(tensor);
        return twin is null ? null : $"tied: the same values as {twin.Name}";
    }

    /// <summary>Compares densely stored tensors byte by byte; the first difference ends it.</summary>
    private static bool HaveEqualBytes(Tensor a, Tensor b)
    {
        if (!a.Strides.SequenceEqual(b.Strides) || !a.Strides.SequenceEqual(Tensor.RowMajor(a.Shape)) || a.BigEndian != b.BigEndian)
        {
            return false;
        }

        var (left, right) = (new byte[ChunkBytes], new byte[ChunkBytes]);
        for (var done = 0L; done < a.ByteCount; done += ChunkBytes)
        {
            var count = (int)Math.Min(ChunkBytes, a.ByteCount - done);
            a.Bytes.Read(a.Offset + done, left.AsSpan(0, count));
            b.Bytes.Read(b.Offset + done, right.AsSpan(0, count));
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }
}
