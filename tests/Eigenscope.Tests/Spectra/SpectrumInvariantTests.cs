using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.Spectra;

/// <summary>What holds for the spectrum of every matrix.</summary>
public sealed class SpectrumInvariantTests
{
    private const int Cases = 60;

    public static TheoryData<SpectrumRoute> Routes => [SpectrumRoute.Gram, SpectrumRoute.Accurate];

    /// <summary>Every lambda may be off by the route's bound; their sum by M times that, and the sum of squares by 2 lambda_max times that.</summary>
    [Theory]
    [MemberData(nameof(Shape.AtBlockLimits), MemberType = typeof(Shape))]
    public void Moments_are_those_of_the_matrix(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, (1000 * rows) + columns);
        var (second, fourth) = (w.SquaredNorm(), (rows < columns ? w.Transposed() : w).GramMatrix().SquaredNorm());
        foreach (var route in new[] { SpectrumRoute.Gram, SpectrumRoute.Accurate })
        {
            var spectrum = Accuracy.Of(w, route);
            var bound = spectrum.Eigenvalues.Count * Accuracy.Lambda(route, spectrum.Eigenvalues.Count, spectrum.Largest);
            Assert.Equal(Math.Min(rows, columns), spectrum.Eigenvalues.Count);
            Assert.Equal(second, spectrum.Eigenvalues.Sum(), bound);
            Assert.Equal(fourth, spectrum.Eigenvalues.Sum(lambda => lambda * lambda), 2 * spectrum.Eigenvalues[^1] * bound);
        }
    }

    [Theory]
    [MemberData(nameof(Shape.AtBlockLimits), MemberType = typeof(Shape))]
    public void The_routes_agree(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, rows + columns);
        var (gram, accurate) = (Accuracy.Of(w, SpectrumRoute.Gram), Accuracy.Of(w, SpectrumRoute.Accurate));
        var m = gram.Eigenvalues.Count;
        Accuracy.Near(accurate.Eigenvalues, gram.Eigenvalues, Accuracy.Lambda(SpectrumRoute.Gram, m, gram.Largest) + Accuracy.Lambda(SpectrumRoute.Accurate, m, gram.Largest));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Is_ascending_consistent_and_never_negative(SpectrumRoute route) => Holds(shape =>
    {
        var spectrum = Accuracy.Of(Matrix(shape), route);
        Assert.Equal(spectrum.SingularValues.Order(), spectrum.SingularValues);
        Assert.All(spectrum.SingularValues, sigma => Assert.True(sigma >= 0));
        Assert.Equal(spectrum.SingularValues.Select(sigma => sigma * sigma), spectrum.Eigenvalues, (a, b) => Math.Abs(a - b) <= 2 * Accuracy.Epsilon * a);
        Assert.Equal((route, spectrum.SingularValues[^1]), (spectrum.Route, spectrum.Largest));
    });

    [Theory]
    [MemberData(nameof(Routes))]
    public void Rotations_change_nothing(SpectrumRoute route) => Holds(shape =>
    {
        var w = Matrix(shape);
        var (before, after) = (Accuracy.Of(w, route), Accuracy.Of(w.Rotated(shape.Seed + 1), route));
        Accuracy.Near(before.Eigenvalues, after.Eigenvalues, (2 * Accuracy.Lambda(route, shape.Smaller, before.Largest)) + Accuracy.OfRotation(w, before.Largest));
    });

    [Theory]
    [MemberData(nameof(Routes))]
    public void Permutations_change_nothing(SpectrumRoute route) => Holds(shape =>
    {
        var w = Matrix(shape);
        var (before, after) = (Accuracy.Of(w, route), Accuracy.Of(w.Permuted(shape.Seed + 1), route));
        Accuracy.Near(before.Eigenvalues, after.Eigenvalues, 2 * Accuracy.Lambda(route, shape.Smaller, before.Largest));
    });

    [Fact]
    public void The_transpose_has_the_same_bits_by_the_Gram_route() => Holds(shape =>
    {
        var (w, transpose) = (Accuracy.Of(Matrix(shape), SpectrumRoute.Gram), Accuracy.Of(Matrix(shape).Transposed(), SpectrumRoute.Gram));
        Assert.Equal(w.SingularValues, transpose.SingularValues);
        Assert.Equal(w.Eigenvalues, transpose.Eigenvalues);
    });

    [Fact]
    public void The_transpose_has_the_same_values_by_the_accurate_route() => Holds(shape =>
    {
        var (w, transpose) = (Accuracy.Of(Matrix(shape), SpectrumRoute.Accurate), Accuracy.Of(Matrix(shape).Transposed(), SpectrumRoute.Accurate));
        Accuracy.Near(w.SingularValues, transpose.SingularValues, 2 * Accuracy.Sigma(SpectrumRoute.Accurate, shape.Smaller, w.Largest));
    });

    [Theory]
    [MemberData(nameof(Routes))]
    public void Powers_of_two_scale_every_bit(SpectrumRoute route) => Property.Holds(Gen.Zip(Shape.Any, Gen.Elements(-460, -400, -333, -60, -1, 1, 7, 60, 166, 333, 450)), Cases, item =>
    {
        var (shape, exponent) = item;
        var (plain, scaled) = (Accuracy.Of(Matrix(shape), route), Accuracy.Of(Matrix(shape).Times(Math.ScaleB(1, exponent)), route));
        Assert.Equal(plain.SingularValues.Select(sigma => Math.ScaleB(sigma, exponent)), scaled.SingularValues);
        Assert.Equal(plain.Eigenvalues.Select(lambda => Math.ScaleB(lambda, 2 * exponent)), scaled.Eigenvalues);
        Assert.Equal(Math.ScaleB(plain.Floor, exponent), scaled.Floor);
    });

    /// <summary>Thompson (1972): without a row or column, sigma_k lies between the k-th and the next of the whole.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public void Removing_a_row_or_column_interlaces(SpectrumRoute route) => Holds(shape =>
    {
        var w = Matrix(shape);
        var whole = Accuracy.Of(w, route);
        foreach (var part in Parts(w, shape.Seed))
        {
            Interlaces(whole, Accuracy.Of(part, route), 2 * Accuracy.Lambda(route, shape.Smaller, whole.Largest));
        }
    });

    private static IEnumerable<DenseMatrix> Parts(DenseMatrix w, int seed)
    {
        if (w.Rows > 1)
        {
            yield return w.WithoutRow(seed % w.Rows);
        }

        if (w.Columns > 1)
        {
            yield return w.WithoutColumn(seed % w.Columns);
        }
    }

    private static void Interlaces(Spectrum whole, Spectrum part, double tolerance)
    {
        var (above, inner) = (whole.Eigenvalues.Reverse().Append(0).ToList(), part.Eigenvalues.Reverse().ToList());
        for (var k = 0; k < inner.Count; k++)
        {
            Assert.InRange(inner[k], above[k + 1] - tolerance, above[k] + tolerance);
        }
    }

    private static DenseMatrix Matrix(Shape shape) => Matrices.Normal(shape.Rows, shape.Columns, shape.Seed);

    private static void Holds(Action<Shape> assertion) => Property.Holds(Shape.Any, shape => shape.Simpler(), Cases, assertion);
}
