using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Wrong command lines: exit code 2, one line on standard error, nothing on standard output.</summary>
public sealed class UsageErrorTests
{
    private const string Model = "MODEL";

    /// <summary>A command line, in which MODEL stands for a good model, and what the error must speak of.</summary>
    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "", "a command is missing" },
        { "frobnicate", "frobnicate" },
        { "--frobnicate", "unknown option '--frobnicate'" },
        { "inspect", "inspect" },
        { "inspect MODEL MODEL", "tiny-gpt" },
        { "inspect MODEL --frobnicate", "unknown option '--frobnicate'" },
        { "inspect --frobnicate MODEL", "unknown option '--frobnicate'" },
        { "layer --frobnicate MODEL NAME", "unknown option '--frobnicate'" },
        { "inspect MODEL --format xml", "xml" },
        { "analyze", "analyze" },
        { "analyze MODEL --frobnicate", "--frobnicate" },
        { "analyze --frobnicate MODEL", "--frobnicate" },
        { "analyze MODEL --format xml", "--format 'xml' is none of table, json, csv" },
        { "analyze MODEL --format", "--format" },
        { "analyze MODEL --threads", "--threads" },
        { "analyze MODEL --threads 0", "--threads" },
        { "analyze MODEL --threads -1", "--threads" },
        { "analyze MODEL --threads x", "--threads" },
        { "analyze MODEL --threads 1.5", "--threads" },
        { "analyze MODEL --threads 99999999999", "--threads" },
        { "analyze MODEL --max-memory banana", "--max-memory" },
        { "analyze MODEL --max-memory 0", "--max-memory" },
        { "analyze MODEL --max-memory -1GB", "--max-memory" },
        { "analyze MODEL --role wizard", "wizard" },
        { "analyze MODEL --conv fold", "fold" },
        { "analyze MODEL --compat matlab", "matlab" },
        { "analyze MODEL --conv fft --compat weightwatcher", "exclude each other" },
        { "analyze MODEL --fail-on alpha", "--fail-on 'alpha' is not a condition such as 'alpha>6'" },
        { "analyze MODEL --fail-on alpha>x", "--fail-on 'alpha>x' is not a condition" },
        { "analyze MODEL --fail-on beta>1", "this run computes no metric 'beta'; docs/metrics.md lists them" },
        { "analyze MODEL --fail-on Alpha>1", "did you mean alpha?" },
        { "analyze MODEL --fail-on rand_distance>1", "this run computes no metric 'rand_distance'" },
        { "analyze MODEL --bootstrap 5", "--bootstrap '5' is not a number from 20 to 100000" },
        { "analyze MODEL --bootstrap 50 --xmin peak", "goes with --xmin ks alone" },
        { "analyze MODEL --bootstrap 50 --clip-xmax", "goes with --xmin ks alone" },
        { "analyze MODEL --xmin median", "--xmin 'median' is not ks, peak or fixed=X" },
        { "analyze MODEL --xmin fixed=-1", "--xmin 'fixed=-1' is not" },
        { "analyze MODEL --xmax drop=0", "--xmax 'drop=0' is not none, max or drop=K" },
        { "analyze MODEL --conv-grid 0", "--conv-grid '0' is not a number from 1 to 1024" },
        { "analyze MODEL --split layers", "--split 'layers' is none of heads" },
        { "analyze MODEL --heads 32,5", "--heads '32,5' is not a number of heads" },
        { "inspect MODEL --heads x", "--heads 'x' is not a number of heads" },
        { "analyze MODEL --solver cuda", "--solver 'cuda' is none of own, lapack" },
        { "analyze MODEL --randomize", "--randomize" },
        { "analyze MODEL --randomize -1", "--randomize '-1' is not a number from 0 to 1000" },
        { "analyze MODEL --randomize 1001", "--randomize '1001' is not a number from 0 to 1000" },
        { "analyze MODEL --seed x", "--seed 'x' is not a whole number" },
        { "serve --frobnicate MODEL", "unknown option '--frobnicate'" },
        { "serve MODEL --port x", "--port 'x' is not a number from 0 to 65535" },
        { "serve MODEL --port 65536", "--port '65536' is not a number from 0 to 65535" },
        { "serve MODEL --listen nowhere", "--listen 'nowhere' is neither an IP address nor localhost" },
        { "serve MODEL --listen 192.0.2.1 --port 0", "192.0.2.1:0: cannot listen there" },
        { "serve MODEL --layers nothing", "none of its 30 layers is chosen" },
        { "serve MODEL nowhere.safetensors", "nowhere.safetensors" },
        { "layer MODEL", "layer" },
        { "layer MODEL nothing.like.this", "nothing.like.this" },
        { "layer MODEL *.c_fc.weight", "matches 4 layers" },
        { "layer MODEL transformer.wte.weight --frobnicate", "--frobnicate" },
        { "layer MODEL transformer.wte.weight --threads 0", "--threads" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void IsOneLineAndExitCode2(string line, string subject)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var result = Tool.Run([.. words.Select(word => word == Model ? Repository.TinyGpt : word)]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("eigenscope: ", Assert.Single(result.ErrorLines));
        Assert.Contains(subject, result.Error);
    }

    [Fact]
    public void AnOutputInNoFolderIsRefusedBeforeAnyWork()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder["nowhere"], "result.json");

        var result = Tool.Run("analyze", Repository.TinyGpt, "--format", "json", "--out", path);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(path, Assert.Single(result.ErrorLines));
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void AnOutputThatIsAFolderIsRefused()
    {
        using var folder = new TemporaryFolder();

        var result = Tool.Run("analyze", Repository.TinyGpt, "--out", folder.FullPath);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(folder.FullPath, Assert.Single(result.ErrorLines));
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
    }
}
