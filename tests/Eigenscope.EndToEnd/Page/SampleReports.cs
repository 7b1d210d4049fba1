using System.Collections.Concurrent;
using Eigenscope.EndToEnd.Page;
using Xunit;

[assembly: AssemblyFixture(typeof(SampleReports))]

namespace Eigenscope.EndToEnd.Page;

/// <summary>Reports and results that several tests look at, each made once.</summary>
public sealed class SampleReports : IDisposable
{
    private static readonly string[] Eigenvalues = ["--format", "json", "--esd", "--quiet", "--out"];

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, Lazy<string>> made = new(StringComparer.Ordinal);
    private int files;

    /// <summary>The report of samples/tiny-gpt: 30 analysed rows, 12 of them parts of others.</summary>
    public string Trained => Report("trained", () => [Repository.TinyGpt]);

    /// <summary>The report of a model before and after its training.</summary>
    public string Two => Report("two", () => [Repository.UntrainedTinyGpt, Repository.TinyGpt]);

    /// <summary>The same with a copy between them.</summary>
    public string Three => Report("three", () => [Repository.UntrainedTinyGpt, Repository.CopyOfTinyGpt(folder, "tiny-gpt-copy"), Repository.TinyGpt]);

    /// <summary>The report of a comparison: samples/tiny-gpt beside what it was before training.</summary>
    internal string Compared => Once("compared", "html", path => ["compare", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--report", path, .. Eigenvalues, $"{path}.json"]);

    /// <summary>The saved result of the same.</summary>
    internal string ComparedResult => $"{Compared}.json";

    /// <summary>The result of samples/tiny-gpt with eigenvalues.</summary>
    public string TrainedResult => Result(Repository.TinyGpt);

    /// <summary>The result of a model with eigenvalues.</summary>
    public string Result(string model, params string[] options) =>
        Once($"{model} {string.Join(' ', options)}", "json", path => ["analyze", model, .. options, .. Eigenvalues, path]);

    /// <summary>The report of a saved result.</summary>
    public string Of(string result) => Once(result, "html", path => ["report", result, "--quiet", "--out", path]);

    public void Dispose() => folder.Dispose();

    private string Report(string key, Func<string[]> models) => Once(key, "html", path => ["analyze", .. models(), "--quiet", "--report", path]);

    private string Once(string key, string ending, Func<string, string[]> arguments) => made.GetOrAdd($"{ending} {key}", _ => new(() => Make(ending, arguments))).Value;

    private string Make(string ending, Func<string, string[]> arguments)
    {
        Chromium.Require();
        var path = folder[$"{Interlocked.Increment(ref files)}.{ending}"];
        var result = Tool.Run(arguments(path));
        Assert.True(result.ExitCode == 0, result.Error);
        return path;
    }
}
