using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>What holds of spectral merges whatever the numbers.</summary>
public sealed class SpectralPropertyTests
{
    /// <summary>Results are of order 1; the elements of the models are rounded at 1e-16, which singular vectors of the least values, 1e-3, and of the closest, 1e-4 apart, enlarge by as much, and polar factors of as many vectors as columns a thousandfold.</summary>
    private const double Rounding = 1e-8;

    public static TheoryData<string> Methods => ["star", "tsv_m", "iso_c", "iso_cts", "knots", "spectral_aware"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_order_of_models_does_not_count(string method)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        var turned = run with { Changes = [run.Changes[2], run.Changes[0], run.Changes[1]] };
        SpectralAssertions.Near(run.Change(), turned.Change(), Rounding);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_change_grows_with_the_changes(string method)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        var larger = run with { Changes = [.. run.Changes.Select(change => change.Times(8))] };
        SpectralAssertions.Near(run.Change().Times(8), larger.Change(), 8 * Rounding);
    }

    [Theory]
    [InlineData("star")]
    [InlineData("tsv_m")]
    [InlineData("iso_c")]
    [InlineData("iso_cts")]
    [InlineData("spectral_aware")]
    public void The_change_turns_with_the_changes(string method)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        var turned = run with { Base = run.Base.Rotated(3), Changes = [.. run.Changes.Select(change => change.Rotated(3))] };
        SpectralAssertions.Near(run.Change().Rotated(3), turned.Change(), Rounding);
    }

    /// <summary>iso_cts projects on the left alone, and knots has one basis, on the left.</summary>
    [Theory]
    [InlineData("star")]
    [InlineData("tsv_m")]
    [InlineData("iso_c")]
    [InlineData("spectral_aware")]
    public void Rows_and_columns_are_alike(string method)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        var turned = run with { Base = run.Base.Transposed(), Changes = [.. run.Changes.Select(change => change.Transposed())] };
        SpectralAssertions.Near(run.Change().Transposed(), turned.Change(), Rounding);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_model_of_weight_0_is_not_there(string method)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        var without = run with { Changes = [run.Changes[0], run.Changes[2]] };
        Assert.Equal(without.Run().Result.Values.ToArray(), (run with { Weights = [1, 0, 1] }).Run().Result.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Without_a_model_the_base_stays(string method)
    {
        var run = SpectralRun.Drawn(method, 20, 10) with { Weights = [0, 0, 0] };
        var (result, facts) = run.Run();
        Assert.Equal(run.Base.Values.ToArray(), result.Values.ToArray());
        Assert.Equal("base", facts.Route);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Models_that_are_the_base_leave_it(string method)
    {
        var zero = Matrices.Of(20, 10, (_, _) => 0);
        var run = SpectralRun.Drawn(method, 20, 10) with { Changes = [zero, zero] };
        Assert.Equal(run.Base.Values.ToArray(), run.Run().Result.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Lambda_scales_the_change(string method)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        SpectralAssertions.Near(run.Change().Times(0.25), run.With("lambda", 0.25).Change(), Rounding);
        SpectralAssertions.Near(run.Base, run.With("lambda", 0.0).Run().Result, 0);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_bits_are_the_same_for_any_number_of_threads(string method)
    {
        var run = SpectralRun.Drawn(method, 110, 90);
        Assert.Equal(run.Run().Result.Values.ToArray(), (run with { Threads = 3 }).Run().Result.Values.ToArray());
    }

    [Theory]
    [InlineData("spectral_aware", 1)]
    [InlineData("spectral_aware", 3)]
    [InlineData("knots", 1)]
    public void One_model_and_equal_models_are_returned(string method, int models)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        run = run.With("density", 1.0) with { Changes = [.. Enumerable.Repeat(run.Changes[0], models)] };
        SpectralAssertions.Near(run.Changes[0], run.Change(), Rounding);
    }

    [Fact]
    public void Equal_models_are_one_for_star()
    {
        var run = SpectralRun.Drawn("star", 40, 30);
        var (one, three) = (run with { Changes = [run.Changes[0]] }, run with { Changes = [run.Changes[0], run.Changes[0], run.Changes[0]] });
        SpectralAssertions.Near(one.Change(), three.Change(), Rounding);
        SpectralAssertions.Near(run.Changes[0], one.With("eta", 100.0).Change(), Rounding);
    }

    /// <summary>Twice half of the directions is what half of them is once; the published algorithm adds others at full strength.</summary>
    [Fact]
    public void A_model_that_is_given_twice_counts_once_for_tsv_m()
    {
        var run = SpectralRun.Drawn("tsv_m", 40, 30);
        var twice = run with { Changes = [run.Changes[0], run.Changes[0]] };
        var (result, facts) = twice.Run();
        Assert.Equal((30.0, 15.0), (facts.Fact("triplets"), facts.Fact("directions")));
        var expected = Truncated(run.Changes[0], 15);
        SpectralAssertions.Near(expected, result.Plus(run.Base.Times(-1)), Rounding);
        Assert.True(Math.Sqrt(twice.With("variant", "paper").Change().Plus(expected.Times(-1)).SquaredNorm()) > 0.01);
    }

    [Theory]
    [InlineData("iso_c")]
    [InlineData("iso_cts")]
    public void Directions_that_are_not_there_are_not_amplified(string method)
    {
        var changes = Enumerable.Range(0, 2).Select(i => Matrices.WithSingularValues(40, 30, [3, 2, 1, .. new double[27]], 5 + i)).ToArray();
        var run = new SpectralRun(method, Matrices.Normal(40, 30, 9), changes) { Epsilon = Math.ScaleB(1, -23) };
        var noisy = run with { Changes = [.. changes.Select((change, i) => change.Plus(Matrices.Normal(40, 30, 30 + i).Times(2.5e-8)))] };
        SpectralAssertions.Near(run.Change(), noisy.Change(), 1e-5);
        Assert.True(Math.Sqrt(noisy.With("variant", "paper").Change().Plus(run.Change().Times(-1)).SquaredNorm()) > 1);
    }

    [Fact]
    public void Iso_c_as_published_warns_of_directions_that_are_not_there()
    {
        var run = new SpectralRun("iso_c", Matrices.Normal(40, 30, 9), [Matrices.WithSingularValues(40, 30, [3, 2, 1, .. new double[27]], 5)]);
        Assert.Empty(run.Run().Facts.Warnings);
        Assert.Equal(["27 of 30 directions are rounding alone, and get the weight of all others"], run.With("variant", "paper").Run().Facts.Warnings);
    }

    /// <summary>Factors of another shape, as of a tensor that is cropped, are not used.</summary>
    [Fact]
    public void Adapters_of_another_shape_are_left_aside()
    {
        var run = SpectralRun.Drawn("star", 20, 10, models: 1);
        var other = new LowRankChange(Matrices.Normal(22, 2, 1), Matrices.Normal(2, 10, 2), 1);
        Assert.Equal(run.Run().Result.Values.ToArray(), (run with { Adapters = [other] }).Run().Result.Values.ToArray());
    }

    /// <summary>Equal ranks, other subspaces: averaging would shrink both.</summary>
    [Fact]
    public void Disjoint_subspaces_of_one_rank_are_projected()
    {
        var (first, second) = (Matrices.Of(40, 30, (i, j) => i == j && i < 5 ? 1 : 0), Matrices.Of(40, 30, (i, j) => i == j && i is >= 5 and < 10 ? 1 : 0));
        var (result, facts) = new SpectralRun("spectral_aware", Matrices.Normal(40, 30, 1), [first, second]).Run();
        Assert.Equal("shared_subspace", facts.Route);
        Assert.Equal(0, facts.Fact("dispersion"), 1e-12);
        Assert.Equal(0, facts.Fact("overlap"), 1e-12);
        Assert.All(facts.Facts("kept_energy"), kept => Assert.Equal(1, kept, 1e-12));
        Assert.Equal(1, facts.Fact("nuclear_gain"), 1e-12);
        Assert.Equal(40 * 30, result.Values.Length);
    }

    [Theory]
    [InlineData("average")]
    [InlineData("ties")]
    [InlineData("tsv_m")]
    public void Cores_keep_the_sum_of_singular_values(string core)
    {
        var run = SpectralRun.Drawn("spectral_aware", 40, 30).With("core", core).With("omega", 1.0).With("g_max", 100.0).With("density", 1.0);
        var (result, facts) = run.Run();
        var wanted = run.Changes.Average(change => Nuclear(change));
        Assert.Equal("shared_subspace", facts.Route);
        Assert.Equal(wanted, Nuclear(result.Plus(run.Base.Times(-1))), 1e-10);
    }

    [Fact]
    public void A_smooth_blend_lies_between_both_ways()
    {
        var run = SpectralRun.Drawn("spectral_aware", 40, 30);
        var overlap = run.Run().Facts.Fact("overlap");
        var near = run.With("tau", 9.0).With("blend", "smooth");
        var (average, projected) = (run.With("tau", 9.0).With("omega", 0.0).Change(), run.With("omega", 1.0).Change());
        var (result, facts) = near.With("omega", overlap).Run();
        Assert.Equal("blend", facts.Route);
        Assert.Equal(0.5, facts.Fact("averaged_share"), 1e-9);
        SpectralAssertions.Near(average.Plus(projected).Times(0.5), result.Plus(run.Base.Times(-1)), 1e-9);
        SpectralAssertions.Near(near.With("omega", overlap - 1e-9).Change(), near.With("omega", overlap + 1e-9).Change(), 1e-7);
    }

    /// <summary>From the factors, and from the matrices that they make.</summary>
    [Theory]
    [InlineData("star", 40, 30)]
    [InlineData("tsv_m", 40, 30)]
    [InlineData("iso_c", 40, 30)]
    [InlineData("knots", 40, 30)]
    [InlineData("star", 30, 140)]
    [InlineData("tsv_m", 30, 140)]
    [InlineData("iso_c", 30, 140)]
    [InlineData("knots", 30, 140)]
    public void Adapters_give_what_their_matrices_give(string method, int rows, int columns)
    {
        LowRankChange[] adapters = [Adapter(4, 2, 1), Adapter(7, 0.5, 2), Adapter(2, 1, 3)];
        DenseMatrix[] changes = [.. adapters.Select(Dense)];
        var run = new SpectralRun(method, Matrices.Normal(rows, columns, 4), changes);
        var (expected, dense) = run.Run();
        var (actual, factored) = (run with { Adapters = adapters }).Run();
        SpectralAssertions.Near(expected, actual, 1e-10);
        Assert.All(dense.Values, value => Assert.Equal(value.Value, factored.Fact(value.Key), 1e-9));
        Assert.All(dense.PerModel, value => SpectralAssertions.Near(value.Value, factored.Facts(value.Key), 1e-9));

        LowRankChange Adapter(int rank, double scale, int seed) => new(Matrices.Normal(rows, rank, seed).Times(0.2), Matrices.Normal(rank, columns, seed + 50), scale);
        DenseMatrix Dense(LowRankChange change) => Matrices.Of(rows, columns, (i, j) => change.Scale * Enumerable.Range(0, change.Up.Columns).Sum(k => change.Up[i, k] * change.Down[k, j]));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Vectors_are_averaged(string method)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        DenseMatrix[] rows = [.. run.Changes.Select(change => Matrices.Of(1, 30, (_, j) => change[3, j]))];
        var (result, facts) = (run with { Base = Matrices.Normal(1, 30, 2), Changes = rows, Weights = [1, 1, 2] }).Run();
        double[] weights = method == "spectral_aware" ? [0.25, 0.25, 0.5] : [1 / 3.0, 1 / 3.0, 1 / 3.0];
        var expected = Matrices.Normal(1, 30, 2).Plus(Matrices.Of(1, 30, (_, j) => rows.Select((row, i) => weights[i] * row[0, j]).Sum()));
        SpectralAssertions.Near(expected, result, 1e-14);
        Assert.Equal("weighted_average", facts.Route);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_facts_give_the_lengths_of_both_changes(string method)
    {
        var run = SpectralRun.Drawn(method, 40, 30);
        var (result, facts) = run.Run();
        Assert.Equal(Math.Sqrt(result.Plus(run.Base.Times(-1)).SquaredNorm()), facts.Fact("change_norm"), 1e-10);
        Assert.Equal(Math.Sqrt(run.Changes.Aggregate(SpectralAssertions.Plus).Times(1 / 3.0).SquaredNorm()), facts.Fact("average_norm"), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_negative_weight_is_refused_in_one_line(string method)
    {
        var error = Assert.Throws<MergeException>(() => (SpectralRun.Drawn(method, 20, 10) with { Weights = [1, -1, 1] }).Run());
        Assert.Equal("layers.0.weight: a weight is negative; shares of models are 0 or more", error.Message);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_bytes_that_are_held_grow_with_the_matrix(string name)
    {
        var method = MergeMethods.Of(name)!;
        var parameters = new TensorParameters(method.Parameters, new Dictionary<string, object>(StringComparer.Ordinal));
        Assert.Equal(0, method.Bytes([4096], 3, parameters));
        var matrix = method.Bytes([1024, 4096], 3, parameters);
        Assert.True(matrix > 8L * 1024 * 4096 * 4);
        Assert.Equal(matrix, method.Bytes([1024, 512, 8], 3, parameters));
    }

    private static double Nuclear(DenseMatrix matrix) => Spectra(matrix).Values.Sum();

    private static DenseMatrix Truncated(DenseMatrix matrix, int rank)
    {
        var vectors = Spectra(matrix);
        return vectors.Product(vectors.Values.AsSpan(0, rank), Execution.OneThread(TestContext.Current.CancellationToken)).ToDense();
    }

    private static Eigenscope.Spectra.SingularVectors Spectra(DenseMatrix matrix)
    {
        var copy = new RowMajor(matrix.Rows, matrix.Columns);
        matrix.Values.Span.CopyTo(copy.Elements);
        return Eigenscope.Spectra.SingularVectors.Of(copy, Execution.OneThread(TestContext.Current.CancellationToken));
    }
}
