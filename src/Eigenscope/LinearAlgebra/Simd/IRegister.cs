namespace Eigenscope.LinearAlgebra.Simd;

/// <summary>
/// One SIMD register of doubles. Kernels are written once, generic over it; every operation acts on each lane alone and
/// rounds once, so a kernel whose outputs are single lanes gives the same bits in every width.
/// </summary>
internal unsafe interface IRegister<TSelf>
    where TSelf : struct, IRegister<TSelf>
{
    /// <summary>The number of doubles in the register.</summary>
    static abstract int Lanes { get; }

    /// <summary>Zero in every lane.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The doubles at <paramref name="from"/>, at any alignment.</summary>
    static abstract TSelf Load(double* from);

    /// <summary>The double at <paramref name="from"/> in every lane.</summary>
    static abstract TSelf Broadcast(double* from);

    /// <summary>a + b.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>a - b.</summary>
    static abstract TSelf Subtract(TSelf a, TSelf b);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Writes the lanes to <paramref name="to"/>, at any alignment.</summary>
    void Store(double* to);
}
