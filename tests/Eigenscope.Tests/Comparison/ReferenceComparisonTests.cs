using System.Text.Json;
using Eigenscope.Comparison;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;
using Xunit;

namespace Eigenscope.Tests.Comparison;

/// <summary>Pairs of matrices against numbers of numpy 1.24.2: a base, three fine-tuned ones, and their changes.</summary>
public sealed class ReferenceComparisonTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string, string, string> Pairs { get; } = new()
    {
        { "ft1_vs_base", "ft1", "base" },
        { "delta1_vs_delta2", "ft1-base", "ft2-base" },
        { "delta1_vs_delta1", "ft1-base", "ft1-base" },
        { "delta1_vs_delta3_k4", "ft1-base", "ft3-base" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Weights(string pair, string a, string b)
    {
        var (expected, change) = (Expected(pair), WeightChange.Of(Matrix(a), Matrix(b), cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(Number(expected, "cosine"), change.Cosine!.Value, Tolerance);
        Assert.Equal(Number(expected, "rel_frobenius"), change.RelativeNorm!.Value, Tolerance);
        Assert.Equal(Number(expected, "sign_agreement"), change.SignAgreement!.Value, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Subspaces_of_both_sides(string pair, string a, string b)
    {
        var expected = Expected(pair);
        var (left, right) = (Leading(a, expected), Leading(b, expected));
        var (rows, columns) = (Subspaces.Of(left.Left, right.Left), Subspaces.Of(left.Right, right.Right));
        RequireEqual(Numbers(expected, "left_principal_cosines"), rows.Cosines);
        RequireEqual(Numbers(expected, "right_principal_cosines"), columns.Cosines);
        Assert.Equal(Number(expected, "left_overlap"), rows.Overlap, Tolerance);
        Assert.Equal(Number(expected, "right_overlap"), columns.Overlap, Tolerance);
        Assert.Equal(Number(expected, "grassmann_left"), rows.GrassmannDistance, Tolerance);
        Assert.Equal(Number(expected, "chordal_left"), rows.ChordalDistance, Tolerance);
        Assert.Equal(Number(expected, "subspace_alignment_ratio_A_in_B"), SubspaceAlignment.Of(Matrix(a), right.Left, cancellation: TestContext.Current.CancellationToken)!.Value, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Distances_of_spectra(string pair, string a, string b)
    {
        var (expected, left, right) = (Expected(pair), Spectrum(a), Spectrum(b));
        var distances = SpectrumDistances.Of(left.SingularValues, right.SingularValues);
        Assert.Equal(Number(expected, "sv_log_distance"), distances.Logarithmic!.Value, Tolerance);
        Assert.Equal(Number(expected, "sv_wasserstein1"), distances.Wasserstein, Tolerance);
        Assert.Equal(Number(expected, "sv_js_nats"), distances.JensenShannon!.Value, Tolerance);
        RequireEqual(Numbers(expected, "spectral"), [left.Largest, right.Largest]);
        RequireEqual(Numbers(expected, "nuclear"), [left.SingularValues.Sum(), right.SingularValues.Sum()]);
        RequireEqual(Numbers(expected, "energy_rank_99"), [Truncation.RankFor(left.Eigenvalues, 0.99), Truncation.RankFor(right.Eigenvalues, 0.99)]);
    }

    private static JsonElement Expected(string pair) =>
        JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "merging", "spectral_cases.json"))).RootElement.GetProperty("compare").GetProperty(pair);

    private static double Number(JsonElement pair, string name) => pair.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement pair, string name) => [.. pair.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static void RequireEqual(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static LeadingVectors Leading(string name, JsonElement pair) => LeadingVectors.Of(Matrix(name), pair.GetProperty("k").GetInt32(), cancellation: TestContext.Current.CancellationToken);

    private static Spectrum Spectrum(string name) => Eigenscope.Spectra.Spectrum.Of(Matrix(name), SpectrumRoute.Accurate, TestContext.Current.CancellationToken);

    /// <summary>A file, or the difference of two; values are held, since a model is closed at once.</summary>
    private static IMatrix Matrix(string name) =>
        name.Split('-') is [var a, var b] ? new MatrixDifference(Matrix(a), Matrix(b)) : Read(SharedFiles.Path("reference", "merging", "inputs", $"{name}.npy"));

    private static DenseMatrix Read(string path)
    {
        using var model = Model.Open(path);
        var layer = Assert.Single(WeightTable.Of(model)).Slices[0];
        var values = new double[layer.Rows * layer.Columns];
        layer.Read(0, 0, layer.Rows, layer.Columns, values, layer.Columns);
        return new DenseMatrix(layer.Rows, layer.Columns, values);
    }
}
