using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

/// <summary>Matrices on which the Krylov space stops growing, and others at the limits.</summary>
public sealed class LanczosBreakdownTests
{
    private const int Steps = 8;

    [Fact]
    public void Zero()
    {
        var spectrum = Of(Matrices.Of(300, 250, (i, j) => 0));
        Assert.Equal(new double[250], spectrum.SingularValues);
        Assert.Equal((0, 250, 1), (spectrum.Floor, spectrum.CountAtFloor, spectrum.Approximation!.Resolved));
        Assert.Equal((0, 0), (spectrum.Approximation.ResidualBound, spectrum.Approximation.TraceError));
    }

    /// <summary>Five values are found as they are, and all others vanish.</summary>
    [Fact]
    public void Rank_five()
    {
        double[] sigma = [5, 4, 3, 2, 1, .. new double[250]];
        var spectrum = Of(Matrices.WithSingularValues(300, 255, sigma, 3));
        Assert.Equal(5, spectrum.Approximation!.Resolved);
        Accuracy.Near(sigma.Reverse(), spectrum.SingularValues, 1e-12);
    }

    /// <summary>More equal values than random vectors: few can be told apart, yet all have to be there.</summary>
    [Fact]
    public void Identity()
    {
        var spectrum = Of(Matrices.Diagonal([.. Enumerable.Repeat(3.0, 300)]));
        Accuracy.Near(Enumerable.Repeat(3.0, 300), spectrum.SingularValues, 1e-12);
        Assert.InRange(spectrum.Approximation!.DensityError, 0, 1e-6);
    }

    /// <summary>
    /// 200 values of 2 above 400 of 1, of which a basis of 192 vectors finds a part. They are not taken for all there are, and their number is right within
    /// five standard errors of a share of one third, sqrt(2 * 1/3 * 2/3 / (600 * 24)).
    /// </summary>
    [Fact]
    public void Two_values_that_repeat()
    {
        var spectrum = Of(Matrices.Diagonal([.. Enumerable.Range(0, 600).Select(i => i % 3 == 0 ? 2.0 : 1.0)]));
        Assert.InRange(spectrum.Approximation!.Resolved, 1, 24);
        Assert.Equal(200, spectrum.SingularValues.Count(sigma => sigma > 1.5), 600 * 5 * Math.Sqrt(4.0 / 9 / (600 * 24)));
        Assert.Equal(800 + 400, spectrum.Eigenvalues.Sum(), 5 * Math.Sqrt(2 * 3600.0 / 24));
    }

    [Fact]
    public void A_matrix_with_one_row_more_than_the_basis()
    {
        var w = Matrices.Normal(400, ((Steps + 1) * 24) + 1, 1);
        var spectrum = Of(w);
        Assert.Equal(w.SquaredNorm(), spectrum.Eigenvalues.Sum(), 1e-9 * w.SquaredNorm());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void One_row(int length)
    {
        var w = Matrices.Normal(1, length, 1);
        var spectrum = Accuracy.Of(w, SpectrumRoute.Approximate);
        Assert.Equal(w.SquaredNorm(), Assert.Single(spectrum.Eigenvalues), 1e-12 * w.SquaredNorm());
    }

    /// <summary>A power of two scales every number exactly, also where the weights are scaled before they are squared.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    [InlineData(500)]
    [InlineData(-500)]
    public void Scales(int exponent)
    {
        var (w, factor) = (Matrices.Normal(300, 260, 4), Math.ScaleB(1, exponent));
        var (base_, scaled) = (Of(w), Of(w.Times(factor)));
        Assert.Equal(base_.SingularValues.Select(sigma => sigma * factor), scaled.SingularValues);
        Assert.Equal(base_.Approximation, scaled.Approximation);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_that_is_no_number(double value)
    {
        var error = Assert.Throws<NonFiniteElementException>(() => Of(Matrices.Normal(300, 260, 4).With(17, 5, value)));
        Assert.Equal((17, 5), (error.Row, error.Column));
    }

    [Fact]
    public void Cancellation_ends_it()
    {
        using var execution = new Execution(TileKernel.Best, 2, new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => Spectrum.OfLanczos(Matrices.Normal(300, 260, 4), 1, execution, Steps));
    }

    private static Spectrum Of(IMatrix w) => Spectrum.OfLanczos(w, 1, Execution.OneThread(CancellationToken.None), Steps);
}
