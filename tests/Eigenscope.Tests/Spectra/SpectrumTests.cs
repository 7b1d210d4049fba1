using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

public sealed class SpectrumTests
{
    public static TheoryData<SpectrumRoute> Routes => [SpectrumRoute.Gram, SpectrumRoute.Accurate];

    [Theory]
    [MemberData(nameof(Shape.AtBlockLimits), MemberType = typeof(Shape))]
    public void Has_the_same_bits_in_every_width_and_on_any_number_of_threads(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, rows - columns + 1000);
        Func<IMatrix, Execution, Spectrum>[] routes = [Spectrum.OfGram, Spectrum.OfBidiagonal];
        foreach (var route in routes)
        {
            var expected = route(w, new Execution(TileKernel.OfLanes(1), 1, CancellationToken.None)).Eigenvalues;
            foreach (var (lanes, threads) in new[] { (2, 1), (4, 1), (8, 1), (8, 2), (8, 3) })
            {
                using var execution = new Execution(TileKernel.OfLanes(lanes), threads, CancellationToken.None);
                Assert.Equal(expected, route(w, execution).Eigenvalues);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Names_the_first_element_that_is_not_finite(SpectrumRoute route) => Property.Holds(Shape.Any, shape => shape.Simpler(), 60, shape =>
    {
        var draws = new Draws(shape.Seed);
        var places = Enumerable.Range(0, 3).Select(_ => (Row: draws.Below(shape.Rows), Column: draws.Below(shape.Columns))).ToList();
        var w = places.Aggregate(Matrices.Normal(shape.Rows, shape.Columns, shape.Seed), (m, place) => m.With(place.Row, place.Column, Odd(place.Row)));
        var error = Assert.Throws<NonFiniteElementException>(() => Accuracy.Of(w, route));
        Assert.Equal(places.Min(), (error.Row, error.Column));
        Assert.Equal(Odd(error.Row), error.Value);
    });

    [Theory]
    [MemberData(nameof(Routes))]
    public void Finds_what_is_not_finite_at_the_end_of_a_long_side(SpectrumRoute route)
    {
        foreach (var w in new[] { Matrices.Normal(600, 3, 1).With(599, 2, double.NaN), Matrices.Normal(3, 600, 1).With(2, 599, double.NegativeInfinity) })
        {
            var error = Assert.Throws<NonFiniteElementException>(() => Accuracy.Of(w, route));
            Assert.Equal((w.Rows - 1, w.Columns - 1), (error.Row, error.Column));
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Stops_when_cancelled(SpectrumRoute route)
    {
        foreach (var w in new[] { Matrices.Normal(1, 1, 1), Matrices.Normal(30, 20, 1), Matrices.Normal(20, 30, 1) })
        {
            Assert.Throws<OperationCanceledException>(() => Spectrum.Of(w, route, new CancellationToken(canceled: true)));
        }
    }

    [Fact]
    public void Knows_no_other_route() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Accuracy.Of(Matrices.Diagonal(1), (SpectrumRoute)9));

    /// <summary>The floor is 8 eps sqrt(M), of lambda_max by the Gram route and of sigma_max by the accurate one.</summary>
    [Fact]
    public void States_its_floor()
    {
        double[] sigma = [4, 2, 1e-7, 1e-16];
        var (gram, accurate) = (Accuracy.Of(Matrices.Diagonal(sigma), SpectrumRoute.Gram), Accuracy.Of(Matrices.Diagonal(sigma), SpectrumRoute.Accurate));
        Assert.Equal(4 * Math.Sqrt(16 * Accuracy.Epsilon), gram.Floor, 1e-20);
        Assert.Equal(4 * 16 * Accuracy.Epsilon, accurate.Floor, 1e-28);
        Assert.Equal((2, 1), (gram.CountAtFloor, accurate.CountAtFloor));
    }

    /// <summary>Exact dense matrices: what the spectrum is wrong by stays within the floor that it states.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(128)]
    public void Keeps_the_errors_below_its_floor(int n)
    {
        double[] sigma = [.. Enumerable.Range(0, n).Select(k => Math.ScaleB(1 + (k % 3), -(k % 30)))];
        var (gram, accurate) = (Accuracy.Of(Matrices.Hadamard(n, n, sigma), SpectrumRoute.Gram), Accuracy.Of(Matrices.Hadamard(n, n, sigma), SpectrumRoute.Accurate));
        Accuracy.Near(sigma.Order(), accurate.SingularValues, accurate.Floor);
        Accuracy.Near(sigma.Order().Select(s => s * s), gram.Eigenvalues, gram.Floor * gram.Floor);
    }

    [Fact]
    public void Pools_the_values_of_all_parts()
    {
        var (one, two) = (Accuracy.Of(Matrices.Diagonal(4, 1), SpectrumRoute.Gram), Accuracy.Of(Matrices.Diagonal(3, 2), SpectrumRoute.Gram));
        var pool = Spectrum.Pool([one, two]);
        Accuracy.Near([1, 2, 3, 4], pool.SingularValues, 1e-15);
        Accuracy.Near([1, 4, 9, 16], pool.Eigenvalues, 1e-14);
        Assert.Equal((one.Floor, SpectrumRoute.Gram), (pool.Floor, pool.Route));
        Assert.Same(one, Spectrum.Pool([one]));
    }

    private static double Odd(int row) => row % 2 == 0 ? double.NaN : double.PositiveInfinity;
}
