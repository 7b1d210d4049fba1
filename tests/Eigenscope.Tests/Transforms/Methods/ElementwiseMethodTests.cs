using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>What holds of every method that works element by element.</summary>
public sealed class ElementwiseMethodTests
{
    /// <summary>Sums of a few products in another order, relative to the largest magnitude.</summary>
    private const double Rounding = 1e-13;

    /// <summary>Three blocks, the last of them shorter.</summary>
    private static readonly long[] Large = [40, 4099];

    private static readonly long[] Small = [6, 50];

    public static TheoryData<string> Methods => [.. SyntheticMerge.Methods];

    public static TheoryData<string, string> Variants => [.. from name in SyntheticMerge.Methods from word in Words(name) select (name, word)];

    public static TheoryData<string> Weighted => [.. SyntheticMerge.Methods.Where(name => name is not "passthrough" and not "nuslerp" && SyntheticMerge.Of(name, Small).Has("weight"))];

    /// <summary>All but that with a softmax of the weights.</summary>
    public static TheoryData<string> ScaleFree => [.. SyntheticMerge.Methods.Where(name => name != "arcee_fusion")];

    public static TheoryData<string> WithLambda => [.. SyntheticMerge.Methods.Where(name => MergeMethods.Of(name)!.Base == BaseUse.Required && SyntheticMerge.Of(name, Small).Has("lambda"))];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Is_listed_with_parameters_that_make_sense(string name)
    {
        var method = MergeMethods.Of(name);
        Assert.NotNull(method);
        Assert.Equal(method.Parameters.Count, method.Parameters.Select(parameter => parameter.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(method.Parameters, parameter => Assert.True(parameter.Kind switch
        {
            ParameterKind.Number => parameter.Default is null || (parameter.Default is double value && value >= parameter.Least && value <= parameter.Most),
            ParameterKind.Flag => parameter.Default is bool,
            _ => parameter.Default is string word && parameter.Words.Contains(word, StringComparer.Ordinal),
        }));
        Assert.All(method.Parameters.Where(parameter => parameter.Name == "density"), parameter => Assert.True(parameter.Most < 2));
        Assert.InRange(method.Bytes([4096, 11008], 3, SyntheticMerge.Of(name, Small).Task(Execution.OneThread(TestContext.Current.CancellationToken)).Parameters), 0, (512L << 20) + (Environment.ProcessorCount * (16L << 20)));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Has_the_same_bits_for_any_threads_and_order_of_blocks(string name, string variant)
    {
        var setup = Vary(SyntheticMerge.Of(name, Large), variant);
        var (expected, facts) = MergedElements.WithFacts(setup);
        var (threads, threadFacts) = MergedElements.WithFacts(setup, 3);
        var (reversed, reversedFacts) = MergedElements.WithFacts(setup, 1, i => 2 - i);
        Assert.Equal(expected, threads);
        Assert.Equal(expected, reversed);
        Assert.Equal(Numbers(facts), Numbers(threadFacts));
        Assert.Equal(Numbers(facts), Numbers(reversedFacts));
        Assert.All(expected, x => Assert.True(double.IsFinite(x)));
        Assert.NotEqual(name == "passthrough" ? [] : ((ArrayElements)setup.Models[0].Elements).Values, expected);
    }

    [Theory]
    [MemberData(nameof(Weighted))]
    public void A_model_with_weight_zero_has_no_influence(string name)
    {
        var setup = SyntheticMerge.Of(name, Small);
        var noise = new ArrayElements(Small, [.. new Draws(9).Normals(300)]);
        var silent = new MergeModel(3, noise, new Dictionary<string, object>(StringComparer.Ordinal) { ["weight"] = 0.0, ["density"] = 0.5 });
        Assert.Equal(MergedElements.Of(setup), MergedElements.Of(setup with { Models = [.. setup.Models, silent], Statistics = [.. setup.Statistics, noise] }));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_order_of_the_models_changes_rounding_at_most(string name)
    {
        var setup = SyntheticMerge.Of(name, Small);
        var other = setup with { Models = [.. setup.Models.Reverse()], Statistics = [.. setup.Statistics.Reverse()] };
        Near(MergedElements.Of(setup), MergedElements.Of(other), name is "multislerp" or "karcher" ? 1e-10 : Rounding);
    }

    /// <summary>Powers of two change no mantissa. A length among the parameters doubles as well.</summary>
    [Theory]
    [MemberData(nameof(ScaleFree))]
    public void Doubles_with_its_models(string name)
    {
        var setup = SyntheticMerge.Of(name, Small);
        var doubled = setup with { Base = Doubled(setup.Base), Models = [.. setup.Models.Select(model => model with { Elements = Doubled(model.Elements)! })] };
        doubled = name switch { "ram" or "ramplus_tl" => doubled.With("epsilon", 0.2), "nearswap" => doubled.With("t", 0.1), _ => doubled };
        Assert.Equal(MergedElements.Of(setup).Select(x => 2 * x), MergedElements.Of(doubled));
    }

    [Theory]
    [MemberData(nameof(WithLambda))]
    public void Lambda_scales_what_is_done_to_the_base(string name)
    {
        var setup = SyntheticMerge.Of(name, Small);
        var basis = ((ArrayElements)setup.Base!).Values;
        var merged = MergedElements.Of(setup);
        Assert.Equal(basis, MergedElements.Of(setup.With("lambda", 0.0)));
        Near([.. merged.Select((x, i) => basis[i] + (1.5 * (x - basis[i])))], MergedElements.Of(setup.With("lambda", 1.5)), Rounding);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("multislerp")]
    [InlineData("karcher")]
    [InlineData("task_arithmetic")]
    [InlineData("ties")]
    [InlineData("dare_linear")]
    [InlineData("dare_ties")]
    [InlineData("breadcrumbs")]
    [InlineData("breadcrumbs_ties")]
    [InlineData("della")]
    [InlineData("della_linear")]
    [InlineData("sce")]
    [InlineData("ram")]
    [InlineData("passthrough")]
    [InlineData("fisher")]
    [InlineData("slerp")]
    [InlineData("nearswap")]
    public void One_model_whole_is_returned(string name)
    {
        var setup = SyntheticMerge.Of(name, Small, models: 1);
        setup = setup.Has("weight") ? setup.WithEach("weight", _ => 1.0) : setup;
        setup = setup.Has("density") ? setup.WithEach("density", _ => 1.0) : setup;
        setup = setup.Has("t") ? setup.With("t", name == "slerp" ? 1.0 : 1e9) : setup;
        setup = name == "ram" ? setup.With("epsilon", 0.0) : setup;
        Near(((ArrayElements)setup.Models[0].Elements).Values, MergedElements.Of(setup), name is "multislerp" or "karcher" or "fisher" ? Rounding : 0);
    }

    [Fact]
    public void Linear_is_task_arithmetic_with_normalized_weights()
    {
        var linear = SyntheticMerge.Of("linear", Small);
        var arithmetic = SyntheticMerge.Of("task_arithmetic", Small).With("normalize", true) with { Models = linear.Models };
        Near(MergedElements.Of(linear), MergedElements.Of(arithmetic), Rounding);
    }

    /// <summary>The base is a model to methods that average, and none to those that add up changes.</summary>
    [Fact]
    public void A_listed_base_counts_where_models_are_averaged()
    {
        var setup = SyntheticMerge.Of("task_arithmetic", Small);
        var listed = new MergeModel(3, setup.Base!, new Dictionary<string, object>(StringComparer.Ordinal) { ["weight"] = 1.0 }, IsBase: true);
        Assert.Equal(MergedElements.Of(setup), MergedElements.Of(setup with { Models = [listed, .. setup.Models] }));
        var linear = setup with { Method = "linear" };
        var expected = MergedElements.Of(linear).Zip(((ArrayElements)setup.Base!).Values, (x, y) => ((1.6 * x) + y) / 2.6).ToArray();
        Near(expected, MergedElements.Of(linear with { Models = [listed, .. setup.Models] }), Rounding);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("task_arithmetic")]
    [InlineData("dare_linear")]
    public void Weights_that_cancel_are_refused(string name)
    {
        var setup = SyntheticMerge.Of(name, Small, models: 2).With("normalize", true).WithEach("weight", i => i == 0 ? 0.3 : -0.3);
        var error = Assert.Throws<MergeException>(() => MergedElements.Of(setup));
        Assert.Equal("layers.0.weight: the weights 0.3, -0.3 add up to 0 and cannot be normalized; use others, or normalize: false", error.Message);
    }

    [Fact]
    public void Fisher_needs_a_statistic_of_every_model() =>
        Assert.Equal(
            "layers.0.weight: fisher needs the Fisher information of 3 models and has that of 0",
            Assert.Throws<MergeException>(() => MergedElements.Of(SyntheticMerge.Of("fisher", Small) with { Statistics = [] })).Message);

    [Fact]
    public void The_8_bit_mask_changes_nothing() =>
        Assert.Equal(MergedElements.Of(SyntheticMerge.Of("ties", Small)), MergedElements.Of(SyntheticMerge.Of("ties", Small).With("int8_mask", true)));

    /// <summary>Scalars, empty tensors and kernels go through every method.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Takes_any_shape(string name)
    {
        foreach (var shape in new long[][] { [], [1], [0], [3, 0], [7], [1, 5], [5, 1], [2, 3, 4], [2, 3, 3, 3] })
        {
            var result = MergedElements.Of(SyntheticMerge.Of(name, shape));
            Assert.Equal(shape.Aggregate(1L, (product, size) => product * size), result.Length);
            Assert.All(result, x => Assert.True(double.IsFinite(x), $"{name} of [{string.Join(", ", shape)}] gives {x}"));
        }
    }

    private static IEnumerable<string> Words(string name) => MergeMethods.Of(name)!.Parameters.FirstOrDefault(parameter => parameter.Name == "variant")?.Words ?? ["default"];

    private static MergeSetup Vary(MergeSetup setup, string variant) => setup.Has("variant") ? setup.With("variant", variant) : setup;

    private static ArrayElements? Doubled(IElements? elements) => elements is ArrayElements array ? array with { Values = Array.ConvertAll(array.Values, x => 2 * x) } : null;

    private static IEnumerable<double> Numbers(MergeFacts facts) => facts.Values.Select(item => item.Value).Concat(facts.PerModel.SelectMany(item => item.Value));

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        var difference = expected.Zip(actual, (x, y) => Math.Abs(x - y)).Max() / expected.Max(Math.Abs);
        Assert.True(difference <= tolerance, $"differs by {difference:g3} of the largest magnitude; {tolerance:g3} is allowed");
    }
}
