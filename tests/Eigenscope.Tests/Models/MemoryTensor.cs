using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Eigenscope.Models;
using Eigenscope.Tests.Models.Zip;

namespace Eigenscope.Tests.Models;

/// <summary>Tensors whose elements lie in memory.</summary>
internal static class MemoryTensor
{
    /// <summary>A dense row-major tensor of singles.</summary>
    public static Tensor F32(string name, long[] shape, params float[] values) =>
        new(name, DType.F32, shape, new MemoryBytes(MemoryMarshal.AsBytes<float>(values).ToArray()), 0);

    /// <summary>A dense row-major tensor of doubles.</summary>
    public static Tensor F64(string name, long[] shape, params double[] values) =>
        new(name, DType.F64, shape, new MemoryBytes(MemoryMarshal.AsBytes<double>(values).ToArray()), 0);

    /// <summary>A dense row-major tensor of doubles in which element k is k.</summary>
    public static Tensor Counting(string name, params long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        return F64(name, shape, [.. Enumerable.Range(0, count).Select(k => (double)k)]);
    }

    /// <summary>Singles most significant byte first, with strides of their own.</summary>
    public static Tensor BigEndian(string name, long[] shape, long[] strides, params float[] values)
    {
        var bytes = new byte[sizeof(float) * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(sizeof(float) * i), values[i]);
        }

        return new Tensor(name, DType.F32, shape, strides, new MemoryBytes(bytes), 0, bigEndian: true);
    }

    /// <summary>A model of such tensors.</summary>
    public static Model Model(string? architecture, params Tensor[] tensors) => Described(new ModelTraits(architecture), tensors);

    /// <summary>A model of such tensors, with what its files say of the network.</summary>
    public static Model Described(ModelTraits traits, params Tensor[] tensors) =>
        new("memory", "safetensors", traits, [.. tensors.Select(tensor => tensor.Bytes).Distinct()], tensors);
}
