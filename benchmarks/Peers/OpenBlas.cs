using System.Runtime.InteropServices;
using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Lapack;
using Eigenscope.Models;

namespace Eigenscope.Benchmarks.Peers;

/// <summary>
/// What the installed LAPACK, OpenBLAS as a rule, does of the same work. Each action may be run many times; its memory is taken and touched
/// beforehand, and only conversions and copies that its user would need as well are part of it.
/// </summary>
internal static unsafe class OpenBlas
{
    private static LapackRoutines Routines => LapackLibrary.Installed.Routines;

    /// <summary>C := A B of order n in float64.</summary>
    public static Action Gemm(int n)
    {
        AlignedBuffer a = Noise(n, n), b = Noise(n, n), c = new((long)n * n);
        return () => Routines.Gemm(n, a.Pointer, b.Pointer, 0, c.Pointer);
    }

    /// <summary>The lower triangle of C := C + A A^T in float64, A of order x depth.</summary>
    public static Action Syrk(int order, int depth)
    {
        AlignedBuffer a = Noise(order, depth), c = new((long)order * order);
        return () => Routines.Syrk(transposed: false, order, depth, a.Pointer, c.Pointer);
    }

    /// <summary>All eigenvalues of the smaller Gram matrix: W to float64, dsyrk, dsyevd('N').</summary>
    public static Action GramEigenvalues(FloatMatrix w)
    {
        int order = Math.Min(w.Rows, w.Columns), depth = Math.Max(w.Rows, w.Columns);
        AlignedBuffer wide = new((long)order * depth), gram = new((long)order * order);
        return () =>
        {
            Widen(w, wide);
            gram.Clear();
            Routines.Syrk(transposed: w.Columns > w.Rows, order, depth, wide.Pointer, gram.Pointer);
            Routines.Syevd(order, gram.Pointer);
        };
    }

    /// <summary>The same for every matrix of a model, which lies in memory as float32, one after another.</summary>
    public static Action GramEigenvalues(SyntheticModel model)
    {
        var shapes = model.Tensors.Select(tensor => (tensor.Rows, tensor.Columns)).ToList();
        var one = shapes.Distinct().ToDictionary(shape => shape, shape => GramEigenvalues(FloatMatrix.Noise(shape.Rows, shape.Columns)));
        return () => shapes.ForEach(shape => one[shape]());
    }

    /// <summary>All singular values in float32: a copy of W, sgesdd('N').</summary>
    public static Action Singles(FloatMatrix w)
    {
        var copy = new float[w.Values.Length];
        return () =>
        {
            w.Values.CopyTo(copy, 0);
            fixed (float* values = copy)
            {
                Routines.Gesdd(w.Columns, w.Rows, values);
            }
        };
    }

    /// <summary>All singular values in float64: W to float64, dgesdd('N').</summary>
    public static Action Doubles(FloatMatrix w)
    {
        var wide = new AlignedBuffer(w.Values.Length);
        return () =>
        {
            Widen(w, wide);
            Routines.Gesdd(w.Columns, w.Rows, wide.Pointer);
        };
    }

    private static void Widen(FloatMatrix w, AlignedBuffer to) =>
        Widening.ToDouble(DType.F32, bigEndian: false, MemoryMarshal.AsBytes(w.Values.AsSpan()), to.Span(0, w.Values.Length));

    private static AlignedBuffer Noise(int rows, int columns)
    {
        var values = new AlignedBuffer((long)rows * columns);
        Widen(FloatMatrix.Noise(rows, columns), values);
        return values;
    }
}
