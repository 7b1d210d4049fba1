using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>Methods whose coefficients follow from dot products.</summary>
public sealed class CombinationTests
{
    private static readonly Dictionary<string, object> None = new(StringComparer.Ordinal);

    /// <summary>Two unit vectors at a right angle: every point of the arc has length 1.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Slerp_walks_the_arc(double t)
    {
        var (result, facts) = MergedElements.WithFacts(Setup("slerp", [2], [1, 0], [0, 1]).With("t", t));
        Assert.Equal(Math.Cos(t * Math.PI / 2), result[0], 1e-15);
        Assert.Equal(Math.Sin(t * Math.PI / 2), result[1], 1e-15);
        Assert.Equal("slerp", facts.Route);
        Assert.Equal(0, facts.Values.Single(item => item.Key == "cosine").Value);
    }

    [Fact]
    public void An_average_of_weights_that_are_all_zero_is_refused()
    {
        var setup = Setup("linear", [2], null, [1, 0], [0, 1]).WithEach("weight", _ => 0.0);
        Assert.Contains("all weights are 0", Assert.Throws<MergeException>(() => MergedElements.Of(setup)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0], MergedElements.Of(setup.With("normalize", false)));
    }

    [Fact]
    public void Slerp_tells_that_it_took_the_straight_line()
    {
        var (result, facts) = MergedElements.WithFacts(Setup("slerp", [2], [1, 0], [1, 0.01]).With("t", 0.5));
        Assert.Equal([1, 0.005], result);
        Assert.Equal(("lerp", "the cosine 0.99995 is beyond 0.9995 in magnitude"), (facts.Route, facts.Reason));
        Assert.Equal("a tensor is zero", MergedElements.WithFacts(Setup("slerp", [2], [0, 0], [1, 0.01]).With("t", 0.5)).Facts.Reason);
    }

    /// <summary>Rows and columns are what their names say; mergekit has them the other way round.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nuslerp_interpolates_each_row_or_column_by_its_own_angle(bool rows)
    {
        var setup = SyntheticMerge.Of("nuslerp", [21, 30]).With("nuslerp_flatten", false).With("nuslerp_row_wise", rows);
        var result = MergedElements.Of(setup);
        double[] x = ((ArrayElements)setup.Models[0].Elements).Values, y = ((ArrayElements)setup.Models[1].Elements).Values;
        for (var group = 0; group < (rows ? 21 : 30); group++)
        {
            var places = Enumerable.Range(0, rows ? 30 : 21).Select(i => rows ? (group * 30) + i : (i * 30) + group).ToArray();
            var part = Setup("nuslerp", [places.Length], null, [.. places.Select(i => x[i])], [.. places.Select(i => y[i])]).WithEach("weight", i => i == 0 ? 0.7 : 0.4);
            Assert.All(MergedElements.Of(part).Zip(places), pair => Assert.Equal(pair.First, result[pair.Second], 1e-13));
        }

        Assert.Equal(result, MergedElements.Of(setup.With("nuslerp_row_wise", !rows).With("variant", "mergekit")));
    }

    /// <summary>Columns are summed up in parts, the same for any number of threads: 20 blocks.</summary>
    [Fact]
    public void Nuslerp_of_columns_has_the_same_bits_for_any_threads()
    {
        var setup = SyntheticMerge.Of("nuslerp", [160, 8192]).With("nuslerp_flatten", false);
        Assert.Equal(MergedElements.Of(setup), MergedElements.WithFacts(setup, 3).Result);
    }

    /// <summary>At the spherical mean the weighted sum of the logarithms of the directions is zero.</summary>
    [Fact]
    public void Multislerp_is_the_point_where_the_weighted_angles_cancel()
    {
        double[] weights = [0.5, 0.2, 0.3];
        var draws = new Draws(3);
        var vectors = Enumerable.Range(0, 3).Select(_ => draws.Normals(40)).ToArray();
        var setup = Setup("multislerp", [40], null, vectors).WithEach("weight", i => weights[i]);
        var result = MergedElements.Of(setup);
        Assert.True(Imbalance(result, vectors, weights) < 1e-9);
        Assert.True(Imbalance(MergedElements.Of(setup.With("variant", "mergekit")), vectors, weights) > 1e-2);
        Assert.Equal(vectors.Select((x, i) => weights[i] * Norm(x)).Sum(), Norm(result), 1e-12);
    }

