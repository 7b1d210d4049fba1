using Eigenscope.Dynamics;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Integrators;

public sealed class SingularValueStepTests
{
    /// <summary>A million steps in all: of every size from 1e-6 to 10, from values that nearly collide, vanish or coincide, with ordinary and with huge noise.</summary>
    [Theory]
    [InlineData(9, 4, 400_000)]
    [InlineData(4, 4, 400_000)]
    [InlineData(3, 1, 100_000)]
    [InlineData(1, 1, 50_000)]
    [InlineData(12, 12, 30_000)]
    [InlineData(30, 20, 20_000)]
    public void Every_step_is_ordered_and_positive(int rows, int columns, int steps)
    {
        var random = new Sampling(17);
        var (sigma, normal) = (new double[columns], new double[columns]);
        var step = new SingularValueStep(rows, columns, 0.7, 0.6);
        for (var i = 0; i < steps; i++)
        {
            Disturb(sigma, i, random);
            var dt = Math.Exp((random.Uniform() * Math.Log(1e7)) + Math.Log(1e-6));
            for (var k = 0; k < columns; k++)
            {
                normal[k] = (i % 101 == 0 ? 30 : 1) * random.Normal();
            }

            step.Advance(sigma, dt, normal);
            if (!IsOrdered(sigma))
            {
                Assert.Fail($"step {i} of {dt} ends at {string.Join(' ', sigma)}");
            }
        }
    }

    [Theory]
    [InlineData(9, 4)]
    [InlineData(5, 5)]
    [InlineData(80, 60)]
    public void The_minimum_has_no_slope(int rows, int columns)
    {
        var random = new Sampling(3);
        var (x, y) = (new double[columns], new double[columns]);
        var (wall, repulsion) = (0.05 * (rows - columns), 0.05);
        for (var round = 0; round < 20; round++)
        {
            Array.Clear(x);
            for (var k = 0; k < columns; k++)
            {
                y[k] = 3 * random.Normal();
            }

            var steps = new ConeMinimizer(columns).Minimize(x, y, wall, repulsion);
            Assert.InRange(steps, 1, 60);
            for (var k = 0; k < columns; k++)
            {
                var (slope, scale) = (x[k] - y[k] - (wall / x[k]), 1 + Math.Abs(y[k]) + (wall / x[k]));
                for (var j = 0; j < columns; j++)
                {
                    var term = j == k ? 0 : 2 * repulsion * x[k] / ((x[k] - x[j]) * (x[k] + x[j]));
                    (slope, scale) = (slope - term, scale + Math.Abs(term));
                }

                // The last decrement is below 1e-6, so x is off by 1e-12 of a gap; the terms are sums of some tens of inverse gaps.
                Assert.Equal(0, slope / scale, 1e-9);
            }
        }
    }

    [Fact]
    public void One_value_is_the_root_of_a_quadratic()
    {
        double[] x = [0];
        new ConeMinimizer(1).Minimize(x, [-1e8], 1, 0.5);
        // x^2 + 1e8 x - 1 = 0.
        Assert.Equal(1e-8, x[0], 1e-22);
    }

    [Fact]
    public void The_squared_length_grows_by_what_the_noise_brings()
    {
        double[] sigma = [0.5, 1, 2];
        new SingularValueStep(7, 3, 0.4).Advance(sigma, 0.1, [0, 0, 0]);
        // Without the noise of the values themselves: |sigma|^2 + s^2 dt M (N - 1).
        Assert.Equal(5.25 + (0.16 * 0.1 * 3 * 6), sigma.Sum(x => x * x), 1e-12);
    }

    [Fact]
    public void Without_noise_values_decay_and_pass_each_other()
    {
        double[] sigma = [1, 2];
        new SingularValueStep(3, 2, 0, Math.Log(2), (_, g) => (g[0], g[1]) = (-1, 0)).Advance(sigma, 1, [5, 5]);
        Assert.Equal([1.0, 1.5], sigma.Select(x => Math.Round(x, 12)));
    }

    [Theory]
    [InlineData(9, 4)]
    [InlineData(20, 20)]
    public void Steps_allocate_nothing(int rows, int columns)
    {
        var step = new SingularValueStep(rows, columns, 1, 0.5);
        var (sigma, normal) = (new double[columns], new double[columns]);
        Allocations.None(() => step.Advance(sigma, 0.01, normal));
    }

    private static void Disturb(double[] sigma, int i, Sampling random)
    {
        switch (i % 50)
        {
            case 10:
                Array.Clear(sigma);
                break;
            case 20:
                Array.Fill(sigma, random.Uniform());
                break;
            case 30 when sigma.Length > 1:
                sigma[^2] = Math.BitDecrement(sigma[^1]);
                Array.Sort(sigma);
                break;
            case 40:
                sigma[0] *= 1e-12;
                break;
        }
    }

    private static bool IsOrdered(double[] sigma)
    {
        var ordered = sigma[0] > 0 && double.IsFinite(sigma[^1]);
        for (var k = 1; k < sigma.Length; k++)
        {
            ordered &= sigma[k] > sigma[k - 1];
        }

        return ordered;
    }
}
