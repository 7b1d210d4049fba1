namespace Eigenscope.Comparison;

/// <summary>One way in which a matrix becomes another.</summary>
/// <param name="Kind">The verdict that is right.</param>
/// <param name="Name">What is done, and how strongly.</param>
/// <param name="Of">From B, N x M, to A.</param>
internal sealed record ChangeCase(ChangeKind Kind, string Name, Func<double[], int, int, CaseDraws, double[]> Of);

/// <summary>The number types in which matrices of a calibration are stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bits">Its bits behind the point.</param>
internal sealed record StoredType(string Name, int Bits)
{
    public static StoredType[] All { get; } = [new("F32", 23), new("F16", 10), new("BF16", 7)];

    /// <summary>The relative spacing of its values.</summary>
    public double Epsilon => Math.Pow(2, -Bits);

    /// <summary>The nearest value of the type, as far as its exponents reach.</summary>
    public double Round(double x) => x == 0 ? 0 : Math.ScaleB(Math.Round(Math.ScaleB(x, Bits - Math.ILogB(x))), Math.ILogB(x) - Bits);

    /// <summary>All values rounded.</summary>
    public double[] Round(double[] values) => Array.ConvertAll(values, Round);
}

/// <summary>Random numbers of a case.</summary>
internal sealed class CaseDraws(Statistics.Sampling random)
{
    /// <summary>Standard normal ones.</summary>
    public double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => random.Uniform() < probability;

    /// <summary>A matrix of a rank whose directions become weaker, N x M.</summary>
    public double[] LowRank(int n, int m, int rank)
    {
        var sum = new double[n * m];
        for (var k = 0; k < rank; k++)
        {
            double[] u = Normals(n), v = Normals(m);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < m; j++)
                {
                    sum[(i * m) + j] += u[i] * v[j] / (1 + (0.3 * k));
                }
            }
        }

        return sum;
    }
}
