namespace Eigenscope.Models;

/// <summary>How the elements of a tensor follow from what is stored, where they are not stored one by one: blocks with a scale, integers with scales in other tensors.</summary>
public abstract class Quantization
{
    /// <summary>The scheme as results name it, such as <c>Q4_K</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The relative step of a value near the top of its range, as <see cref="DTypes.Epsilon"/> gives it for plain types.</summary>
    public abstract double Epsilon { get; }

    /// <summary>True where every value is a float32.</summary>
    public virtual bool IsSingle => true;

    /// <summary>Why values cannot be read, as a short clause; null where they can.</summary>
    public virtual string? Unreadable => null;

    /// <summary>How many bytes of <see cref="Tensor.Bytes"/>, from <see cref="Tensor.Offset"/> on, hold the first <paramref name="elements"/> elements.</summary>
    internal abstract Int128 BytesOf(Int128 elements);

    /// <summary>Reads consecutive elements.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="first">The first of them, in the order in which they are stored.</param>
    /// <param name="to">Where they go, widened to float64.</param>
    /// <exception cref="ModelFormatException">What is stored is broken.</exception>
    internal abstract void Read(Tensor tensor, long first, Span<double> to);
}
