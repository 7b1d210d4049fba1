using System.Buffers.Binary;
using Eigenscope.Models;

namespace Eigenscope.Tests.Models.Numpy;

/// <summary>The elements of a small tensor in row-major order, read through its strides; a complex element gives two numbers.</summary>
internal static class StoredValues
{
    public static double[] Of(Tensor tensor)
    {
        var values = new List<double>();
        for (var n = 0L; n < tensor.Count; n++)
        {
            values.AddRange(Element(tensor, Place(tensor, n)));
        }

        return [.. values];
    }

    private static long Place(Tensor tensor, long n)
    {
        var place = 0L;
        for (var axis = tensor.Shape.Count - 1; axis >= 0; axis--)
        {
            place += n % tensor.Shape[axis] * tensor.Strides[axis];
            n /= tensor.Shape[axis];
        }

        return place;
    }

    private static double[] Element(Tensor tensor, long place)
    {
        var size = tensor.Type.Bits() / 8;
        var bytes = tensor.Bytes.ReadArray(tensor.Offset + (place * size), size);
        if (tensor.Type is DType.Complex64 or DType.Complex128)
        {
            var part = tensor.Type == DType.Complex64 ? DType.F32 : DType.F64;
            return [Real(part, bytes[..(size / 2)], tensor.BigEndian), Real(part, bytes[(size / 2)..], tensor.BigEndian)];
        }

        return [Real(tensor.Type, bytes, tensor.BigEndian)];
    }

    private static double Real(DType type, byte[] bytes, bool bigEndian)
    {
        if (bigEndian)
        {
            Array.Reverse(bytes);
        }

        return type switch
        {
            DType.Bool or DType.U8 => bytes[0],
            DType.I8 => (sbyte)bytes[0],
            DType.I16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            DType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            DType.I32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            DType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            DType.I64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            DType.U64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            DType.F16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            DType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
            DType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            DType.F64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            _ => throw new NotSupportedException(type.ToString()),
        };
    }
}
