using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>
/// Weights before training: independent normal numbers, so that the spectrum of each matrix begins as the Marchenko-Pastur law. Every parameter has a sequence of its own, by its place. Biases stay zero,
/// scales of normalisations one.
/// </summary>
internal static class InitialWeights
{
    /// <summary>Normal numbers of a standard deviation for one parameter.</summary>
    public static void Draw(Parameter parameter, double deviation, ulong seed, int place)
    {
        var draws = new NormalDraws(Seeds.Of(seed, Seeds.Use.Weights, place));
        foreach (ref var weight in parameter.Value.Elements)
        {
            weight = deviation * draws.Next();
        }
    }

    /// <summary>1 / sqrt(inputs): outputs as large as inputs.</summary>
    public static double Deviation(Parameter weight) => 1 / Math.Sqrt(weight.Shape[1]);
}
