using System.Text;
using System.Text.Json.Nodes;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Tracking;
using Eigenscope.Tracking;
using Xunit;

namespace Eigenscope.Tests.Reports.Page;

public sealed class TrajectoryDocumentTests : IDisposable
{
    private readonly TemporaryFolder run = new();
    private readonly Trajectory trajectory;

    public TrajectoryDocumentTests()
    {
        Runs.Write(run.Path, 10);
        Runs.Write(run.Path, 20);
        trajectory = Runs.Track(run.Path, new MemoryStore(), out _);
    }

    public void Dispose() => run.Dispose();

    /// <summary>What is done to a good document, and what the message must say.</summary>
    public static TheoryData<string, string> Spoiled => new()
    {
        { "schema = \"eigenscope/trajectory/2\"", "the schema is" },
        { "checkpoints = []", "of no checkpoints" },
        { "checkpoints = null", "'checkpoints' is no array" },
        { "checkpoints/0/path = 1", "'path' is no string" },
        { "checkpoints/0/step = \"x\"", "'step' is no number" },
        { "unit = 1", "'unit' is no string" },
        { "settings/top = null", "'top' is no number" },
        { "layers/0/name = null", "'name' is no string" },
        { "layers/0/metrics/alpha = [1]", "alpha has 1 values for 2 checkpoints" },
        { "layers/0/metrics/alpha = [1, \"x\"]", "alpha[1] is" },
        { "layers/0/statuses = [\"analyzed\", \"gone\"]", "statuses[1] is" },
        { "layers/0/phases = [1, 2]", "phases[0] is 1" },
        { "layers/0/warnings = [[], [1]]", "warnings[1] is" },
        { "layers/0/eigenvalues = [[1, 0], null]", "eigenvalues[1] is 0" },
        { "layers/0/rotation = {}", "'rank' is missing" },
        { "layers/0/rotation/since_first/left = {}", "'overlap' is missing" },
        { "rules = [{}]", "'rule' is missing" },
        { "summary/alpha = 1", "'alpha' is no array" },
        { "summary = null", "'summary' is no object" },
    };

    [Fact]
    public void A_saved_document_makes_the_page_that_the_trajectory_makes()
    {
        var options = trajectory.Options with { Analysis = trajectory.Options.Analysis with { KeepEigenvalues = true } };
        var saved = SavedDocument.Parse(TrajectoryJson.Of(trajectory with { Options = options }), "saved").Trajectory!;
        Assert.Equal((4, 0), (saved.Analyzed, saved.WithoutSpectrum));
        Assert.Equal(HtmlReport.Of(TrajectoryDocument.Of(trajectory, [])), HtmlReport.Of(saved));
    }

    [Fact]
    public void Without_eigenvalues_it_says_how_many_are_missing() => Assert.Equal(4, SavedDocument.Parse(TrajectoryJson.Of(trajectory), "saved").Trajectory!.WithoutSpectrum);

    [Theory]
    [MemberData(nameof(Spoiled))]
    public void A_spoiled_document_is_refused_in_one_line(string change, string fragment)
    {
        var root = JsonNode.Parse(TrajectoryJson.Of(trajectory))!;
        var (path, value) = change.Split(" = ", 2) is [var left, var right] ? (left.Split('/'), right) : throw new InvalidOperationException(change);
        var node = path[..^1].Aggregate(root, (at, part) => int.TryParse(part, out var index) ? at[index]! : at[part]!);
        node[path[^1]] = JsonNode.Parse(value);
        var error = Assert.Throws<ResultFormatException>(() => SavedDocument.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()), "spoiled"));
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
