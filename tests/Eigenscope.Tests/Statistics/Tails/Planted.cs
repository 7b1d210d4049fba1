using Eigenscope.Tests.LinearAlgebra;

namespace Eigenscope.Tests.Statistics.Tails;

/// <summary>Samples of known laws, ascending.</summary>
internal static class Planted
{
    public static double[] PowerLaw(double alpha, int count, int seed) => Sample(count, seed, draws => Math.Pow(1 - draws.Uniform(), -1 / (alpha - 1)));

    public static double[] Exponential(int count, int seed) => Sample(count, seed, draws => 1 - Math.Log(1 - draws.Uniform()));

    public static double[] Lognormal(double sigma, int count, int seed) => Sample(count, seed, draws => Math.Exp(sigma * draws.Normal()));

    private static double[] Sample(int count, int seed, Func<Draws, double> draw)
    {
        var draws = new Draws(seed);
        return [.. Enumerable.Range(0, count).Select(_ => draw(draws)).Order()];
    }
}
