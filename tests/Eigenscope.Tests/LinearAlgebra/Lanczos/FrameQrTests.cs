using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Lanczos;

/// <summary>Y = Q R with an orthonormal Q, whatever Y is.</summary>
public sealed unsafe class FrameQrTests
{
    private const int Width = Frame.Width;
    private const double Epsilon = 2.220446049250313e-16;

    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(100)]
    [InlineData(1000)]
    public void A_random_frame(int length)
    {
        var (y, r) = Factored(Drawn(length), out var q);
        IsProduct(y, q, r, 0);
        IsOrthonormal(q, 1000);
    }

    /// <summary>Vectors 5, 6 and 23 repeat others, so nothing of them is left but rounding.</summary>
    [Fact]
    public void Dependent_vectors_are_replaced()
    {
        var dependent = Drawn(200);
        for (var k = 0; k < 200; k++)
        {
            var x = dependent.Pointer + (k * Width);
            (x[5], x[6], x[23]) = (x[1], x[2] + x[3], -x[1]);
        }

        var (y, r) = Factored(dependent, out var q);
        Assert.Equal((0, 0, 0), (r[(5 * Width) + 5], r[(6 * Width) + 6], r[(23 * Width) + 23]));
        IsProduct(y, q, r, 1e-12);
        IsOrthonormal(q, 1000);
    }

    [Fact]
    public void A_zero_frame_becomes_a_random_one()
    {
        var (_, r) = Factored(new Frame(60), out var q);
        Assert.All(Enumerable.Range(0, Width), i => Assert.Equal(0, r[(i * Width) + i]));
        IsOrthonormal(q, 1000);
    }

    private static Frame Drawn(int length)
    {
        var (frame, draws) = (new Frame(length), new NormalDraws(7));
        for (var i = 0; i < Width; i++)
        {
            frame.Draw(i, draws);
        }

        return frame;
    }

    private static (double[] Y, double[] R) Factored(Frame frame, out double[] q)
    {
        using (frame)
        {
            var (y, r) = (Elements(frame), new double[Width * Width]);
            FrameQr.Factor(frame, r, 1e-12, new NormalDraws(1));
            q = Elements(frame);
            return (y, r);
        }
    }

    private static double[] Elements(Frame frame) => new Span<double>(frame.Pointer, frame.Padded * Width).ToArray();

    /// <summary>Rounding is a few eps for each of the 24 steps, relative to the longest vector.</summary>
    private static void IsProduct(double[] y, double[] q, double[] r, double allowance)
    {
        var bound = (100 * Width * Epsilon * Math.Sqrt(y.Sum(x => x * x))) + allowance;
        for (var k = 0; k < y.Length; k++)
        {
            var (row, j) = (k / Width, k % Width);
            Assert.Equal(y[k], Enumerable.Range(0, Width).Sum(i => q[(row * Width) + i] * r[(i * Width) + j]), bound);
        }
    }

    /// <summary>Modified Gram-Schmidt: eps times the condition number, which is below 1000 / 24 for these.</summary>
    private static void IsOrthonormal(double[] q, double condition)
    {
        for (var i = 0; i < Width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = Enumerable.Range(0, q.Length / Width).Sum(k => q[(k * Width) + i] * q[(k * Width) + j]);
                Assert.Equal(i == j ? 1 : 0, product, condition * Epsilon);
            }
        }
    }
}
