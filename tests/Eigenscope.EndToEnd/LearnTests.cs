using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary><c>learn</c>: the list, a lesson as text, JSON and CSV, at a reader's pace, and what is refused.</summary>
public sealed class LearnTests
{
    private const string Layer = "transformer.h.0.attn.c_attn.weight";

    private static readonly string[] Names = ["by-hand", "diagonal", "rank-deficient", "low-rank", "power-law-decay", "small-matrix", "two-spaces", "random-vs-trained", "heavy-tails", "real-layer"];

    [Fact]
    public void Without_a_lesson_all_are_listed()
    {
        var result = Tool.Run("learn");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Equal(Names, result.Output.Split('\n').TakeWhile(line => line.Length > 0).Select(line => line.Split(' ')[0]));
        using var json = JsonDocument.Parse(Tool.Run("learn", "--format", "json").Output);
        Assert.Equal("eigenscope/lessons/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(Names, json.RootElement.GetProperty("lessons").EnumerateArray().Select(lesson => lesson.GetProperty("name").GetString()));
        Assert.Equal(Names.Length + 1, Tool.Run("learn", "--format", "csv").Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void The_first_example_is_worked_to_its_end()
    {
        var result = Tool.Run(["learn", "by-hand"], [("COLUMNS", "100")]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        string[] expected =
        [
            "det(W Wᵀ − λI) = (13 − λ)(13 − λ) − 12·12 = λ² − 26λ + 25", "(26 ± 24) / 2, which is 25 and 1", "U = ⎡0.707107   0.707107⎤", "    ⎣0.707107  −0.707107⎦", "σ₁  5        5", "σ₂  1        1",
            "row 1, column 1: 3.5355·0.7071 + 0.7071·0.7071 = 2.5 + 0.5 = 3", "U diag(σ) Vᵀ is W again",
        ];
        Assert.All(expected, text => Assert.Contains(text, result.Output, StringComparison.Ordinal));
        Assert.DoesNotContain('✗', result.Output);
    }

    [Theory]
    [InlineData("diagonal", "λ³ − 14λ² + 49λ − 36 = (λ − 1)(λ − 4)(λ − 9)")]
    [InlineData("small-matrix", "s (3) = 25.4368356, 1.72261225, 0")]
    [InlineData("rank-deficient", "row 3 = 3·row 1")]
    [InlineData("low-rank", "row 3 = (1/2)·row 1 + (1/2)·row 2")]
    [InlineData("power-law-decay", "7.5 % of the dimensions")]
    [InlineData("two-spaces", "sugar")]
    [InlineData("heavy-tails", "Eigenscope reads it as bleeding-out")]
    [InlineData("random-vs-trained", "50 of 256 eigenvalues lie so far beyond the edge")]
    public void Every_lesson_comes_to_its_point(string lesson, string point)
    {
        var result = Tool.Run("learn", lesson);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(point, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('✗', result.Output);
    }

    [Fact]
    public void A_real_layer_is_read()
    {
        var result = Tool.Run("learn", "real-layer", Repository.TinyGpt, Layer);

        Assert.Equal(0, result.ExitCode);
        string[] expected = ["256 × 768", "participation ratio = (Σσ)² / Σσ² = 203.641 of 256", "entropy rank = exp(−Σ p ln p), p = σ / Σσ: 230.932 of 256", "= 12.3232", "rank-10 share = (λ₁ + … + λ₁₀) / Σλ = 24.4 %", "Singular value spectrum:", "Cumulative variance explained:", "Eigenvalues of W Wᵀ:"];
        Assert.All(expected, text => Assert.Contains(text, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Programs_get_what_people_get()
    {
        using var json = JsonDocument.Parse(Tool.Run("learn", "by-hand", "--matrix", "2 1; 1 2", "--format", "json").Output);
        var root = json.RootElement;
        Assert.Equal("eigenscope/lesson/1", root.GetProperty("schema").GetString());
        Assert.Equal("2 1; 1 2", root.GetProperty("matrix").GetProperty("text").GetString());
        var claims = root.GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("parts").EnumerateArray()).Where(part => part.GetProperty("kind").GetString() == "claim").ToList();
        Assert.All(claims, claim => Assert.True(claim.GetProperty("holds").GetBoolean()));

        var csv = Tool.Run("learn", "by-hand", "--matrix", "2 1; 1 2", "--format", "csv").Output.TrimEnd().Split('\n');
        Assert.Equal("lesson,step,claim,error,bound,holds", csv[0]);
        Assert.Equal(claims.Count, csv.Length - 1);
    }

    [Theory]
    [InlineData("there is no lesson 'by-hnad'; the lessons are by-hand, diagonal,", "learn", "by-hnad")]
    [InlineData("'x' in the matrix is not a number", "learn", "by-hand", "--matrix", "1 x")]
    [InlineData("row 2 of the matrix has 1 entry,", "learn", "by-hand", "--matrix", "1 2; 3")]
    [InlineData("--matrix needs a LESSON", "learn", "--matrix", "1 2")]
    [InlineData("--report needs a LESSON", "learn", "--report", "lessons.html")]
    [InlineData("--seed needs a LESSON", "learn", "--seed", "1")]
    [InlineData("by-hand is worked on no model", "learn", "by-hand", "model.safetensors", "name")]
    [InlineData("--matrix and model.safetensors are two subjects", "learn", "real-layer", "model.safetensors", "name", "--matrix", "1 2")]
    [InlineData("real-layer is worked on a MODEL and the NAME", "learn", "real-layer", "model.safetensors")]
    [InlineData("no-such-model", "learn", "real-layer", "no-such-model", "name")]
    public void What_cannot_be_taught_is_told_in_one_line(string reason, params string[] arguments)
    {
        var result = Tool.Run(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(reason, Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_a_step_comes_with_each_Enter()
    {
        var shown = string.Join('\n', Terminal.VisibleLines(Terminal.Show(80, ["learn", "by-hand"], [], withErrors: true, typed: "\n\nq\n")));

        Assert.Contains("Step 3 of 10", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Step 4 of 10", shown, StringComparison.Ordinal);
        Assert.Equal(3, shown.Split("Enter: the next step").Length - 1);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    public void All_steps_fit_a_terminal(int columns)
    {
        foreach (var lesson in new[] { "by-hand", "two-spaces", "real-layer", "heavy-tails" })
        {
            var lines = Terminal.VisibleLines(Terminal.Show(columns, ["learn", lesson, "--all"], [])).ToList();
            Assert.All(lines, line => Assert.True(line.Length <= columns, $"{lesson}: {line.Length} characters: {line}"));
        }
    }
}
