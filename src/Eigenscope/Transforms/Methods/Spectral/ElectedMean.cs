using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>TIES (Yadav, Tam, Choshen, Raffel and Bansal 2023) on matrices of one shape: the largest elements of each, the sign of their sum at every place, and the mean of those that have it.</summary>
internal static class ElectedMean
{
    /// <summary>Merges the matrices.</summary>
    /// <param name="matrices">The matrices, which are overwritten.</param>
    /// <param name="weights">Their weights, each above 0: for the sign and for the mean.</param>
    /// <param name="density">The share of the elements of each that is kept, the largest by magnitude.</param>
    public static RowMajor Of(IReadOnlyList<RowMajor> matrices, IReadOnlyList<double> weights, double density)
    {
        foreach (var matrix in matrices)
        {
            Trim(matrix.Elements, density);
        }

        var merged = new RowMajor(matrices[0].Rows, matrices[0].Columns);
        for (var k = 0; k < merged.Count; k++)
        {
            merged.Values[k] = Merged(matrices, weights, k);
        }

        return merged;
    }

    /// <summary>Clears what is smaller than the element that stands at the density; equal ones stay together.</summary>
    private static void Trim(Span<double> values, double density)
    {
        var dropped = values.Length - (int)(values.Length * density);
        if (dropped == 0)
        {
            return;
        }

        var magnitudes = new double[values.Length];
        for (var k = 0; k < magnitudes.Length; k++)
        {
            magnitudes[k] = Math.Abs(values[k]);
        }

        Array.Sort(magnitudes);
        foreach (ref var value in values)
        {
            value = Math.Abs(value) >= magnitudes[dropped - 1] ? value : 0;
        }
    }

    private static double Merged(IReadOnlyList<RowMajor> matrices, IReadOnlyList<double> weights, int k)
    {
        var (sum, signs) = (0.0, 0);
        for (var i = 0; i < matrices.Count; i++)
        {
            sum += weights[i] * matrices[i].Values[k];
            signs += Math.Sign(matrices[i].Values[k]);
        }

        var sign = sum != 0 ? Math.Sign(sum) : Math.Sign(signs);
        var (total, weight) = (0.0, 0.0);
        for (var i = 0; i < matrices.Count; i++)
        {
            if (sign != 0 && Math.Sign(matrices[i].Values[k]) == sign)
            {
                total += weights[i] * matrices[i].Values[k];
                weight += weights[i];
            }
        }

        return weight > 0 ? total / weight : 0;
    }
}
