using System.Collections.Concurrent;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The same input and options give the same bytes, whatever the number of threads and the width of the machine's registers.</summary>
public sealed class DeterminismTests(DeterminismTests.SmallModel model) : IClassFixture<DeterminismTests.SmallModel>
{
    private static readonly string[] Options = ["", "--accurate", "--compat weightwatcher", "--conv slices", "--randomize 2 --seed 3"];
    private static readonly string[] Switches = ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    public static MatrixTheoryData<string, string> OptionsAndFormats { get; } = new(Options, ["json", "csv"]);

    public static MatrixTheoryData<string, string> OptionsAndSwitches { get; } = new(Options, Switches);

    [Theory]
    [MemberData(nameof(OptionsAndFormats))]
    public void OfThreads(string options, string format)
    {
        string[] arguments = ["analyze", Repository.TinyGpt, model.Path, "--format", format, .. Words(options)];

        var one = Tool.Run([.. arguments, "--threads", "1"]);
        var two = Tool.Run([.. arguments, "--threads", "2"]);

        Assert.Equal((0, 0), (one.ExitCode, two.ExitCode));
        Assert.Equal(one.Output, two.Output);
    }

    [Theory]
    [MemberData(nameof(OptionsAndSwitches))]
    public void OfRegisterWidths(string options, string off)
    {
        var all = model.Analysis(options);
        var less = model.Analyze(options, [(off, "0")]);

        Assert.Equal((0, 0), (all.ExitCode, less.ExitCode));
        Assert.Equal(all.Output, less.Output);
    }

    /// <summary>8 MiB hold the largest layer, and no two of its size.</summary>
    [Fact]
    public void OfMemory() =>
        Assert.Equal(
            Tool.Run("analyze", Repository.TinyGpt, "--format", "json").Output,
            Tool.Run("analyze", Repository.TinyGpt, "--format", "json", "--max-memory", "8MiB").Output);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Matrices around the block sizes 16, 32, 64, tall and wide, and a convolution kernel.</summary>
    public sealed class SmallModel : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly ConcurrentDictionary<string, Lazy<ToolResult>> analyses = new(StringComparer.Ordinal);

        public SmallModel() => Path = folder.Write("small.safetensors", SafeTensors.Of(
            RandomWeights.Tensor("a.weight", 1, 65, 33),
            RandomWeights.Tensor("b.weight", 2, 31, 64),
            RandomWeights.Tensor("c.weight", 3, 17, 150),
            RandomWeights.Tensor("d.weight", 4, 48, 48),
            RandomWeights.Tensor("e.weight", 5, 2, 3),
            RandomWeights.Tensor("conv.weight", 6, 12, 7, 3, 3)));

        public string Path { get; }

        /// <summary>Its analysis with nothing switched off, made once.</summary>
        internal ToolResult Analysis(string options) => analyses.GetOrAdd(options, _ => new(() => Analyze(options, []))).Value;

        internal ToolResult Analyze(string options, IEnumerable<(string Name, string Value)> environment) =>
            Tool.Run(["analyze", Path, "--format", "json", "--esd", .. Words(options)], environment);

        public void Dispose() => folder.Dispose();
    }
}
