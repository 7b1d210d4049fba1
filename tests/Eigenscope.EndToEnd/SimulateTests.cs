using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary><c>simulate</c> as its users run it.</summary>
public sealed class SimulateTests
{
    private static readonly string[] Small = ["simulate", "--rows", "9", "--cols", "4", "--drift", "decay", "--beta", "0.6", "--noise", "0.7", "--until", "0.8", "--start", "values=9,3,1.5,0.5", "--paths", "200"];

    /// <summary>A wrong command line after <c>simulate</c>, and what the error must speak of.</summary>
    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "", "--rows and --cols" },
        { "--rows 4", "--rows and --cols" },
        { "--rows 4 --cols 9", "exchange them" },
        { "--rows x --cols 2", "--rows 'x' is not a number from 1 to 100000" },
        { "--rows 4 --cols 2 --paths 1", "--paths '1' is not a number from 2" },
        { "--rows 4 --cols 2 --drift up", "--drift 'up' is none of none, decay, pull" },
        { "--rows 4 --cols 2 --drift decay", "--drift decay needs its rate" },
        { "--rows 4 --cols 2 --beta 1", "--beta and --target go with" },
        { "--rows 4 --cols 2 --drift pull --beta 1", "--target" },
        { "--rows 4 --cols 2 --drift pull --beta 1 --target 1,2,3", "at most 2" },
        { "--rows 4 --cols 2 --drift decay --beta 1 --target 1", "--target goes with --drift pull" },
        { "--rows 4 --cols 2 --noise -1", "--noise '-1' is not a number from 0" },
        { "--rows 4 --cols 2 --noise nan", "--noise 'nan'" },
        { "--rows 4 --cols 2 --step 0", "--step '0' is not a number above 0" },
        { "--rows 4 --cols 2 --until 0", "--until '0'" },
        { "--rows 4 --cols 2 --times 2,1", "not positive and ascending" },
        { "--rows 4 --cols 2 --times 1,2 --until 3", "exclude each other" },
        { "--rows 4 --cols 2 --start values=1", "--start gives 1 eigenvalues, and --cols is 2" },
        { "--rows 4 --start values=1,x", "--start 'values=1,x'" },
        { "--rows 4 --cols 2 --start ones", "--start 'ones'" },
        { "--rows 4 --cols 2 --integrator euler", "--integrator 'euler'" },
        { "--rows 4 --cols 2 --integrator explicit --start zeros", "positive and all different" },
        { "--rows 4 --cols 2 --integrator singular-values --drift pull --beta 1 --target 1", "only without drift or with decay" },
        { "--rows 4 --cols 2 --paper-compat", "drift of the paper" },
        { "--rows 4 --cols 2 --fit -1", "--fit '-1'" },
        { "--rows 4 --cols 2 --seed x", "--seed 'x' is not a whole number" },
        { "--rows 4 --cols 2 --frobnicate", "unknown option '--frobnicate'" },
        { "--rows 100000 --cols 100000", "too large a matrix" },
        { "--rows 100 --cols 100 --paths 10000000", "do not fit into memory" },
        { "--start-model nowhere.safetensors", "--start-layer" },
        { "--start-model nowhere.safetensors --start-layer x", "nowhere.safetensors" },
        { "--rows 4 --cols 2 --start-layer x", "--start-model" },
        { "--rows 4 --cols 2 --start-model nowhere.safetensors --start-layer x", "brings its own shape" },
        { "--rows 4 --cols 2 --figure nowhere/figure.svg", "--figure lies in the folder" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WrongLinesAreOneLineAndExitCode2(string line, string subject)
    {
        var result = Tool.Run(["simulate", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("eigenscope: ", Assert.Single(result.ErrorLines));
        Assert.Contains(subject, result.Error);
    }

    [Fact]
    public void TheTableHoldsMeansAndExactChecks()
    {
        var result = Tool.Run(Small);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("9 x 4 from values: decay at rate 0.6, noise s 0.7, 200 paths, the matrix itself, without steps", result.Output);
        Assert.Contains("lambda 4", result.Output);
        Assert.Contains("14.43", result.Output);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("60")]
    public void TheTableFitsANarrowTerminal(string columns)
    {
        var result = Tool.Run([.. Small, "--fit", "20"], [("COLUMNS", columns)]);

        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, int.Parse(columns)));
        Assert.Contains("beta-prime", result.Output);
    }

    [Fact]
    public void JsonHasTheSchemaAndEveryTime()
    {
        using var json = JsonDocument.Parse(Tool.Run([.. Small, "--format", "json", "--outputs", "3", "--fit", "20", "--kappa", "0.3"]).Output);
        var root = json.RootElement;

        Assert.Equal("eigenscope/simulation/1", root.GetProperty("schema").GetString());
        Assert.Equal(3, root.GetProperty("times").GetArrayLength());
        Assert.Equal([1, 2, 3, 4], root.GetProperty("times")[2].GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetProperty("rank").GetInt32()));
        Assert.Equal(1.5 + (0.6 / 0.09), root.GetProperty("fit").GetProperty("predicted_exponent").GetDouble(), 1e-9);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("times")[0].GetProperty("moments")[0].GetProperty("exact").ValueKind);
    }

    [Theory]
    [InlineData("matrix")]
    [InlineData("singular-values")]
    [InlineData("explicit")]
    public void ThreadsNeverChangeAByte(string integrator)
    {
        string[] line = [.. Small, "--integrator", integrator, "--step", "0.05", "--format", "csv", "--seed", "7"];
        var result = Tool.Run([.. line, "--threads", "1"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(33, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(result.Output, Tool.Run([.. line, "--threads", "3"]).Output);
    }

    [Fact]
    public void TheDriftOfThePaperIsLabelled()
    {
        var result = Tool.Run([.. Small, "--integrator", "singular-values", "--paper-compat"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("not equal in law to the matrix process", result.Output);
    }

    [Fact]
    public void ALayerOfAModelIsAStart()
    {
        using var folder = new TemporaryFolder();
        var figure = folder["figure.svg"];
        var result = Tool.Run("simulate", "--start-model", Repository.TinyGpt, "--start-layer", "transformer.h.0.attn.c_attn.weight", "--noise", "0.01", "--paths", "5", "--outputs", "2", "--figure", figure);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("from transformer.h.0.attn.c_attn.weight", result.Output);
        Assert.Equal("svg", XDocument.Load(figure).Root!.Name.LocalName);
        Assert.Contains("matches 4 layers", Tool.Run("simulate", "--start-model", Repository.TinyGpt, "--start-layer", "*.c_fc.weight").Error);
    }

    [Fact]
    public void HelpShowsAnExample()
    {
        var result = Tool.Run("simulate", "--help");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("eigenscope simulate --rows 9 --cols 4", result.Output);
    }
}
