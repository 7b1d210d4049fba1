using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra.Lapack;
using Xunit;

namespace Eigenscope.Tests.Spectra;

/// <summary>Both routes of both solvers against dgesdd in float64, on matrices of every kind.</summary>
public sealed class LapackComparisonTests
{
    private const int LargestSmallSize = 70;
    private const int RandomCases = 2000;

    /// <summary>The sizes at which a kernel, a panel or a block begins or ends.</summary>
    private static readonly int[] BlockLimits = [24, 48, 96, 192, 256];

    private static readonly string[] KindNames = [.. LapackMatrices.Kinds.Keys];

    public static TheoryData<string> Kinds => [.. KindNames];

    public static MatrixTheoryData<string, int> KindsAndBlockLimits { get; } = new(KindNames, BlockLimits);

    /// <summary>Every size, square, tall or wide in turn.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Agree_on_every_small_size(string kind)
    {
        InstalledLapack.Require();
        for (var n = 1; n <= LargestSmallSize; n++)
        {
            Agree(kind, n, n, n);
            Agree(kind, n + (n / 3) + 1, n, n);
            Agree(kind, n, (2 * n) + 5, n);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Agree_on_one_row_and_one_column(string kind)
    {
        InstalledLapack.Require();
        foreach (var n in new[] { 1, 2, 7, 8, 9, 511, 512, 513, 1030 })
        {
            Agree(kind, 1, n, n);
            Agree(kind, n, 1, n);
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndBlockLimits))]
    public void Agree_beside_block_limits(string kind, int limit)
    {
        InstalledLapack.Require();
        Agree(kind, limit - 1, limit - 1, limit);
        Agree(kind, limit + 7, limit, limit);
        Agree(kind, limit + 1, limit + limit + 3, limit);
    }

    /// <summary>The limits of the pieces of a product and of the portions that are read.</summary>
    [Theory]
    [InlineData("random", 384)]
    [InlineData("random", 512)]
    [InlineData("graded from 1 to 1e-12", 385)]
    public void Agree_beside_larger_limits(string kind, int limit)
    {
        InstalledLapack.Require();
        Agree(kind, limit - 1, limit - 1, limit);
        Agree(kind, limit + 1, limit + 1, limit);
        Agree(kind, 30, (2 * limit) + 1, limit);
        Agree(kind, (2 * limit) - 1, 30, limit);
    }

    /// <summary>From order 2500 on the band is wider, and the matrix is fetched ahead of its use.</summary>
    [Fact]
    public void Agree_on_a_large_matrix()
    {
        var library = InstalledLapack.Require();
        library.SetThreads(Environment.ProcessorCount);
        Agree("random", 2510, 2503, 1);
        library.SetThreads(1);
    }

    [Fact]
    public void Agree_on_random_kinds_and_shapes()
    {
        InstalledLapack.Require();
        for (var seed = 1; seed <= RandomCases; seed++)
        {
            var draws = new Draws(seed);
            Agree(KindNames[draws.Below(KindNames.Length)], 1 + draws.Below(LargestSmallSize), 1 + draws.Below(LargestSmallSize), seed);
        }
    }

    private static void Agree(string kind, int rows, int columns, int seed)
    {
        var w = LapackMatrices.Kinds[kind](rows, columns, seed);
        var reference = Of(w, SpectrumRoute.Accurate, SpectrumSolver.Lapack);
        var lambda = reference.SingularValues.Select(sigma => sigma * sigma).ToList();
        var (gram, accurate) = (1e-13 * Math.Sqrt(lambda.Count) * lambda[^1], Accurate(lambda.Count) * reference.Largest);
        try
        {
            Accuracy.Near(lambda, Of(w, SpectrumRoute.Gram, SpectrumSolver.Own).Eigenvalues, gram);
            Accuracy.Near(lambda, Of(w, SpectrumRoute.Gram, SpectrumSolver.Lapack).Eigenvalues, gram);
            Accuracy.Near(reference.SingularValues, Of(w, SpectrumRoute.Accurate, SpectrumSolver.Own).SingularValues, accurate);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{kind}, {rows} x {columns}, seed {seed}: {e.Message}", e);
        }
    }

    /// <summary>1e-14, and for larger matrices 4 eps sqrt(M): each of the M reflections from either side adds an error of order eps sigma_max.</summary>
    private static double Accurate(int smaller) => Math.Max(1e-14, 4 * Accuracy.Epsilon * Math.Sqrt(smaller));

    private static Spectrum Of(DenseMatrix w, SpectrumRoute route, SpectrumSolver solver) => Spectrum.Of(w, new SpectrumOptions { Route = route, Solver = solver }, CancellationToken.None);
}
