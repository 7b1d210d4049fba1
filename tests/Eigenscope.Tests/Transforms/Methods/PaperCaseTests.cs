using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>What the authors' code, or numpy after their formulas, made of the same tensors.</summary>
public sealed class PaperCaseTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("official", "ties_paper_top20", 0.2)]
    [InlineData("numpy", "ties_paper_top20", 0.2)]
    [InlineData("official", "ties_paper_top100", 1.0)]
    [InlineData("numpy", "ties_paper_top100", 1.0)]
    public void Ties(string source, string name, double density)
    {
        var setup = Setup("ties", 3).With("variant", "paper").WithEach("weight", _ => 1.0).WithEach("density", _ => density);
        Near(MergeReference.Read(source, name + ".npy"), MergedElements.Of(setup));
    }

    [Fact]
    public void Dare()
    {
        double[] weights = [0.7, 0.4, 0.3], densities = [0.5, 0.4, 0.6];
        var setup = Setup("dare_linear", 3).With("variant", "paper").WithEach("weight", i => weights[i]).WithEach("density", i => densities[i]);
        Near(MergeReference.Read("numpy", "dare_paper.npy"), MergedElements.Of(setup with { Uniforms = MergeReference.Masks(["u1", "u2", "u3"], 0) }));
    }

    /// <summary>The probabilities that mergekit computed are in float32, and so the sum is compared at its spacing; the numbers of the paper's variant are where the reference has them.</summary>
    [Theory]
    [InlineData("della", 1, 0.5, 0.15)]
    [InlineData("della", 2, 0.5, 0.1)]
    [InlineData("della", 3, 0.6, 0.2)]
    public void Della_divides_each_element_by_its_probability(string method, int model, double density, double epsilon)
    {
        var probabilities = MergeReference.Read("masks", $"{method}.keep_prob{model}.npy").Values;
        double[] draws = MergeReference.Read("masks", $"u{model}.npy").Values, basis = MergeReference.Input("base").Values, tuned = MergeReference.Input($"ft{model}").Values;
        var one = new MergeModel(0, MergeReference.Input($"ft{model}"), Given(("weight", 1.0), ("density", density), ("epsilon", epsilon)));
        var setup = Setup("della_linear", 0).With("variant", "paper") with { Models = [one], Uniforms = MergeReference.Masks([$"u{model}"], 0) };
        var expected = basis.Select((x, i) => x + (draws[i] < probabilities[i] ? (tuned[i] - x) / probabilities[i] : 0)).ToArray();
        Near(new ArrayElements(setup.Shape, expected), MergedElements.Of(setup), 1e-6);
    }

    [Fact]
    public void Fisher()
    {
        var setup = Setup("fisher", 3) with { Statistics = [.. Enumerable.Range(1, 3).Select(i => MergeReference.Input($"fisher{i}"))] };
        Near(MergeReference.Read("numpy", "fisher.npy"), MergedElements.Of(setup));
    }

    [Theory]
    [InlineData("other", 0.3)]
    [InlineData("other", 0.5)]
    [InlineData("ft1", 0.3)]
    public void Slerp(string other, double t)
    {
        var setup = Setup("slerp", 0).With("t", t) with { Models = [new MergeModel(0, MergeReference.Input(other), Given())] };
        Near(MergeReference.Read("numpy", $"slerp64_base_{other}_t{t:0.0}.npy"), MergedElements.Of(setup));
    }

    private static Dictionary<string, object> Given(params (string Name, object Value)[] parameters) => parameters.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);

    private static MergeSetup Setup(string method, int models) =>
        new(method, [64, 48], MergeReference.Input("base"), [.. Enumerable.Range(0, models).Select(i => new MergeModel(i, MergeReference.Input($"ft{i + 1}"), Given()))], Given());

    private static void Near(ArrayElements expected, double[] actual, double tolerance = Tolerance)
    {
        var difference = expected.Values.Zip(actual, (x, y) => Math.Abs(x - y)).Max() / expected.Values.Max(Math.Abs);
        Assert.True(difference <= tolerance, $"differs by {difference:g3} of the largest magnitude; {tolerance:g3} is allowed");
    }
}
