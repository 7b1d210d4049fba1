namespace Eigenscope.Comparison;

/// <summary>The changes that verdicts are calibrated on: each kind, in several strengths.</summary>
internal static class ChangeCases
{
    /// <summary>Fractions of the largest magnitude at the levels of a four-bit normal float (Dettmers et al. 2023), to three digits.</summary>
    private static readonly double[] NormalFloats = [-1, -0.696, -0.525, -0.395, -0.284, -0.185, -0.091, 0, 0.080, 0.161, 0.246, 0.338, 0.441, 0.563, 0.723, 1];

    public static IReadOnlyList<ChangeCase> All { get; } =
    [
        new(ChangeKind.Identical, "the same", (b, _, _, _) => b),
        .. from factor in (double[])[0.5, 0.9, 1.02, 3] select new ChangeCase(ChangeKind.Rescaled, $"times {factor}", (b, _, _, _) => Array.ConvertAll(b, x => factor * x)),
        .. from bits in (int[])[8, 4, 3] select new ChangeCase(ChangeKind.Quantised, $"{bits} bits, one scale", (b, _, _, _) => Uniform(b, b.Length, bits)),
        .. from bits in (int[])[8, 4] select new ChangeCase(ChangeKind.Quantised, $"{bits} bits, a scale a row", (b, _, m, _) => Uniform(b, m, bits)),
        new(ChangeKind.Quantised, "4 bits, a scale for 32", (b, _, _, _) => Uniform(b, 32, 4)),
        new(ChangeKind.Quantised, "4 bits, a scale a column", (b, n, m, _) => Transposed(Uniform(Transposed(b, n, m), n, 4), m, n)),
        new(ChangeKind.Quantised, "normal floats of 4 bits, a scale for 64", (b, _, _, _) => InGroups(b, 64, group => NearestOf(group, NormalFloats))),
        new(ChangeKind.Quantised, "3 bits behind the point", (b, _, _, _) => new StoredType("", 3).Round(b)),
        .. from share in (double[])[0.1, 0.5, 0.9] select new ChangeCase(ChangeKind.Pruned, $"the smallest {share:P0}", (b, _, _, _) => Smallest(b, share)),
        new(ChangeKind.Pruned, "two of four", (b, _, _, _) => InGroups(b, 4, group => Smallest(group, 0.5))),
        new(ChangeKind.Pruned, "30 % at random", (b, _, _, draws) => Array.ConvertAll(b, x => draws.Chance(0.3) ? 0 : x)),
        new(ChangeKind.Pruned, "half, and trained on", (b, n, m, draws) => Masked(Moved(b, draws.Normals(n * m), 0.1), Smallest(b, 0.5))),
        .. from rank in (int[])[1, 4, 8] from norm in (double[])[0.03, 0.3] select new ChangeCase(ChangeKind.AdapterLike, $"rank {rank}, {norm:P0} of the norm", (b, n, m, draws) => Moved(b, draws.LowRank(n, m, rank), norm)),
        .. from norm in (double[])[0.01, 0.05, 0.12] select new ChangeCase(ChangeKind.LightFineTune, $"normal, {norm:P0} of the norm", (b, n, m, draws) => Moved(b, draws.Normals(n * m), norm)),
        new(ChangeKind.LightFineTune, "few directions and noise, 5 % of the norm", (b, n, m, draws) => Moved(b, Sum(draws.LowRank(n, m, 6), draws.Normals(n * m)), 0.05)),
        new(ChangeKind.LightFineTune, "steps of one size, 2 % of the norm", (b, n, m, draws) => Moved(b, Array.ConvertAll(draws.Normals(n * m), x => (double)Math.Sign(x)), 0.02)),
        .. from norm in (double[])[0.25, 0.6, 1.5, 4] select new ChangeCase(ChangeKind.ContinuedTraining, $"normal, {norm:P0} of the norm", (b, n, m, draws) => Moved(b, draws.Normals(n * m), norm)),
        new(ChangeKind.ContinuedTraining, "few directions and noise, 70 % of the norm", (b, n, m, draws) => Moved(b, Sum(draws.LowRank(n, m, 6), draws.Normals(n * m)), 0.7)),
        new(ChangeKind.Unrelated, "drawn anew", (b, n, m, draws) => Scaled(draws.Normals(n * m), b)),
        new(ChangeKind.Unrelated, "drawn anew, with directions of its own", (b, n, m, draws) => Scaled(Sum(draws.LowRank(n, m, 6), draws.Normals(n * m)), b)),
        new(ChangeKind.Unrelated, "its rows in random order", (b, n, m, draws) => Shuffled(b, n, m, draws)),
    ];

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(value => value * value));

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Scaled(double[] change, double[] like)
    {
        var (wanted, norm) = (Norm(like), Norm(change));
        return Array.ConvertAll(change, x => x * wanted / norm);
    }

    private static double[] Moved(double[] b, double[] change, double norm)
    {
        var factor = norm * Norm(b) / Norm(change);
        return [.. b.Zip(change, (x, d) => x + (factor * d))];
    }

    private static double[] Masked(double[] a, double[] mask) => [.. a.Zip(mask, (x, keep) => keep == 0 ? 0 : x)];

    private static double[] InGroups(double[] b, int length, Func<double[], double[]> change) => [.. b.Chunk(length).SelectMany(change)];

    /// <summary>To 2^bits - 1 evenly spaced levels about 0, by groups of a length.</summary>
    private static double[] Uniform(double[] b, int length, int bits) => InGroups(b, length, group =>
    {
        var step = group.Max(Math.Abs) / (Math.Pow(2, bits - 1) - 1);
        return step == 0 ? group : Array.ConvertAll(group, x => Math.Round(x / step) * step);
    });

    private static double[] NearestOf(double[] group, double[] levels)
    {
        var scale = group.Max(Math.Abs);
        return scale == 0 ? group : Array.ConvertAll(group, x => scale * levels.MinBy(level => Math.Abs(level - (x / scale))));
    }

    /// <summary>Sets the smallest magnitudes to zero.</summary>
    private static double[] Smallest(double[] b, double share)
    {
        var limit = b.Select(Math.Abs).Order().ElementAt((int)(share * b.Length));
        return Array.ConvertAll(b, x => Math.Abs(x) < limit ? 0 : x);
    }

    private static double[] Transposed(double[] b, int n, int m) => [.. Enumerable.Range(0, n * m).Select(k => b[(k % n * m) + (k / n)])];

    private static double[] Shuffled(double[] b, int n, int m, CaseDraws draws)
    {
        var keys = draws.Normals(n);
        return [.. Enumerable.Range(0, n).OrderBy(row => keys[row]).SelectMany(row => b.Skip(row * m).Take(m))];
    }
}
