using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>Which elements of a change are kept, on weights in bfloat16, whose changes have many equal magnitudes.</summary>
public sealed class SparsificationTests
{
    /// <summary>Three blocks.</summary>
    private static readonly long[] Large = [40, 4096];

    [Theory]
    [InlineData("ties", 0.1)]
    [InlineData("ties", 0.37)]
    [InlineData("breadcrumbs", 0.2)]
    [InlineData("breadcrumbs_ties", 0.5)]
    public void Exactly_as_many_are_kept_as_the_density_says(string method, double density)
    {
        var setup = One(method, Large, density);
        var change = Change(setup);
        var kept = (int)(density * change.Length);
        var outliers = method == "ties" ? 0 : (int)(0.01 * change.Length);
        var order = Enumerable.Range(0, change.Length).OrderByDescending(i => Math.Abs(change[i])).ToArray();
        Assert.True(Math.Abs(change[order[outliers + kept - 1]]) == Math.Abs(change[order[outliers + kept]]), "the last that is kept should equal the first that is not");
        var expected = ((ArrayElements)setup.Base!).Values.ToArray();
        foreach (var i in order.Skip(outliers).Take(kept))
        {
            expected[i] += change[i];
        }

        var (actual, facts) = MergedElements.WithFacts(setup, 2);
        Assert.Equal(expected, actual);
        Assert.Equal(kept / (double)change.Length, facts.PerModel.Single(item => item.Key == "kept_density").Value[0]);
    }

