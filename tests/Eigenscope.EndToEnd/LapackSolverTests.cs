using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>--solver lapack: the numbers of an installed library, or one line that says why there are none.</summary>
public sealed class LapackSolverTests
{
    private static readonly string[] Names = ["libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so", "libopenblas.dll", "openblas.dll", "mkl_rt.2.dll", "/System/Library/Frameworks/Accelerate.framework/Accelerate"];

    /// <summary>Metrics of the largest singular values, or of all with the weight of their squares.</summary>
    private static readonly string[] Metrics = ["alpha", "norm", "lambda_max", "stable_rank", "effective_rank"];

    [Theory]
    [InlineData]
    [InlineData("--accurate")]
    [InlineData("--compat", "weightwatcher")]
    public void AgreesWithOwn(params string[] options)
    {
        SkipUnlessInstalled();

        var (own, lapack) = (AnalysisDocument.Of(Repository.TinyGpt, options), AnalysisDocument.Of(Repository.TinyGpt, [.. options, "--solver", "lapack"]));

        Assert.Equal("lapack", AnalysisDocument.Text(lapack.Root.GetProperty("settings"), "solver"));
        Assert.All(own.Layers.Zip(lapack.Layers), pair => Same(pair.First, pair.Second));
    }

    [Fact]
    public void LayerNamesTheLibraryInTextAndJson()
    {
        SkipUnlessInstalled();
        string[] arguments = ["layer", Repository.TinyGpt, "transformer.wte.weight", "--solver", "lapack"];

        var (text, json) = (Tool.Run(arguments), Tool.Run([.. arguments, "--format", "json"]));

        var solver = AnalysisDocument.Text(Assert.Single(AnalysisDocument.Parse(json.Output).Layers).GetProperty("spectrum"), "solver")!;
        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains(solver.Split(' ')[0], text.Output);
    }

    [Fact]
    public void ANamedLibraryThatIsNotThereIsOneLine() => RefusesLibrary("/nonexistent", "cannot be loaded");

    [Fact]
    public void ANamedLibraryWithoutLapackIsOneLine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libm.so.6 is Linux's");
        RefusesLibrary("libm.so.6", "does not export dsyevd_");
    }

    [Fact]
    public void ALibraryIsLoadedOnlyWhenAskedFor() =>
        Assert.Equal(0, Tool.Run(["analyze", Repository.TinyGpt, "--layers", "*wpe*"], [("EIGENSCOPE_LAPACK", "/nonexistent")]).ExitCode);

    private static void RefusesLibrary(string path, string reason)
    {
        using var folder = new TemporaryFolder();

        var result = Tool.Run(["analyze", Repository.TinyGpt, "--solver", "lapack", "--out", folder["result"]], [("EIGENSCOPE_LAPACK", path)]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"eigenscope: the library '{path}' that EIGENSCOPE_LAPACK names {reason}", Assert.Single(result.ErrorLines));
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    private static void Same(JsonElement own, JsonElement lapack)
    {
        Assert.Equal(AnalysisDocument.Text(own, "status"), AnalysisDocument.Text(lapack, "status"));
        if (AnalysisDocument.Text(own, "status") != "analyzed")
        {
            return;
        }

        Assert.False(own.GetProperty("spectrum").TryGetProperty("solver", out _));
        Assert.NotEmpty(AnalysisDocument.Text(lapack.GetProperty("spectrum"), "solver")!);
        foreach (var name in Metrics.Where(name => own.GetProperty("metrics").TryGetProperty(name, out _)))
        {
            var (expected, actual) = (AnalysisDocument.Metric(own, name), AnalysisDocument.Metric(lapack, name));
            Assert.Equal(expected is null, actual is null);
            Assert.Equal(expected ?? 0, actual ?? 0, 1e-9 * Math.Abs(expected ?? 0));
        }
    }

    private static void SkipUnlessInstalled() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("EIGENSCOPE_LAPACK") is { Length: > 0 } || Array.Exists(Names, name => NativeLibrary.TryLoad(name, out _)),
        "no LAPACK library is installed");
}
