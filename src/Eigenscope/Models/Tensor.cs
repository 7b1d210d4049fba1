using System.Buffers;
using Eigenscope.Models.Layers;

namespace Eigenscope.Models;

/// <summary>
/// A named array in a model file: its type, shape and where its elements lie. Nothing is read until it is asked for.
/// </summary>
/// <remarks>
/// Element (i, j, ...) lies at byte <see cref="Offset"/> + (i * <see cref="Strides"/>[0] + j * <see cref="Strides"/>[1] + ...) * itemsize of
/// <see cref="Bytes"/>, or follows from what lies there by <see cref="Quantization"/>. Strides count elements, are never negative and may be zero. The constructor
/// checks that every element lies inside.
/// </remarks>
public sealed class Tensor
{
    /// <summary>Makes a tensor whose elements lie densely in row-major (C) order.</summary>
    /// <exception cref="ModelFormatException">It reaches past the end of its bytes.</exception>
    public Tensor(string name, DType type, IReadOnlyList<long> shape, ByteSource bytes, long offset, bool bigEndian = false)
        : this(name, type, shape, RowMajor(shape), bytes, offset, bigEndian)
    {
    }

    /// <summary>Makes a tensor with strides of its own, counted in elements.</summary>
    /// <exception cref="ModelFormatException">It reaches past the end of its bytes, or has a negative size or stride.</exception>
    public Tensor(string name, DType type, IReadOnlyList<long> shape, IReadOnlyList<long> strides, ByteSource bytes, long offset, bool bigEndian = false)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Strides = strides;
        Bytes = bytes;
        Offset = offset;
        BigEndian = bigEndian;
        Count = CheckedCount();
        RequireInside();
    }

    /// <summary>Makes a quantised tensor whose elements lie densely in row-major order.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its values.</param>
    /// <param name="shape">The shape of its values.</param>
    /// <param name="bytes">Where it lies.</param>
    /// <param name="offset">Its first byte there.</param>
    /// <param name="quantization">How values follow from bytes.</param>
    /// <exception cref="ModelFormatException">It reaches past the end of its bytes.</exception>
    public Tensor(string name, DType type, IReadOnlyList<long> shape, ByteSource bytes, long offset, Quantization quantization)
    {
        (Name, Type, Shape, Strides, Bytes, Offset, Quantization) = (name, type, shape, RowMajor(shape), bytes, offset, quantization);
        Count = CheckedCount();
        RequireInside();
    }

    /// <summary>The most axes that a tensor may have.</summary>
    public const int MaxRank = 32;

    /// <summary>The most elements that are read from the file at a time.</summary>
    internal const int MostElements = 1 << 16;

    /// <summary>The full name, as in the file.</summary>
    public string Name { get; }

    /// <summary>The element type as stored.</summary>
    public DType Type { get; }

    /// <summary>How the elements follow from what is stored; null where they are stored one by one.</summary>
    public Quantization? Quantization { get; }

    /// <summary>The type as results name it: that of the elements, or the scheme by which they are quantised.</summary>
    public string TypeName => Quantization?.Name ?? Type.Name();

    /// <summary>The relative spacing of the values that can be stored; NaN for types that hold no real numbers.</summary>
    public double Epsilon => Quantization?.Epsilon ?? Type.Epsilon();

    /// <summary>True where every value is a float32.</summary>
    public bool IsSingle => Quantization?.IsSingle ?? Type.Bits() <= 8 * sizeof(float);

    /// <summary>The length of each axis; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The distance, in elements, from one element to the next along each axis.</summary>
    public IReadOnlyList<long> Strides { get; }

    /// <summary>Where the elements lie.</summary>
    public ByteSource Bytes { get; }

    /// <summary>The byte of <see cref="Bytes"/> at which element (0, 0, ...) starts.</summary>
    public long Offset { get; }

    /// <summary>True where multi-byte elements are stored most significant byte first.</summary>
    public bool BigEndian { get; }

    /// <summary>What it is a weight of, where the file's own graph tells; null where only the name can.</summary>
    internal TensorUse? Use { get; init; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The number of bytes that <see cref="Count"/> elements take when stored densely.</summary>
    public long ByteCount => (long)BytesOf(Count);

    /// <summary>The shape as people write it, such as <c>768x2304</c>; <c>scalar</c> for none.</summary>
    public string ShapeText => Shape.Count == 0 ? "scalar" : string.Join('x', Shape);

    /// <summary>The strides of a dense row-major array.</summary>
    public static long[] RowMajor(IReadOnlyList<long> shape)
    {
        var strides = new long[shape.Count];
        var step = 1L;
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step = unchecked(step * Math.Max(1, shape[axis]));
        }

        return strides;
    }

    /// <summary>Has the elements at hand, where they come from far away; they are then read in small pieces.</summary>
    /// <exception cref="ModelFormatException">They cannot be had.</exception>
    internal void Fetch()
    {
        if (Strides.SequenceEqual(RowMajor(Shape)))
        {
            Bytes.Fetch(Offset, ByteCount);
        }
    }

    /// <summary>Reads consecutive elements, in the order in which they are stored, widened to float64.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="to">Where they go.</param>
    /// <exception cref="ModelFormatException">The file ends before them, or what is stored is broken.</exception>
    internal void Read(long first, Span<double> to)
    {
        if (Quantization is not null)
        {
            Quantization.Read(this, first, to);
            return;
        }

        var itemBytes = Type.Bits() / 8;
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(to.Length, MostElements) * itemBytes);
        for (var done = 0; done < to.Length; done += MostElements)
        {
            var part = to.Slice(done, Math.Min(MostElements, to.Length - done));
            var bytes = buffer.AsSpan(0, part.Length * itemBytes);
            Bytes.Read(Offset + ((first + done) * itemBytes), bytes);
            Widening.ToDouble(Type, BigEndian, bytes, part);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {TypeName} {ShapeText}";

    private Int128 BytesOf(Int128 elements) => Quantization?.BytesOf(elements) ?? ((elements * Type.Bits()) + 7) / 8;

    private long CheckedCount()
    {
        if (Shape.Count > MaxRank)
        {
            throw Bad(ModelFault.TooLarge, $"has {Shape.Count} axes, at most {MaxRank} are read");
        }

        var count = (Int128)1;
        foreach (var size in Shape)
        {
            if (size < 0)
            {
                throw Bad(ModelFault.Inconsistent, $"has a negative axis in shape {ShapeText}");
            }

            count *= size;
            if (count > long.MaxValue / Math.Max(8, Type.Bits()))
            {
                throw Bad(ModelFault.TooLarge, $"has shape {ShapeText}: more elements than any file holds");
            }
        }

        return (long)count;
    }

    private void RequireInside()
    {
        var last = (Int128)0;
        for (var axis = 0; axis < Shape.Count; axis++)
        {
            if (Strides[axis] < 0)
            {
                throw Bad(ModelFault.Inconsistent, "has a negative stride");
            }

            last += (Int128)Math.Max(0, Shape[axis] - 1) * Strides[axis];
        }

        var bytes = Count == 0 ? 0 : BytesOf(last + 1);
        if (Offset < 0 || Offset + bytes > Bytes.Length)
        {
            throw Bad(ModelFault.Truncated, $"({TypeName} {ShapeText}) needs {bytes} bytes at {Offset}, and {Bytes.Length} are there");
        }
    }

    private ModelFormatException Bad(ModelFault fault, string what) => new(fault, Bytes.Path, $"tensor '{Name}' {what}");
}
