using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>What mergekit made of the same tensors, in float32 and in float64. Differences are relative to the largest magnitude.</summary>
public sealed class MergekitCaseTests
{
    /// <summary>float32 has a relative spacing of 1.2e-7, and mergekit takes some steps in it.</summary>
    private const double Single = 1e-6;

    /// <summary>mergekit leaves out models of another shape without a word; here a recipe must allow it: <see cref="Running.AllowedShapeTests"/>.</summary>
    private const string OfAnotherShape = "ta_shape_mismatch_skips";

    /// <summary>Cases that <c>default</c> mends: see the remarks of each method.</summary>
    private static readonly string[] Mended = ["nuslerp_noflat_rowwise_false", "nuslerp_noflat_rowwise_true", "multislerp", "multislerp_base", "ties_negweight", "breadcrumbs_gamma0_BUG", "breadcrumbs_1d_small_BUG"];

    public static TheoryData<string, string> Names =>
        MergeReference.Names.Count == 0 ? new TheoryData<string, string> { { "absent", "f64" } }
        : [.. from name in MergeReference.Names from precision in new[] { "f32", "f64" } where name != OfAnotherShape && MergeReference.Exists("mergekit", $"{name}.{precision}.npy") select (name, precision)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_repeated_by_its_variant(string name, string precision)
    {
        SharedFiles.Path("reference", "merging", "mergekit_cases.json");
        var expected = MergeReference.Read("mergekit", $"{name}.{precision}.npy").Values;
        var setup = MergeReference.Case(name);
        Near(expected, MergedElements.Of(setup.Has("variant") ? setup.With("variant", "mergekit") : setup), Tolerance(name, precision));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_what_the_default_does_where_nothing_is_mended(string name, string precision)
    {
        SharedFiles.Path("reference", "merging", "mergekit_cases.json");
        var expected = MergeReference.Read("mergekit", $"{name}.{precision}.npy").Values;
        var actual = MergedElements.Of(MergeReference.Case(name));
        if (Mended.Contains(name, StringComparer.Ordinal))
        {
            Assert.True(Difference(expected, actual) > 1e-5, $"{name} is not mended");
        }
        else
        {
            Near(expected, actual, Tolerance(name, precision));
        }
    }

    /// <summary>float64 everywhere but in what mergekit computes in float32 all the same, or with an eps.</summary>
    private static double Tolerance(string name, string precision) =>
        precision == "f32" || StartsWith(name, "slerp") || StartsWith(name, "karcher") || StartsWith(name, "dare") || StartsWith(name, "della") ? Single
        : StartsWith(name, "ramplus") ? 1e-8
        : StartsWith(name, "multislerp") ? 1e-9
        : 1e-12;

    private static bool StartsWith(string name, string start) => name.StartsWith(start, StringComparison.Ordinal);

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        var difference = Difference(expected, actual);
        Assert.True(difference <= tolerance, $"differs by {difference:g3} of the largest magnitude; {tolerance:g3} is allowed");
    }

    private static double Difference(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual, (x, y) => Math.Abs(x - y)).Max() / expected.Max(Math.Abs);
    }
}
