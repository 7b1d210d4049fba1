using Eigenscope.Comparison;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Comparison;

public sealed class SideAgreementTests
{
    [Fact]
    public void Equal_vectors_agree_whatever_their_signs()
    {
        var vectors = Vectors(1, 30, 20, 12);
        double[][] turned = [.. vectors.Select((vector, i) => Array.ConvertAll(vector, x => i % 2 == 0 ? x : -x))];
        var side = SideAgreement.Of(vectors, turned, 6);
        Assert.Equal((1, 1, 0), (Math.Round(side.Diagonal, 12), Math.Round(side.BestMatch, 12), side.Intruders));
    }

    [Fact]
    public void Another_order_is_seen_by_the_best_match_alone()
    {
        var vectors = Vectors(2, 30, 20, 6);
        var side = SideAgreement.Of(vectors, [.. vectors.Reverse()], 6);
        Assert.Equal(0, side.Diagonal, 1e-12);
        Assert.Equal(1, side.BestMatch, 1e-12);
    }

    [Fact]
    public void A_direction_without_counterpart_is_an_intruder()
    {
        var vectors = Vectors(3, 40, 30, 13);
        double[][] known = [.. vectors.Take(12)], changed = [.. vectors.Take(5), vectors[12]];
        Assert.Equal(1, SideAgreement.Of(changed, known, 6).Intruders);
    }

    /// <summary>Against a simulation of 4,000 pairs of random directions.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 4)]
    [InlineData(16, 1)]
    [InlineData(16, 16)]
    [InlineData(200, 16)]
    public void Chance_is_what_random_directions_have(int dimension, int count)
    {
        var draws = new Draws(dimension + count);
        var sum = 0.0;
        for (var trial = 0; trial < 4000; trial++)
        {
            sum += Enumerable.Range(0, count).Max(_ => Math.Abs(Unit(draws, dimension)[0]));
        }

        Assert.Equal(sum / 4000, ChanceAgreement.OfBest(dimension, count), 0.02);
        if (count == 1)
        {
            Assert.Equal(ChanceAgreement.OfOne(dimension), ChanceAgreement.OfBest(dimension, 1), 1e-6);
        }
    }

    [Theory]
    [InlineData(40, 24)]
    [InlineData(24, 40)]
    [InlineData(30, 30)]
    public void Centred_kernel_alignment_is_that_of_the_definition(int rows, int columns)
    {
        DenseMatrix a = Matrix(5, rows, columns), b = Matrix(6, rows, columns);
        using var execution = Execution.On(2, TestContext.Current.CancellationToken);
        using var gramA = Gram.Of(a, 1, execution);
        using var gramB = Gram.Of(b, 1, execution);
        using var kernel = KernelMatrix.Of(gramA, execution);
        double[,] k = Centred(gramA), l = Centred(gramB);
        Assert.Equal(Product(k, l) / Math.Sqrt(Product(k, k) * Product(l, l)), kernel.AlignmentWith(gramB, execution)!.Value, 1e-12);
        Assert.Equal(1, kernel.AlignmentWith(gramA, execution)!.Value, 1e-12);
    }

    [Theory]
    [InlineData(50, 20, 1)]
    [InlineData(20, 50, 2)]
    [InlineData(300, 70, 1)]
    public void Shares_of_both_sides_are_those_of_each(int rows, int columns, int threads)
    {
        DenseMatrix a = Matrix(7, rows, columns), b = Matrix(8, rows, columns);
        var vectors = LeadingVectors.Of(b, 15, cancellation: TestContext.Current.CancellationToken);
        var norm = Enumerable.Range(0, rows * columns).Sum(k => a[k / columns, k % columns] * a[k / columns, k % columns]);
        var (left, right) = SubspaceAlignment.OfBoth(a, norm, vectors.Left, vectors.Right, threads, TestContext.Current.CancellationToken);
        Assert.Equal(SubspaceAlignment.Of(a, vectors.Left, cancellation: TestContext.Current.CancellationToken)!.Value, left!.Value, 1e-12);
        Assert.Equal(SubspaceAlignment.OfColumns(a, vectors.Right, cancellation: TestContext.Current.CancellationToken)!.Value, right!.Value, 1e-12);
    }

    private static DenseMatrix Matrix(int seed, int rows, int columns) => new(rows, columns, [.. new Draws(seed).Normals(rows * columns)]);

    private static IReadOnlyList<double[]> Vectors(int seed, int rows, int columns, int count) => LeadingVectors.Of(Matrix(seed, rows, columns), count, cancellation: TestContext.Current.CancellationToken).Left;

    private static double[] Unit(Draws draws, int dimension)
    {
        double[] x = [.. draws.Normals(dimension)];
        var norm = Math.Sqrt(x.Sum(value => value * value));
        return Array.ConvertAll(x, value => value / norm);
    }

    /// <summary>H K H with H = I - 1 1^T / n.</summary>
    private static double[,] Centred(SymmetricMatrix gram)
    {
        var n = gram.Order;
        var k = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                k[i, j] = gram[Math.Max(i, j), Math.Min(i, j)];
            }
        }

        double[] means = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Average(j => k[i, j]))];
        var all = means.Average();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                k[i, j] += all - means[i] - means[j];
            }
        }

        return k;
    }

    private static double Product(double[,] a, double[,] b) => a.Cast<double>().Zip(b.Cast<double>(), (x, y) => x * y).Sum();
}