    [Fact]
    public void Multislerp_of_two_equal_weights_is_the_middle_of_the_arc()
    {
        var setup = Setup("multislerp", [3], null, [1, 0, 0], [0, 1, 0]).WithEach("weight", _ => 1.0);
        Assert.All(MergedElements.Of(setup).Zip([Math.Sqrt(0.5), Math.Sqrt(0.5), 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Fact]
    public void Multislerp_refuses_negative_weights() =>
        Assert.Equal(
            "layers.0.weight: multislerp takes no negative weight; variant: mergekit does",
            Assert.Throws<MergeException>(() => MergedElements.Of(SyntheticMerge.Of("multislerp", [4]).WithEach("weight", i => i - 0.5))).Message);

    [Fact]
    public void Karcher_tells_where_it_has_not_converged()
    {
        var setup = Setup("karcher", [3], null, [1, 0, 0], [0, 1, 0], [0.1, 0.1, -1]);
        Assert.Equal("the spherical mean has not converged after 1 steps", Assert.Single(MergedElements.WithFacts(setup.With("max_iter", 1.0).With("tol", 1e-14)).Facts.Warnings));
        Assert.Empty(MergedElements.WithFacts(setup.With("max_iter", 100.0)).Facts.Warnings);
    }

    /// <summary>The ratio depends on angles alone: changes a million times smaller have the same. mergekit's floor draws them to the base.</summary>
    [Fact]
    public void Model_stock_takes_small_changes_as_it_takes_large_ones()
    {
        double[] first = [1, 0.5, 0, 0.25], second = [0.5, 1, 0.25, 0];
        double Ratio(double scale, string variant) => MergedElements.WithFacts(
            Setup("model_stock", [4], [0, 0, 0, 0], Array.ConvertAll(first, x => scale * x), Array.ConvertAll(second, x => scale * x)).With("variant", variant)).Facts.Values.Single(item => item.Key == "ratio").Value;
        const double Cosine = 1 / 1.3125;
        Assert.Equal(2 * Cosine / (1 + Cosine), Ratio(1, "default"), 1e-15);
        Assert.Equal(Ratio(1, "default"), Ratio(Math.ScaleB(1, -20), "default"), 1e-15);
        Assert.True(Ratio(Math.ScaleB(1, -20), "mergekit") < 1e-5);
    }

    [Fact]
    public void Model_stock_of_opposite_changes_is_the_base() =>
        Assert.Equal([1, 1], MergedElements.Of(Setup("model_stock", [2], [1, 1], [2, 1.5], [0, 0.5])));

    [Fact]
    public void Model_stock_has_a_ratio_for_each_row()
    {
        var setup = SyntheticMerge.Of("model_stock", [5, 30]);
        var result = MergedElements.Of(setup.With("filter_wise", true));
        for (var row = 0; row < 5; row++)
        {
            double[] Row(IElements elements) => ((ArrayElements)elements).Values[(row * 30)..((row + 1) * 30)];
            var one = MergedElements.Of(Setup("model_stock", [30], Row(setup.Base!), [.. setup.Models.Select(model => Row(model.Elements))]));
            Assert.All(one.Zip(result.Skip(row * 30)), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        }
    }

    [Fact]
    public void Nearswap_moves_every_element_by_t_at_most()
    {
        var setup = Setup("nearswap", [4], [0, 0, 0, 1], [0.5, -0.5, 0.05, 1]).With("t", 0.125);
        Assert.Equal([0.125, -0.125, 0.05, 1], MergedElements.Of(setup));
        var small = Setup("nearswap", [1], [0], [1e-7]).With("t", 1e-7);
        Assert.Equal(1e-7, MergedElements.Of(small)[0]);
        Assert.Equal(1e-8, MergedElements.Of(small.With("variant", "mergekit"))[0], 1e-20);
    }

    [Fact]
    public void Ram_adds_what_one_changes_and_averages_what_several_do()
    {
        var setup = Setup("ram", [4], [0, 0, 0, 0], [1, 0, 2, 1e-6], [0, 4, 6, 0]);
        Assert.Equal([1, 4, 4, 0], MergedElements.Of(setup));
        var plus = setup with { Method = "ramplus_tl" };
        Assert.Equal([1.02, 4.08, 4, 0], MergedElements.Of(plus), (x, y) => Math.Abs(x - y) < 1e-15);
        Assert.Equal([2, 8, 4, 0], MergedElements.Of(plus.With("r", 1.0).With("alpha", 5.0)));
    }

    [Fact]
    public void Methods_of_one_model_refuse_more() =>
        Assert.Equal(
            "layers.0.weight: the method takes one model beside the base, not 2",
            Assert.Throws<MergeException>(() => MergedElements.Of(Setup("slerp", [1], [1], [2], [3]).With("t", 0.5))).Message);

    private static MergeSetup Setup(string method, long[] shape, double[]? basis, params double[][] models) =>
        new(method, shape, basis is null ? null : new ArrayElements(shape, basis), [.. models.Select((values, i) => new MergeModel(i, new ArrayElements(shape, values), None))], None);

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(value => value * value));

    /// <summary>The length of sum w_i log_m(u_i).</summary>
    private static double Imbalance(double[] mean, double[][] vectors, double[] weights)
    {
        var m = Array.ConvertAll(mean, x => x / Norm(mean));
        var sum = new double[mean.Length];
        for (var k = 0; k < vectors.Length; k++)
        {
            var u = Array.ConvertAll(vectors[k], x => x / Norm(vectors[k]));
            var cosine = u.Zip(m, (x, y) => x * y).Sum();
            var factor = weights[k] * Math.Acos(cosine) / Math.Sqrt(1 - (cosine * cosine));
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += factor * (u[i] - (cosine * m[i]));
            }
        }

        return Norm(sum);
    }
}
