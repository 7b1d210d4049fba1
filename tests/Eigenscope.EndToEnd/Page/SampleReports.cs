using System.Collections.Concurrent;
using Eigenscope.EndToEnd.Page;
using Eigenscope.Learning;
using Eigenscope.Reports.Page;
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

    /// <summary>The report of a training: the same model before, after, and after that without a change.</summary>
    internal string Tracked => Once("tracked", "html", path => ["track", Run(), "--no-cache", "--fail-on", "alpha<3", "--fail-on", "alpha<1", "--report", path, .. Eigenvalues, $"{path}.json"], expected: 4);

    /// <summary>The saved result of the same.</summary>
    internal string TrackedResult => $"{Tracked}.json";

    /// <summary>The report of a merge of three models that are samples/tiny-gpt and a change each.</summary>
    internal string Merged => Once("merged", "html", path => ["merge", MadeMerge.Write(folder), $"{path}.made", "--report", path, "--format", "json", "--quiet", "--out", $"{path}.json"]);

    /// <summary>The saved result of the same.</summary>
    internal string MergedResult => $"{Merged}.json";

    /// <summary>The page of a lesson.</summary>
    internal string Lesson => made.GetOrAdd("lesson", _ => new(MakeLesson)).Value;

    /// <summary>The result of samples/tiny-gpt with eigenvalues.</summary>
    public string TrainedResult => Result(Repository.TinyGpt);

    /// <summary>The result of a model with eigenvalues.</summary>
    public string Result(string model, params string[] options) =>
        Once($"{model} {string.Join(' ', options)}", "json", path => ["analyze", model, .. options, .. Eigenvalues, path]);

    /// <summary>The report of a saved result.</summary>
    public string Of(string result) => Once(result, "html", path => ["report", result, "--quiet", "--out", path]);

    public void Dispose() => folder.Dispose();

    private string Report(string key, Func<string[]> models) => Once(key, "html", path => ["analyze", .. models(), "--quiet", "--report", path]);

    private string Once(string key, string ending, Func<string, string[]> arguments, int expected = 0) => made.GetOrAdd($"{ending} {key}", _ => new(() => Make(ending, arguments, expected))).Value;

    /// <summary>A folder of three checkpoints.</summary>
    private string Run()
    {
        var run = folder.MakeFolder("run");
        foreach (var (step, model) in ((int, string)[])[(0, Repository.UntrainedTinyGpt), (500, Repository.TinyGpt), (600, Repository.TinyGpt)])
        {
            var checkpoint = Directory.CreateDirectory(Path.Combine(run, $"checkpoint-{step}")).FullName;
            Array.ForEach(Directory.GetFiles(model), file => File.Copy(file, Path.Combine(checkpoint, Path.GetFileName(file))));
        }

        return run;
    }

    private string MakeLesson()
    {
        Chromium.Require();
        return folder.Write("lesson.html", HtmlReport.Of(LessonTopics.Find("by-hand")!.Teach(new LessonInput(), CancellationToken.None)));
    }

    private string Make(string ending, Func<string, string[]> arguments, int expected)
    {
        Chromium.Require();
        var path = folder[$"{Interlocked.Increment(ref files)}.{ending}"];
        var result = Tool.Run(arguments(path));
        Assert.True(result.ExitCode == expected, result.Error);
        return path;
    }
}
