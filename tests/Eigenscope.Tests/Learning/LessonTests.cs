using Eigenscope.Analysis;
using Eigenscope.Learning;
using Eigenscope.Models;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Comparison;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Learning;

/// <summary>Every lesson on its own matrix and on every other: all claims hold, and no number was typed in.</summary>
public sealed class LessonTests
{
    private const string Layer = "transformer.h.0.attn.c_attn.weight";

    public static TheoryData<string> Topics => [.. LessonTopics.All.Select(topic => topic.Name)];

    public static MatrixTheoryData<string, string> TopicsAndMatrices { get; } = new(
        LessonTopics.All.Select(topic => topic.Name),
        [.. RandomMatrices.Special, string.Join("; ", Enumerable.Range(0, 12).Select(i => string.Join(' ', Enumerable.Range(0, 7).Select(j => ((i * 5) + (j * j * 3)) % 11 - 4)))), string.Join("; ", Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("0", 6)), 5))]);

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_lesson_holds_on_its_own_matrix(string name) => Check(Own(name));

    [Theory]
    [MemberData(nameof(TopicsAndMatrices))]
    public void A_lesson_holds_on_other_matrices(string name, string matrix) => Check(Find(name).Teach(new LessonInput { Matrix = LessonMatrix.Parse(matrix) }, TestContext.Current.CancellationToken));

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_lesson_holds_on_any_small_matrix(string name) =>
        Property.Holds(RandomMatrices.Whole, 40, w => Check(Find(name).Teach(new LessonInput { Matrix = w }, TestContext.Current.CancellationToken)));

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_same_input_gives_the_same_lesson(string name) => Assert.Equal(Eigenscope.Reports.LessonJson.Of(Own(name)), Eigenscope.Reports.LessonJson.Of(Own(name)));

    [Theory]
    [MemberData(nameof(Topics))]
    public void Another_seed_draws_other_matrices_and_the_claims_hold(string name)
    {
        for (var seed = 1; seed < 6; seed++)
        {
            Check(Own(name, seed));
        }
    }

    [Theory]
    [InlineData("random-vs-trained")]
    [InlineData("real-layer")]
    public void A_lesson_about_layers_wants_one(string name) =>
        Assert.Contains(name, Assert.Throws<LessonException>(() => Find(name).Teach(new LessonInput(), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_six_matrices_of_the_phases_are_read_as_what_they_were_made()
    {
        var table = Own("heavy-tails").Steps[^1].Parts.OfType<NumberTable>().Single();
        Assert.Equal(6, table.Rows.Count);
        Assert.All(table.Rows, row => Assert.Equal(row[0], row[1]));
    }

    [Fact]
    public void Training_moved_singular_values_out_of_the_law()
    {
        var steps = Own("random-vs-trained").Steps;
        Assert.Contains("This is a random matrix", Text(steps.Single(step => step.Title.ToString() == "Before training")), StringComparison.Ordinal);
        Assert.Contains("What lies outside has been put there", Text(steps.Single(step => step.Title.ToString() == "After training")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_layer_has_its_numbers_and_three_panels()
    {
        var lesson = Own("real-layer");
        var reading = Reading("tiny-gpt");
        var text = string.Concat(lesson.Steps.Select(Text));
        Assert.Contains("256 × 768", text, StringComparison.Ordinal);
        Assert.Contains($"{Digits.Text(reading.Metric("participation_ratio")!.Value)} of 256", text, StringComparison.Ordinal);
        Assert.Contains($"{Digits.Text(reading.Metric("effective_rank")!.Value)} of 256", text, StringComparison.Ordinal);
        Assert.Contains(Digits.Text(reading.Metric("condition_number")!.Value), text, StringComparison.Ordinal);
        Assert.Contains(Digits.Percent(reading.Metric("rank10_share")!.Value), text, StringComparison.Ordinal);
        Assert.Equal(["singular-value-spectrum", "cumulative-variance", "gram-eigenvalues"], lesson.Steps.SelectMany(step => step.Parts).OfType<CurveFigure>().Select(figure => figure.Name));
    }

    /// <summary>An adapter's product: most of its singular values are zero by its making, which no lesson may trip over.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(32)]
    public void An_adapter_is_read_as_the_matrix_that_its_factors_make(int rank)
    {
        using var model = MemoryTensor.Model(null, ComparedModels.Matrix("m.lora_A.weight", 1, rank, 40), ComparedModels.Matrix("m.lora_B.weight", 2, 32, rank));
        var row = Assert.Single(ModelAnalysis.Of(model, Layers.Options, cancellation: TestContext.Current.CancellationToken).Layers, layer => layer.Status == LayerStatus.Analyzed);
        var reading = LayerReading.Of("adapter", row);
        Assert.Equal((32, 32 - rank, rank), (reading.Eigenvalues.Count, reading.Eigenvalues.Count(lambda => lambda == 0), reading.ProductRank));

        var lesson = Find("real-layer").Teach(new LessonInput { Layers = [reading] }, TestContext.Current.CancellationToken);
        Check(lesson);
        var text = string.Concat(lesson.Steps.Select(Text));
        Assert.Equal(rank < 32, text.Contains($"the other {32 - rank} are 0 by its making", StringComparison.Ordinal));
        Assert.Equal(rank < 32, text.Contains("some direction of the smaller side is lost altogether", StringComparison.Ordinal));
        Check(Find("random-vs-trained").Teach(new LessonInput { Layers = [reading, reading] }, TestContext.Current.CancellationToken));
    }

    /// <summary>The lesson on what it is worked on where nothing is given.</summary>
    internal static Lesson Own(string name, long seed = 0)
    {
        var topic = Find(name);
        IReadOnlyList<LayerReading> layers = topic.Needs switch
        {
            LessonSubject.Layer => [Reading("tiny-gpt")],
            LessonSubject.TwoLayers => [Reading("tiny-gpt-step0"), Reading("tiny-gpt")],
            _ => [],
        };
        return topic.Teach(new LessonInput { Layers = layers, Seed = seed }, TestContext.Current.CancellationToken);
    }

    private static LessonTopic Find(string name) => LessonTopics.Find(name)!;

    private static LayerReading Reading(string sample)
    {
        using var model = Model.Open(Path.Combine(SharedFiles.Repository, "samples", sample));
        var analysis = ModelAnalysis.Of(model, new AnalysisOptions { Filter = new LayerFilter([], [], []) { Only = Layer } }, cancellation: TestContext.Current.CancellationToken);
        return LayerReading.Of($"samples/{sample}", analysis.Layers.First(layer => layer.Layer.Name == Layer));
    }

    private static void Check(Lesson lesson)
    {
        Assert.NotEmpty(lesson.Steps);
        Assert.All(lesson.Claims, item => Assert.True(item.Claim.Holds, $"{item.Step.Title}: {item.Claim}"));
        foreach (var step in lesson.Steps)
        {
            Assert.NotEmpty(step.Parts);
            Assert.All(Texts(step), CheckText);
            Assert.All(step.Parts.OfType<NumberTable>(), table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
            Assert.All(step.Parts.OfType<CurveFigure>().SelectMany(figure => figure.Curves), curve => Assert.Equal(curve.X.Count, curve.Y.Count));
        }
    }

    /// <summary>A number in a template was typed in, but for 0 as the name of nothing; NaN and infinities were not thought of.</summary>
    private static void CheckText(LessonText text)
    {
        Assert.All(text.Runs.Where(run => !run.IsComputed), run => Assert.DoesNotMatch("[1-9]|[0-9][0-9]", run.Text));
        Assert.All(text.Runs, run => Assert.DoesNotMatch("NaN|∞|Infinity", run.Text));
    }

    private static IEnumerable<LessonText> Texts(LessonStep step) => step.Parts.SelectMany(part => part switch
    {
        Paragraph paragraph => [paragraph.Text],
        Formula formula => formula.Pieces.Select(piece => piece.Text).OfType<LessonText>(),
        Claim claim => [claim.Text],
        LessonFigure figure => [figure.Caption],
        _ => Enumerable.Empty<LessonText>(),
    }).Append(step.Title);

    private static string Text(LessonStep step) => string.Concat(Texts(step).Select(text => text.ToString()));
}