    /// <summary>TIES as its formula reads, element by element.</summary>
    [Theory]
    [InlineData("default", true)]
    [InlineData("default", false)]
    [InlineData("mergekit", true)]
    public void Ties_is_its_formula(string variant, bool normalize)
    {
        double[] weights = [1, -0.5, 0.8];
        var setup = SyntheticMerge.Of("ties", [7, 31]).With("variant", variant).With("normalize", normalize).With("lambda", 0.9).WithEach("weight", i => weights[i]).WithEach("density", _ => 0.5);
        var basis = ((ArrayElements)setup.Base!).Values;
        var kept = setup.Models.Select(model => Trimmed([.. ((ArrayElements)model.Elements).Values.Select((x, i) => x - basis[i])], 0.5)).ToArray();
        var expected = basis.Select((x, i) =>
        {
            var votes = kept.Select((change, model) => weights[model] * change[i]).ToArray();
            var sign = votes.Sum() >= 0 ? 1 : -1;
            var elected = Enumerable.Range(0, 3).Where(model => Math.Sign(votes[model]) == sign).ToArray();
            var divisor = normalize ? elected.Sum(model => variant == "mergekit" ? weights[model] : Math.Abs(weights[model])) : 1;
            return x + (0.9 * elected.Sum(model => votes[model]) / (divisor == 0 ? 1 : divisor));
        });
        Assert.All(expected.Zip(MergedElements.Of(setup)), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void A_small_tensor_keeps_one_element_where_mergekit_gives_up()
    {
        var setup = One("ties", [3], 0.2);
        var change = Change(setup);
        var largest = Array.IndexOf(change, change.MaxBy(Math.Abs));
        Assert.Equal(((ArrayElements)setup.Base!).Values.Select((x, i) => i == largest ? x + change[i] : x), MergedElements.Of(setup));
        Assert.Equal(
            "layers.0.weight: density 0.2 of model 0 keeps none of 3 elements, which mergekit refuses; raise it, or leave variant out",
            Assert.Throws<MergeException>(() => MergedElements.Of(setup.With("variant", "mergekit"))).Message);
    }

    [Theory]
    [InlineData("ties")]
    [InlineData("dare_linear")]
    [InlineData("breadcrumbs")]
    public void A_density_of_zero_leaves_the_base(string method)
    {
        var setup = One(method, [5, 20], 0);
        Assert.Equal(((ArrayElements)setup.Base!).Values, MergedElements.Of(setup));
    }

    /// <summary>Without outliers breadcrumbs keeps what ties keeps, and mergekit nothing.</summary>
    [Fact]
    public void Breadcrumbs_without_outliers_keeps_the_largest()
    {
        var setup = One("breadcrumbs", [5, 19], 0.4);
        Assert.Equal(MergedElements.Of(One("ties", [5, 19], 0.4)), MergedElements.Of(setup));
        Assert.Equal(((ArrayElements)setup.Base!).Values, MergedElements.Of(setup.With("variant", "mergekit")));
    }

    /// <summary>The bound is five standard deviations of a binomial distribution.</summary>
    [Theory]
    [InlineData("dare_linear", 0.3)]
    [InlineData("della_linear", 0.3)]
    public void Random_elements_are_as_many_as_the_density_says_and_keep_the_mean(string method, double density)
    {
        var setup = One(method, Large, density).With("variant", "paper");
        var (result, facts) = MergedElements.WithFacts(setup, 2);
        var change = Change(setup);
        var basis = ((ArrayElements)setup.Base!).Values;
        var changed = change.Count(x => x != 0) / (double)change.Length;
        Assert.Equal(density * changed, facts.PerModel.Single(item => item.Key == "kept_density").Value[0], 5 * Math.Sqrt(density * (1 - density) / change.Length));
        var (kept, all) = (result.Select((x, i) => Math.Abs(x - basis[i])).Sum(), change.Sum(Math.Abs));
        var deviation = Math.Sqrt(change.Sum(x => x * x) * ((1 / 0.15) - 1));
        Assert.Equal(all, kept, 5 * deviation);
    }

    /// <summary>The factor of mergekit's rescaling keeps the sum of the magnitudes to rounding.</summary>
    [Theory]
    [InlineData("dare_linear")]
    [InlineData("della_linear")]
    [InlineData("ties")]
    [InlineData("breadcrumbs")]
    public void Rescaling_keeps_the_sum_of_the_magnitudes(string method)
    {
        var setup = One(method, [50, 64], 0.4).With("rescale", true);
        var basis = ((ArrayElements)setup.Base!).Values;
        var (result, facts) = MergedElements.WithFacts(setup);
        Assert.Equal(1, result.Select((x, i) => Math.Abs(x - basis[i])).Sum() / Change(setup).Sum(Math.Abs), 1e-12);
        Assert.True(facts.PerModel.Single(item => item.Key == "rescale_factor").Value[0] > 1);
    }

    /// <summary>With the same random number for all, a row keeps its largest elements: those of rank r with p(r) above it.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.43)]
    public void Della_keeps_large_elements_of_a_row_more_often(double draw)
    {
        var setup = One("della_linear", [6, 40], 0.5).With("rescale", false) with { Uniforms = (_, _, to) => to.Fill(draw) };
        var (change, basis) = (Change(setup), ((ArrayElements)setup.Base!).Values);
        var result = MergedElements.Of(setup);
        for (var row = 0; row < 6; row++)
        {
            var order = Enumerable.Range(row * 40, 40).OrderBy(i => Math.Abs(change[i])).ToArray();
            for (var rank = 0; rank < 40; rank++)
            {
                var i = order[rank];
                Assert.Equal(draw < 0.35 + (0.3 * rank / 39) ? basis[i] + change[i] : basis[i], result[i]);
            }
        }
    }

    [Theory]
    [InlineData(0.1, 0.15)]
    [InlineData(0.9, 0.15)]
    public void Della_refuses_probabilities_beyond_0_and_1(double density, double epsilon)
    {
        var setup = One("della", [4, 10], density).WithEach("epsilon", _ => epsilon);
        var error = Assert.Throws<MergeException>(() => MergedElements.Of(setup));
        Assert.StartsWith($"layers.0.weight: density {density} and epsilon {epsilon} of model 0 give probabilities from ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>After the paper, a change is trimmed over all tensors of the model: two tensors trim as one of both does.</summary>
    [Fact]
    public void Ties_after_its_paper_trims_over_the_whole_model()
    {
        var whole = SyntheticMerge.Of("ties", [30, 64]).With("variant", "paper").WithEach("density", _ => 0.2);
        MergeSetup[] parts = [Rows(whole, 0, 11), Rows(whole, 11, 30)];
        Assert.Equal(MergedElements.Of(whole), MergedElements.Model(parts).SelectMany(part => part));
        Assert.NotEqual(MergedElements.Of(whole), parts.SelectMany(MergedElements.Of));
    }

    /// <summary>One vote for each sign, and one tensor whose votes are all minus: the tie goes to minus.</summary>
    [Fact]
    public void Ties_after_its_paper_gives_a_tie_to_the_majority_of_the_model()
    {
        MergeSetup Setup(double[] first, double[] second)
        {
            var shape = new long[] { first.Length };
            var given = new Dictionary<string, object>(StringComparer.Ordinal) { ["weight"] = 1.0 };
            return new MergeSetup(
                "ties", shape, new ArrayElements(shape, new double[first.Length]), [new MergeModel(0, new ArrayElements(shape, first), given), new MergeModel(1, new ArrayElements(shape, second), given)],
                new Dictionary<string, object>(StringComparer.Ordinal) { ["variant"] = "paper" });
        }

        var results = MergedElements.Model(Setup([1, 2], [-1, 4]), Setup([-1, -2, -3], [-3, -2, -1]));
        Assert.Equal([-1, 3], results[0]);
        Assert.Equal([-2, -2, -2], results[1]);
        Assert.Equal([1, 3], MergedElements.Of(Setup([1, 2], [-1, 4]).With("variant", "default")));
    }

    [Fact]
    public void Sce_selects_exactly_the_elements_that_vary_most()
    {
        var setup = SyntheticMerge.Of("sce", Large, models: 2).With("select_topk", 0.25);
        var (first, second) = (((ArrayElements)setup.Models[0].Elements).Values, ((ArrayElements)setup.Models[1].Elements).Values);
        var basis = ((ArrayElements)setup.Base!).Values;
        var variances = first.Select((x, i) => Math.Abs(x - second[i])).ToArray();
        var selected = Enumerable.Range(0, variances.Length).OrderByDescending(i => variances[i]).Take((int)(0.25 * variances.Count(v => v != 0))).ToHashSet();
        var result = MergedElements.Of(setup);
        Assert.All(Enumerable.Range(0, basis.Length).Where(i => !selected.Contains(i)), i => Assert.Equal(basis[i], result[i]));
        var facts = MergedElements.WithFacts(setup).Facts;
        var kept = facts.PerModel.Single(item => item.Key == "kept_density").Value[0];
        Assert.Equal(selected.Count(i => first[i] != basis[i]) / (double)basis.Length, kept);
    }

    /// <summary>A model with a small change is not left out where it is alone; mergekit's least divisor shrinks it.</summary>
    [Fact]
    public void Sce_keeps_what_a_small_change_does_alone()
    {
        long[] shape = [2];
        var none = new Dictionary<string, object>(StringComparer.Ordinal);
        var setup = new MergeSetup("sce", shape, new ArrayElements(shape, [0, 0]), [new(0, new ArrayElements(shape, [1, 0]), none), new(1, new ArrayElements(shape, [0, 1e-4]), none)], none);
        Assert.Equal([1, 1e-4], MergedElements.Of(setup), (x, y) => Math.Abs(x - y) < 1e-15);
        Assert.Equal(1e-6, MergedElements.Of(setup.With("variant", "mergekit"))[1], 1e-13);
    }

    [Fact]
    public void Arcee_fusion_keeps_what_is_above_the_exact_quantile()
    {
        var setup = SyntheticMerge.Of("arcee_fusion", Large);
        var (basis, model) = (((ArrayElements)setup.Base!).Values, ((ArrayElements)setup.Models[0].Elements).Values);
        var importances = new double[basis.Length];
        for (var row = 0; row < 40; row++)
        {
            double[] p = Softmax(model.AsSpan(row * 4096, 4096)), q = Softmax(basis.AsSpan(row * 4096, 4096));
            var divergence = p.Zip(q, (x, y) => x * Math.Log(x / y)).Sum();
            for (var i = row * 4096; i < (row + 1) * 4096; i++)
            {
                importances[i] = Math.Abs(model[i] - basis[i]) * divergence;
            }
        }

        var sorted = importances.Order().ToArray();
        double Quantile(double share) => sorted[(int)(share * (sorted.Length - 1))] + (((share * (sorted.Length - 1)) % 1) * (sorted[(int)(share * (sorted.Length - 1)) + 1] - sorted[(int)(share * (sorted.Length - 1))]));
        var threshold = Quantile(0.5) + (1.5 * (Quantile(0.75) - Quantile(0.25)));
        var result = MergedElements.Of(setup);

        // Divergences agree to a few units of rounding over 4096 terms.
        Assert.All(Enumerable.Range(0, basis.Length).Where(i => Math.Abs((importances[i] / threshold) - 1) > 1e-9), i => Assert.Equal(importances[i] > threshold ? basis[i] + (model[i] - basis[i]) : basis[i], result[i]));
    }

    private static double[] Softmax(ReadOnlySpan<double> row)
    {
        var exponentials = row.ToArray().Select(Math.Exp).ToArray();
        return Array.ConvertAll(exponentials, x => (x / exponentials.Sum()) + 1e-8);
    }

    private static MergeSetup One(string method, long[] shape, double density) => SyntheticMerge.Of(method, shape, models: 1).WithEach("weight", _ => 1.0).WithEach("density", _ => density);

    private static double[] Change(MergeSetup setup) => [.. ((ArrayElements)setup.Models[0].Elements).Values.Zip(((ArrayElements)setup.Base!).Values, (x, y) => x - y)];

    private static double[] Trimmed(double[] change, double density)
    {
        var kept = Enumerable.Range(0, change.Length).OrderByDescending(i => Math.Abs(change[i])).Take((int)(density * change.Length)).ToHashSet();
        return [.. change.Select((x, i) => kept.Contains(i) ? x : 0)];
    }

    private static MergeSetup Rows(MergeSetup whole, int from, int to)
    {
        ArrayElements Part(IElements elements) => new([to - from, 64], ((ArrayElements)elements).Values[(from * 64)..(to * 64)]);
        return whole with { Shape = [to - from, 64], Base = Part(whole.Base!), Models = [.. whole.Models.Select(model => model with { Elements = Part(model.Elements) })] };
    }
}
