using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed unsafe class LanesTests
{
    public static TheoryData<int> Lengths => [0, 8, 16, 24, 256];

    [Fact]
    public void Adds_lanes_in_a_fixed_tree()
    {
        double[] x = [1e16, 1, -1e16, 3, 0.5, 7, 1e-3, 11];
        var expected = ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
        Assert.Equal(expected, Lanes.Sum(Vector512.Create(x)));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Multiplies_in_eight_chains(int length)
    {
        var (x, y) = (new Draws(1).Normals(length), new Draws(2).Normals(length));
        fixed (double* px = x, py = y)
        {
            Assert.Equal(Lanes.Sum(Vector512.Create(Chains(x, y))), Lanes.Dot(px, py, length));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Adds_multiples_with_one_rounding_each(int length)
    {
        var (x, y, z) = (new Draws(1).Normals(length), new Draws(2).Normals(length), new Draws(3).Normals(length));
        var (one, two) = (y.ToArray(), z.ToArray());
        fixed (double* px = x, py = y, p1 = one, p2 = two)
        {
            Lanes.AddScaled(0.3, px, p1, length);
            Lanes.AddScaled(0.3, px, -0.7, py, p2, length);
        }

        Assert.Equal(x.Zip(y, (a, b) => Math.FusedMultiplyAdd(0.3, a, b)), one);
        Assert.Equal(x.Zip(y).Zip(z, (p, c) => Math.FusedMultiplyAdd(-0.7, p.Second, Math.FusedMultiplyAdd(0.3, p.First, c))), two);
    }

    [Fact]
    public void Scales_every_element()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8];
        fixed (double* p = x)
        {
            Lanes.Scale(-2, p, x.Length);
        }

        Assert.Equal([-2, -4, -6, -8, -10, -12, -14, -16], x);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Finds_what_is_not_finite_in_every_place(double value)
    {
        for (var place = 0; place < 24; place++)
        {
            var x = new double[24];
            (x[place], x[23 - place]) = (-double.MaxValue, double.MaxValue);
            fixed (double* p = x)
            {
                Assert.True(Lanes.AllFinite(p, x.Length));
                x[place] = value;
                Assert.False(Lanes.AllFinite(p, x.Length));
            }
        }
    }

    [Fact]
    public void Finds_the_largest_magnitude_in_every_place()
    {
        for (var place = 0; place < 24; place++)
        {
            var x = new Draws(place).Normals(24);
            x[place] = -9;
            fixed (double* p = x)
            {
                Assert.Equal(9, Lanes.LargestMagnitude(p, x.Length));
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 8)]
    [InlineData(23, 16)]
    public void Begins_a_group_at_a_multiple_of_eight(int i, int start) => Assert.Equal(start, Lanes.Floor(i));

    private static double[] Chains(double[] x, double[] y)
    {
        var chains = new double[Lanes.Count];
        for (var i = 0; i < x.Length; i++)
        {
            chains[i % Lanes.Count] = Math.FusedMultiplyAdd(x[i], y[i], chains[i % Lanes.Count]);
        }

        return chains;
    }
}
