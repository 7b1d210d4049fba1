using System.Globalization;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Real models against spectra.csv, which NumPy computed.</summary>
public sealed class ReferenceModelTests
{
    /// <summary>The name in spectra.csv, and the file under ../shared/models.</summary>
    public static TheoryData<string, string> Models { get; } = new()
    {
        { "silero-16k-safetensors", "silero/silero_vad_16k.safetensors" },
        { "ggml-mnist-mlp", "ggml-mnist/mnist_model.state_dict" },
        { "resnet20-cifar10", "cifar-resnet/resnet20-12fca82f.th" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void HaveTheReferenceSpectra(string name, string file)
    {
        var reference = CsvTable.Parse(File.ReadAllText(Repository.Shared("reference", "models", "spectra.csv"))).Rows.Where(row => row["model"] == name).ToList();
        var result = AnalysisDocument.Of(Repository.Shared(["models", .. file.Split('/')]));

        Assert.NotEmpty(reference);
        Assert.All(reference, row => RequireSame(row, result.Layer(NameOf(row))));
    }

    /// <summary>The tensor of a row, without the prefix of parallel training that the tool drops.</summary>
    private static string NameOf(Dictionary<string, string> row) => row["tensor"].StartsWith("module.", StringComparison.Ordinal) ? row["tensor"]["module.".Length..] : row["tensor"];

    private static void RequireSame(Dictionary<string, string> row, System.Text.Json.JsonElement layer)
    {
        double Expected(string column) => double.Parse(row[column], CultureInfo.InvariantCulture);
        double Actual(string metric) => AnalysisDocument.Metric(layer, metric)!.Value;

        Assert.Equal((Expected("N"), Expected("M")), (Actual("N"), Actual("M")));
        RequireRelative(Expected("sv_max"), Actual("sv_max"), 1e-9);
        RequireRelative(Expected("frob"), Math.Sqrt(Actual("norm")), 1e-9);
        RequireRelative(Expected("stable_rank"), Actual("stable_rank"), 1e-7);
        Assert.Equal(Expected("pl_alpha"), Actual("alpha"), 1e-6);
        Assert.Equal(Expected("pl_D"), Actual("D"), 1e-6);
        RequireRelative(Expected("pl_xmin"), Actual("xmin"), 1e-7);
    }

    private static void RequireRelative(double expected, double actual, double tolerance) => Assert.Equal(1, actual / expected, tolerance);
}
