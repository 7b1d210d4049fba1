using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A block of 24 vectors, one of them in each row of one long panel (see <see cref="Panel"/>): element k of vector i lies at <c>24 k + i</c>. The length is
/// padded with zeros to whole panels.
/// </summary>
internal sealed unsafe class Frame(int length) : IDisposable
{
    /// <summary>Vectors of a frame.</summary>
    public const int Width = Panel.Rows;

    private readonly AlignedBuffer buffer = new(Doubles(length));

    /// <summary>The number of elements of a vector.</summary>
    public int Length { get; } = length;

    /// <summary>The same, rounded up to whole panels.</summary>
    public int Padded { get; } = Panel.Padded(length);

    public double* Pointer => buffer.Pointer;

    /// <summary>The doubles that a frame takes.</summary>
    public static long Doubles(int length) => (long)Panel.Padded(length) * Width;

    /// <summary>The sum of squares of all elements.</summary>
    public double SquaredNorm => Lanes.Dot(Pointer, Pointer, (int)Doubles(Length));

    /// <summary>Up to 24 vectors from the one of index <paramref name="first"/> on; the others are zero.</summary>
    public static Frame Of(IReadOnlyList<double[]> vectors, int first)
    {
        var frame = new Frame(vectors[0].Length);
        for (var i = 0; i < Math.Min(Width, vectors.Count - first); i++)
        {
            for (var k = 0; k < frame.Length; k++)
            {
                frame.Pointer[((nint)k * Width) + i] = vectors[first + i][k];
            }
        }

        return frame;
    }

    public void Clear() => buffer.Clear();

    /// <summary>Fills one vector with independent normal numbers.</summary>
    public void Draw(int vector, NormalDraws draws)
    {
        for (var k = 0; k < Length; k++)
        {
            Pointer[((nint)k * Width) + vector] = draws.Next();
        }
    }

    /// <summary>products[i] := vector i times vector <paramref name="j"/>, each sum in ascending order of the elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Dots(int j, double* products)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default;
        double* x = Pointer, end = x + ((nint)Length * Width);
        for (; x < end; x += Width)
        {
            var factor = Vector512.Create(x[j]);
            s0 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(x), s0);
            s1 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(x + 8), s1);
            s2 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(x + 16), s2);
        }

        s0.Store(products);
        s1.Store(products + 8);
        s2.Store(products + 16);
    }

    /// <summary>Adds factors[i] times vector <paramref name="j"/> to every vector i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddMultiples(int j, double* factors)
    {
        var (f0, f1, f2) = (Vector512.Load(factors), Vector512.Load(factors + 8), Vector512.Load(factors + 16));
        double* x = Pointer, end = x + ((nint)Length * Width);
        for (; x < end; x += Width)
        {
            var element = Vector512.Create(x[j]);
            Vector512.FusedMultiplyAdd(f0, element, Vector512.Load(x)).Store(x);
            Vector512.FusedMultiplyAdd(f1, element, Vector512.Load(x + 8)).Store(x + 8);
            Vector512.FusedMultiplyAdd(f2, element, Vector512.Load(x + 16)).Store(x + 16);
        }
    }

    /// <summary>Multiplies one vector by a number.</summary>
    public void Scale(int vector, double factor)
    {
        for (var k = 0; k < Length; k++)
        {
            Pointer[((nint)k * Width) + vector] *= factor;
        }
    }

    public void Dispose() => buffer.Dispose();
}
