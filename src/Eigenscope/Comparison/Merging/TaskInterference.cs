using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>
/// Singular task interference (Gargiulo et al. 2025): the leading singular vectors of all tasks side by side, U and V, are orthonormal only where the tasks do not meet, and
/// |(U^T U - I) S (V^T V - I)|_1, summed over the absolute values of its elements, is 0 then.
/// </summary>
internal static class TaskInterference
{
    /// <summary>The interference over sum s, so that it does not grow with the scale of the changes.</summary>
    public static double Of(IReadOnlyList<TaskChange> tasks)
    {
        var perTask = Math.Max(1, tasks[0].SingularValues.Count / tasks.Count);
        double[][] u = [.. tasks.SelectMany(task => task.Vectors.Left.Take(perTask))], v = [.. tasks.SelectMany(task => task.Vectors.Right.Take(perTask))];
        double[] s = [.. tasks.SelectMany(task => task.Vectors.SingularValues.Take(perTask))];
        double[,] left = Departure(u), right = Departure(v);
        var sum = 0.0;
        for (var i = 0; i < s.Length; i++)
        {
            for (var j = 0; j < s.Length; j++)
            {
                var element = 0.0;
                for (var k = 0; k < s.Length; k++)
                {
                    element += left[i, k] * s[k] * right[k, j];
                }

                sum += Math.Abs(element);
            }
        }

        return sum / s.Sum();
    }

    /// <summary>X^T X - I.</summary>
    private static double[,] Departure(double[][] vectors)
    {
        var result = new double[vectors.Length, vectors.Length];
        for (var i = 0; i < vectors.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                result[i, j] = result[j, i] = Lanes.Dot(vectors[i], vectors[j]) - (i == j ? 1 : 0);
            }
        }

        return result;
    }
}
