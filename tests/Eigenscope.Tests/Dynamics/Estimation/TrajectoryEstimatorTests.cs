using Eigenscope.Dynamics;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Estimation;

/// <summary>Noise and drift as checkpoints show them, on descents of known noise.</summary>
public sealed class TrajectoryEstimatorTests
{
    private const double Errors = 5;
    private const double Eta = 0.1;
    private const double C = 0.04;

    [Fact]
    public void Steps_without_momentum_diffuse_by_eta_squared_c()
    {
        var noise = DisplacementNoise.Of(Descent(momentum: 0, elements: 4000, checkpoints: 17, between: 5), 5);
        Assert.Equal(3, noise.Levels.Count);
        Assert.Equal([5.0, 10, 20], noise.Levels.Select(level => level.Steps));
        Assert.All(noise.Levels, level => Assert.InRange(level.Diffusion.Value, (Eta * Eta * C) - (Errors * level.Diffusion.StandardError), (Eta * Eta * C) + (Errors * level.Diffusion.StandardError)));
        Assert.True(noise.IsPlateau);
        Assert.Equal(noise.Levels[0].Diffusion, noise.Diffusion);
    }

    [Fact]
    public void Momentum_hides_noise_from_short_blocks_by_the_stated_share()
    {
        const double Mu = 0.8;
        var noise = DisplacementNoise.Of(Descent(Mu, elements: 4000, checkpoints: 17, between: 3), 3);
        var s2 = MomentumNoise.Diffusion(Eta, C, Mu);
        Assert.All(noise.Levels, level => Assert.InRange(
            level.Diffusion.Value,
            (s2 * MomentumNoise.DifferenceShare(Mu, level.Steps)) - (Errors * level.Diffusion.StandardError),
            (s2 * MomentumNoise.DifferenceShare(Mu, level.Steps)) + (Errors * level.Diffusion.StandardError)));
        Assert.False(noise.IsPlateau);
        Assert.Null(noise.Diffusion);
        Assert.Contains("grows", noise.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Formulas_of_momentum_agree_with_each_other()
    {
        foreach (var mu in new[] { 0, 0.3, 0.9 })
        {
            Assert.Equal(MomentumNoise.StepVariance(Eta, C, mu), MomentumNoise.Diffusion(Eta, C, mu) * MomentumNoise.DisplacementShare(mu, 1), 1e-15);
            Assert.Equal(MomentumNoise.SecondDifference(Eta, C, mu), MomentumNoise.Diffusion(Eta, C, mu) * MomentumNoise.DifferenceShare(mu, 1), 1e-15);
            Assert.Equal(1, MomentumNoise.DisplacementShare(mu, 1e9), 1e-7);
        }

        Assert.Equal(190, MomentumNoise.Diffusion(Eta, C, 0.9) / MomentumNoise.SecondDifference(Eta, C, 0.9), 1e-9);
        Assert.Equal(1, MomentumNoise.EffectiveRate(0.1, 0.9), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => MomentumNoise.Diffusion(Eta, C, 1));
    }

    [Fact]
    public void The_relaxation_factor_is_that_of_the_pull()
    {
        var random = new Sampling(8);
        const double Phi = 0.97, S = 0.01;
        const int Steps = 10, Elements = 20000;
        var (first, second) = (new double[Elements], new double[Elements]);
        for (var i = 0; i < Elements; i++)
        {
            var w = random.Normal();
            foreach (var move in new[] { first, second })
            {
                var from = w;
                for (var step = 0; step < Steps; step++)
                {
                    w = (Phi * w) + (S * random.Normal());
                }

                move[i] = w - from;
            }
        }

        // The mean square of a move is about 0.07; noise of 1e-3 beside it leaves phi^w within 2 % at five errors, and phi within a tenth of that. The pull acts on the noise too, within a block: another 0.2 %.
        Assert.Equal(Phi, RelaxationFactor.Of(first, second, S * S, Steps).Factor!.Value, 0.004);
        Assert.NotNull(RelaxationFactor.Of(first, second, 1, Steps).Reason);
        Assert.NotNull(RelaxationFactor.Of([1, 2], [-1, 0], 0, 1).Reason);
        Assert.Equal(0.5, RelaxationFactor.Of([2, 4], [0.5, 1], 0, 2).Factor!.Value, 1e-15);
    }

    [Fact]
    public void Too_few_checkpoints_are_no_plateau()
    {
        var noise = DisplacementNoise.Of([[0.0, 0], [1, 1], [2, 4]], 1);
        // Second differences 0 and 2: halves of squares 0 and 2.
        Assert.Equal(1, Assert.Single(noise.Levels).Diffusion.Value, 1e-15);
        Assert.False(noise.IsPlateau);
        Assert.Equal(1, DisplacementNoise.OfMoves([1, 1], [1, 3], 1).Value, 1e-15);
        Assert.Throws<ArgumentException>(() => DisplacementNoise.Of([[0.0], [1]], 1));
    }

    /// <summary>Checkpoints of a descent with a steady drift, after a run-up of 100 steps.</summary>
    private static double[][] Descent(double momentum, int elements, int checkpoints, int between)
    {
        var random = new Sampling(7);
        var result = Enumerable.Range(0, checkpoints).Select(_ => new double[elements]).ToArray();
        for (var i = 0; i < elements; i++)
        {
            var (w, v) = (0.0, 0.0);
            for (var step = -100; step <= (checkpoints - 1) * between; step++)
            {
                v = (momentum * v) + 0.1 + (Math.Sqrt(C) * random.Normal());
                w -= Eta * v;
                if (step >= 0 && step % between == 0)
                {
                    result[step / between][i] = w;
                }
            }
        }

        return result;
    }
}
