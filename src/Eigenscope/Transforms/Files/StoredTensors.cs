using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;

namespace Eigenscope.Transforms;

/// <summary>Tensors on their way into a safetensors file: copied byte for byte, or computed when their turn comes.</summary>
internal static class StoredTensors
{
    private const int ChunkBytes = 1 << 20;
    private const int ChunkElements = 1 << 13;

    /// <summary>A tensor as it is stored: the same type, shape and bits.</summary>
    /// <param name="tensor">A tensor that is stored element by element.</param>
    /// <param name="name">Its name in the file; null for its own.</param>
    public static WrittenTensor Copy(Tensor tensor, string? name = null) => new(name ?? tensor.Name, tensor.Type, tensor.Shape, stream =>
    {
        if (tensor.BigEndian || !IsDense(tensor))
        {
            stream.Write(Bytes(tensor));
            return;
        }

        var chunk = new byte[(int)Math.Min(ChunkBytes, tensor.ByteCount)];
        for (var done = 0L; done < tensor.ByteCount; done += chunk.Length)
        {
            var part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, tensor.ByteCount - done));
            tensor.Bytes.Read(tensor.Offset + done, part);
            stream.Write(part);
        }
    });

    /// <summary>A tensor of which a few elements are replaced, all others keeping their bits.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="positions">The numbers of the elements in row-major order.</param>
    /// <param name="elements">Their new bytes, least significant first, one element after another.</param>
    public static WrittenTensor Patched(Tensor tensor, IReadOnlyList<long> positions, byte[] elements) => new(tensor.Name, tensor.Type, tensor.Shape, stream =>
    {
        var (bytes, size) = (Bytes(tensor), tensor.Type.Bits() / 8);
        for (var k = 0; k < positions.Count; k++)
        {
            elements.AsSpan(k * size, size).CopyTo(bytes.AsSpan(checked((int)(positions[k] * size))));
        }

        stream.Write(bytes);
    });

    /// <summary>A tensor that is computed when it is written, and rounded to the type.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">A type that <see cref="Narrowing"/> writes.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Computes its elements in row-major order.</param>
    public static WrittenTensor Computed(string name, DType type, IReadOnlyList<long> shape, Func<ReadOnlyMemory<double>> values) => new(name, type, shape, stream =>
    {
        var (whole, size) = (values(), type.Bits() / 8);
        var bytes = new byte[ChunkElements * size];
        for (var done = 0; done < whole.Length; done += ChunkElements)
        {
            var part = whole.Span.Slice(done, Math.Min(ChunkElements, whole.Length - done));
            Narrowing.ToNearest(type, part, bytes);
            RequireRange(name, type, part, bytes);
            stream.Write(bytes, 0, part.Length * size);
        }
    });

    /// <summary>The elements of a tensor, widened to float64, densely in row-major order.</summary>
    public static double[] Values(Tensor tensor)
    {
        var values = new double[checked((int)tensor.Count)];
        if (values.Length > 0 && IsDense(tensor))
        {
            tensor.Read(0, values);
        }
        else if (values.Length > 0)
        {
            Widening.ToDouble(tensor.Type, bigEndian: false, Bytes(tensor), values);
        }

        return values;
    }

    /// <summary>The number that is stored in place of another.</summary>
    public static double Rounded(DType type, double value)
    {
        Span<byte> bytes = stackalloc byte[type.Bits() / 8];
        Narrowing.ToNearest(type, [value], bytes);
        Widening.ToDouble(type, bigEndian: false, bytes, new Span<double>(ref value));
        return value;
    }

    /// <summary>The bytes of a tensor, densely in row-major order, least significant first.</summary>
    public static byte[] Bytes(Tensor tensor)
    {
        var bytes = new byte[checked((int)tensor.ByteCount)];
        if (IsDense(tensor))
        {
            tensor.Bytes.Read(tensor.Offset, bytes);
        }
        else if (bytes.Length > 0)
        {
            Gather(tensor, bytes);
        }

        if (tensor.BigEndian)
        {
            ReverseElements(bytes, tensor.Type.Bits() / 8);
        }

        return bytes;
    }

    /// <summary>Picks the elements out of the span that they lie in.</summary>
    private static void Gather(Tensor tensor, byte[] to)
    {
        var size = tensor.Type.Bits() / 8;
        var last = tensor.Shape.Zip(tensor.Strides, (length, stride) => (length - 1) * stride).Sum();
        var span = new byte[checked((int)((last + 1) * size))];
        tensor.Bytes.Read(tensor.Offset, span);
        for (var k = 0L; k < tensor.Count; k++)
        {
            var (rest, offset) = (k, 0L);
            for (var axis = tensor.Shape.Count - 1; axis >= 0; axis--)
            {
                (rest, var digit) = Math.DivRem(rest, tensor.Shape[axis]);
                offset += digit * tensor.Strides[axis];
            }

            span.AsSpan((int)(offset * size), size).CopyTo(to.AsSpan((int)(k * size)));
        }
    }

    private static void ReverseElements(byte[] bytes, int size)
    {
        for (var at = 0; at < bytes.Length; at += size)
        {
            bytes.AsSpan(at, size).Reverse();
        }
    }

    private static bool IsDense(Tensor tensor) => tensor.Strides.SequenceEqual(Tensor.RowMajor(tensor.Shape));

    private static void RequireRange(string name, DType type, ReadOnlySpan<double> values, byte[] bytes)
    {
        var stored = new double[values.Length];
        Widening.ToDouble(type, bigEndian: false, bytes, stored);
        for (var i = 0; i < stored.Length; i++)
        {
            if (double.IsFinite(values[i]) && !double.IsFinite(stored[i]))
            {
                throw new MergeException($"tensor '{name}' holds {values[i]:G4}, which {type.Name()} cannot hold; --dtype F32 can");
            }
        }
    }
}
