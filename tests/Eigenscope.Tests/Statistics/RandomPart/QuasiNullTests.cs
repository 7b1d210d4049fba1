using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class QuasiNullTests
{
    private static readonly QuasiNullCalibration Calibration = new(1);

    [Theory]
    [InlineData(200, 200, 0.02)]
    [InlineData(200, 200, 0.06)]
    [InlineData(240, 80, 0.01)]
    [InlineData(240, 80, 0.06)]
    public void Finds_singular_values_of_a_fifth(int n, int m, double share)
    {
        var row = Calibration.Scaled(n, m, share, 0.2, 30);
        Assert.InRange(row.Found, 0.9, 1);
        Assert.Equal(row.Expected, row.MeanCount, 0.25);
    }

    [Fact]
    public void Finds_hardly_any_in_noise()
    {
        var rows = (from kind in Enum.GetValues<NoiseKind>() from n in new[] { 60, 120 } select Calibration.Null(n, 60, kind, kind == NoiseKind.Gaussian ? 6 : 0, 20)).ToList();
        Assert.InRange(rows.Average(row => row.Found), 0, 0.01);
        Assert.All(rows, row => Assert.InRange(row.Found, 0, 0.05));
    }

    /// <summary>Half the size of what the others begin with is within what a square matrix of noise has.</summary>
    [Fact]
    public void Has_a_blind_spot_in_squares()
    {
        Assert.InRange(Calibration.Levelled(200, 200, 0.03, 0.5, 30).Found, 0, 0.2);
        Assert.InRange(Calibration.Levelled(300, 100, 0.03, 0.5, 30).Found, 0.9, 1);
    }

    [Fact]
    public void Small_columns_are_no_directions()
    {
        var noise = TestMatrices.Noise(NoiseKind.Gaussian, 160, 80, 4);
        var w = Matrices.Of(160, 80, (i, j) => noise[i, j] * (j < 4 ? 0.05 : 1));
        var options = new QuasiNullOptions { Equilibrated = RandomSpectra.Eigenvalues(Equilibration.Of(w)) };
        var result = QuasiNull.Of(RandomSpectra.Eigenvalues(w), 160, options).Result!;
        Assert.Equal((QuasiNullOrigin.RowsOrColumns, false), (result.Origin, result.IsFound));
        Assert.InRange(result.Count, 4, 6);
    }

    [Fact]
    public void Directions_stay_when_rows_and_columns_are_equal_and_go_when_shuffled()
    {
        var quasiNull = TestMatrices.ScaleSmallest(WishartNull.Eigenvalues(160, 80, 9), 0.05, 0.2);
        var noise = WishartNull.Eigenvalues(160, 80, 10);
        Assert.Equal(QuasiNullOrigin.Unknown, OriginOf(new QuasiNullOptions()));
        Assert.Equal(QuasiNullOrigin.Directions, OriginOf(new QuasiNullOptions { Equilibrated = quasiNull, Shuffled = noise }));
        Assert.Equal(QuasiNullOrigin.Entries, OriginOf(new QuasiNullOptions { Equilibrated = quasiNull, Shuffled = quasiNull }));

        QuasiNullOrigin OriginOf(QuasiNullOptions options) => QuasiNull.Of(quasiNull, 160, options).Result!.Origin;
    }

    /// <summary>The values are shrunk where they were, so that the law of the whole matrix is the nearer one.</summary>
    [Fact]
    public void The_bulk_is_fitted_without_them()
    {
        var lambda = TestMatrices.ScaleSmallest(WishartNull.Eigenvalues(300, 150, 12), 0.06, 0.1);
        var result = QuasiNull.Of(lambda, 300).Result!;
        Assert.Equal((9, 9, 141), (result.Count, result.Fit.QuasiNull, result.Fit.Size));
        Assert.Equal(1, result.Fit.Variance, 0.02);
        Assert.Equal((300, 150), (result.Fit.Rows, result.Fit.Columns));
        Assert.True(result.Fit.Ks < BulkFit.Of(lambda, 300).Fit!.Ks / 2);
    }

    /// <summary>Dead directions leave the spectrum of a smaller matrix.</summary>
    [Fact]
    public void Dead_directions_leave_a_smaller_matrix()
    {
        double[] lambda = [.. Enumerable.Repeat(1e-3, 12), .. WishartNull.Eigenvalues(188, 88, 3)];
        var fit = BulkFit.Of(lambda, 200, 12).Fit!;
        Assert.Equal((188, 88, 12), (fit.Rows, fit.Columns, fit.QuasiNull));
        Assert.Equal(1, fit.Variance, 0.03);
    }

    [Fact]
    public void The_same_seed_gives_the_same_result()
    {
        var lambda = TestMatrices.ScaleSmallest(WishartNull.Eigenvalues(60, 40, 12), 0.1, 0.2);
        Assert.Equal(QuasiNull.Of(lambda, 60).Result, QuasiNull.Of(lambda, 60).Result);
        Assert.Equal("the smaller eigenvalues are zero", QuasiNull.Of(new double[20], 30).Reason);
    }

    [Fact]
    public void Equilibration_makes_rows_and_columns_equal()
    {
        var noise = TestMatrices.Noise(NoiseKind.UnequalRows, 30, 20, 2);
        var w = Equilibration.Of(Matrices.Of(30, 20, (i, j) => i == 3 ? 0 : noise[i, j] * (1 + j)));
        Assert.All(Enumerable.Range(0, 30), i => Assert.Equal(i == 3 ? 0 : 1, Enumerable.Range(0, 20).Average(j => w[i, j] * w[i, j]), 0.04));
        Assert.All(Enumerable.Range(0, 20), j => Assert.Equal(1, Enumerable.Range(0, 30).Average(i => w[i, j] * w[i, j]), 1e-6));
    }
}
