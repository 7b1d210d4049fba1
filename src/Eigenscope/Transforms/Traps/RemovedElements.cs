using System.Buffers.Binary;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;

namespace Eigenscope.Transforms;

/// <summary>Elements of tensors that were replaced, as a file keeps them: for a tensor NAME their numbers in row-major order, <c>NAME.positions</c>, and the bits that they had, <c>NAME.values</c>.</summary>
internal static class RemovedElements
{
    /// <summary>The file.</summary>
    public const string FileName = "removed.safetensors";

    private const string Positions = ".positions";
    private const string Values = ".values";

    /// <summary>The two tensors that keep elements of a tensor.</summary>
    /// <param name="tensor">The tensor, as it was.</param>
    /// <param name="positions">Their numbers, ascending.</param>
    public static IEnumerable<WrittenTensor> Of(Tensor tensor, IReadOnlyList<long> positions)
    {
        yield return new(tensor.Name + Positions, DType.I64, [positions.Count], stream =>
        {
            Span<byte> number = stackalloc byte[sizeof(long)];
            foreach (var position in positions)
            {
                BinaryPrimitives.WriteInt64LittleEndian(number, position);
                stream.Write(number);
            }
        });
        yield return new(tensor.Name + Values, tensor.Type, [positions.Count], stream => stream.Write(Picked(tensor, positions)));
    }

    /// <summary>What the file keeps of a tensor; null where it keeps nothing.</summary>
    /// <param name="removed">The tensors of the file by name.</param>
    /// <param name="tensor">The tensor, as it is.</param>
    /// <exception cref="MergeException">The file does not go with the tensor.</exception>
    public static (long[] Positions, byte[] Elements)? Read(IReadOnlyDictionary<string, Tensor> removed, Tensor tensor)
    {
        if (!removed.TryGetValue(tensor.Name + Positions, out var places) || !removed.TryGetValue(tensor.Name + Values, out var values))
        {
            return null;
        }

        var bytes = StoredTensors.Bytes(places);
        var positions = new long[places.Count];
        for (var k = 0; k < positions.Length && places.Type == DType.I64; k++)
        {
            positions[k] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(k * sizeof(long)));
        }

        return places.Type == DType.I64 && values.Type == tensor.Type && values.Count == places.Count && Array.TrueForAll(positions, position => position >= 0 && position < tensor.Count)
            ? (positions, StoredTensors.Bytes(values))
            : throw new MergeException($"{places.Bytes.Path}: what it keeps of '{tensor.Name}' does not go with {tensor.TypeName} {tensor.ShapeText}");
    }

    private static byte[] Picked(Tensor tensor, IReadOnlyList<long> positions)
    {
        var (bytes, size) = (StoredTensors.Bytes(tensor), tensor.Type.Bits() / 8);
        return [.. positions.SelectMany(position => bytes.AsSpan(checked((int)(position * size)), size).ToArray())];
    }
}
