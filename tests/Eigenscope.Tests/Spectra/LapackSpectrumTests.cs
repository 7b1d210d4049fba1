using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra.Lapack;
using Xunit;

namespace Eigenscope.Tests.Spectra;

/// <summary>What holds for a spectrum by LAPACK as it does for an own one.</summary>
public sealed class LapackSpectrumTests
{
    public static TheoryData<SpectrumRoute> Routes => [SpectrumRoute.Gram, SpectrumRoute.Accurate];

    [Theory]
    [MemberData(nameof(Routes))]
    public void States_who_computed_it(SpectrumRoute route)
    {
        var library = InstalledLapack.Require();
        var (spectrum, own) = (Of(Matrices.Diagonal(3, 4), route), Accuracy.Of(Matrices.Diagonal(3, 4), route));
        Assert.Equal((route, library.Name), (spectrum.Route, spectrum.Library));
        Assert.Equal((own.Floor, null), (spectrum.Floor, own.Library));
        Assert.Equal(library.Name, Spectrum.Pool([spectrum, spectrum]).Library);
        Accuracy.Near([3, 4], spectrum.SingularValues, 1e-15);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Extreme_scales_have_a_defined_spectrum(SpectrumRoute route)
    {
        InstalledLapack.Require();
        var w = Matrices.Hadamard(16, 4, [4, 3, 2, 1]);
        foreach (var scale in new[] { 1e60, 1e-60, 1e150, 1e-150, Math.ScaleB(1, 1000), Math.ScaleB(1, -1000), Math.ScaleB(1, -1060) })
        {
            Accuracy.Near([scale, 2 * scale, 3 * scale, 4 * scale], Of(w.Times(scale), route).SingularValues, (1e-13 * 4 * scale) + (4 * double.Epsilon * scale));
            Accuracy.Near([scale, 2 * scale, 3 * scale, 4 * scale], Of(w.Times(scale).Transposed(), route).SingularValues, (1e-13 * 4 * scale) + (4 * double.Epsilon * scale));
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Names_the_first_element_that_is_not_finite(SpectrumRoute route)
    {
        InstalledLapack.Require();
        foreach (var w in new[] { Matrices.Normal(600, 3, 1), Matrices.Normal(3, 600, 1), Matrices.Normal(1, 1, 1) })
        {
            foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                var error = Assert.Throws<NonFiniteElementException>(() => Of(w.With(w.Rows - 1, w.Columns - 1, value), route));
                Assert.Equal((w.Rows - 1, w.Columns - 1, value), (error.Row, error.Column, error.Value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Stops_when_cancelled(SpectrumRoute route)
    {
        InstalledLapack.Require();
        Assert.Throws<OperationCanceledException>(() => Spectrum.Of(Matrices.Normal(3, 2, 1), new SpectrumOptions { Route = route, Solver = SpectrumSolver.Lapack }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Knows_two_solvers_and_two_routes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Spectrum.Of(Matrices.Diagonal(1), new SpectrumOptions { Route = SpectrumRoute.Gram, Solver = (SpectrumSolver)2 }, CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(Matrices.Diagonal(1), (SpectrumRoute)2));
    }

    private static Spectrum Of(DenseMatrix w, SpectrumRoute route) => Spectrum.Of(w, new SpectrumOptions { Route = route, Solver = SpectrumSolver.Lapack }, CancellationToken.None);
}
