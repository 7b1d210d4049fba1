using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Statistics;

public sealed class VectorStatisticsTests
{
    [Fact]
    public void One_element_is_localised_and_a_flat_vector_is_not()
    {
        double[] unit = [0, 0, -1, 0], flat = [.. Enumerable.Repeat(0.25, 16)];
        Assert.Equal((1, 1), (VectorStatistics.Of(unit).LocalizationRatio, VectorStatistics.Of(unit).ParticipationRatio));
        Assert.Equal((16, 2), (VectorStatistics.Of(flat).LocalizationRatio, VectorStatistics.Of(flat).ParticipationRatio));
        Assert.InRange(VectorStatistics.Of(flat).Entropy, 0, 1e-6);
    }

    /// <summary>Three quarters in one bin and one quarter in another.</summary>
    [Fact]
    public void The_entropy_is_that_of_the_histogram() =>
        Assert.Equal(-(0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25)), VectorStatistics.Of([0, 0, 1, 0]).Entropy, 1e-7);

    /// <summary>The fourth moment of a normal variable is 3.</summary>
    [Fact]
    public void A_random_vector_has_the_participation_ratio_of_its_fourth_moment() =>
        Assert.Equal(Math.Pow(100_000 / 3.0, 0.25), VectorStatistics.Of(new Draws(4).Normals(100_000)).ParticipationRatio, 0.1);

    [Fact]
    public void Levels_of_random_matrices_repel_each_other_and_independent_ones_do_not()
    {
        var gram = Eigenscope.Spectra.Spectrum.Of(Matrices.Normal(900, 600, seed: 8), Eigenscope.Spectra.SpectrumRoute.Gram, TestContext.Current.CancellationToken);
        var repelled = LevelStatistics.MeanRatio([.. gram.Eigenvalues])!.Value;
        Assert.InRange(repelled.Mean, LevelStatistics.Orthogonal - (4 * repelled.Error), LevelStatistics.Orthogonal + (4 * repelled.Error));
        var independent = LevelStatistics.MeanRatio([.. new Draws(5).Normals(4000).Order()])!.Value;
        Assert.InRange(independent.Mean, LevelStatistics.Independent - (4 * independent.Error), LevelStatistics.Independent + (4 * independent.Error));
        Assert.Null(LevelStatistics.MeanRatio([1, 2]));
        Assert.Equal(1, LevelStatistics.MeanRatio([1, 2, 3])!.Value.Mean);
    }

    [Fact]
    public void The_tail_of_unit_determinant_is_found_where_products_overflow()
    {
        double[] flat = [1, 1, 1], spread = [0.1, 1, 10], many = [.. Enumerable.Range(1, 20_000).Select(k => Math.Pow(10, k / 4000.0))];
        Assert.Equal(0, UnitDeterminantTail.Of(flat).Count);
        Assert.Equal((2, 1.0), (UnitDeterminantTail.Of(spread).Count, UnitDeterminantTail.Of(spread).Start));
        var tail = UnitDeterminantTail.Of(many);
        var logarithms = many.Select(x => Math.Log(x / many.Average())).Reverse().ToList();
        Assert.True(logarithms.Take(tail.Count).Sum() < 0 && logarithms.Take(tail.Count - 1).Sum() >= 0);
    }
}
