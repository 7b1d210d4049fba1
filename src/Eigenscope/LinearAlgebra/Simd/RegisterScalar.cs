using System.Runtime.CompilerServices;

namespace Eigenscope.LinearAlgebra.Simd;

/// <summary>One double: no SIMD at all.</summary>
internal readonly unsafe struct RegisterScalar(double lane) : IRegister<RegisterScalar>
{
    private readonly double lane = lane;

    public static int Lanes => 1;

    public static RegisterScalar Zero => new(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RegisterScalar Load(double* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RegisterScalar Broadcast(double* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RegisterScalar Add(RegisterScalar a, RegisterScalar b) => new(a.lane + b.lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RegisterScalar Subtract(RegisterScalar a, RegisterScalar b) => new(a.lane - b.lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RegisterScalar MultiplyAdd(RegisterScalar a, RegisterScalar b, RegisterScalar c) =>
        new(Math.FusedMultiplyAdd(a.lane, b.lane, c.lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* to) => *to = lane;
}
