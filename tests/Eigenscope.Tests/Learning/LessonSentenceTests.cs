using Eigenscope.Learning;
using Xunit;

namespace Eigenscope.Tests.Learning;

/// <summary>What lessons say of matrices for which the usual sentence would be untrue.</summary>
public sealed class LessonSentenceTests
{
    [Theory]
    [InlineData("by-hand", "5", "It is above 0: the matrix has full rank, 1.")]
    [InlineData("by-hand", "0", "It is 0: the matrix has rank 0")]
    [InlineData("by-hand", "0", "here they are 0, and the rank is 0")]
    [InlineData("by-hand", "0", "W sends the only direction of this side to 0; solving W y = 0 gives it. It belongs to σ = 0.")]
    [InlineData("by-hand", "0 0; 0 0", "W sends every direction of this side to 0; solving W y = 0 gives them. They belong to σ = 0.")]
    [InlineData("by-hand", "1 1; 1 1", "1 of 2 is above 0: the matrix has rank 1")]
    [InlineData("by-hand", "1 2; 3 4; 5 6", "but for 1 more zero of the larger one")]
    [InlineData("by-hand", "1e14 0; 0 1e-15", "here they are 1·10¹⁴, 1·10⁻¹⁵, and the rank is 2")]
    [InlineData("by-hand", "1e14 0; 0 1e-15", "It is 1·10²⁹ times as long as it is wide")]
    [InlineData("diagonal", "0 2; 3 0", "its directions may be taken along the axes, of either side")]
    [InlineData("diagonal", "3 -4; 4 3; 0 0", "its rows lean", false)]
    [InlineData("diagonal", "1 1 1; 1 -1 0", "and the axes are its directions on the output side alone")]
    [InlineData("diagonal", "1 1; 1 -1; 1 0", "and the axes are its directions on the input side alone")]
    [InlineData("diagonal", "1 1; 0 1", "its axes are not its directions")]
    [InlineData("low-rank", "1 2; 3 4; 5 7", "The rank is 2, and W has 3 rows: 1 of them is made of the others.")]
    [InlineData("low-rank", "1 0; 0 1; 1 1; 1 2; 2 1; 3 1", "The rank is 2, and W has 6 rows: 4 of them are made of the others.")]
    [InlineData("low-rank", "1 2 3 4 5", "Nothing: no singular value is 0, and no row is made of the others.")]
    [InlineData("low-rank", "1 2 3 4", "One direction holds all of it.")]
    [InlineData("rank-deficient", "1 2 3; 4 5 6; 7 8 9", "9 numbers do the work of 8")]
    [InlineData("rank-deficient", "5", "the only singular value, 5, is above 0")]
    [InlineData("rank-deficient", "1e14 0; 0 1e-15", "The smallest is none, and so small beside σ₁ that a program cannot tell.")]
    [InlineData("small-matrix", "1e14 0; 0 1e-15", "By hand it is exactly zero", false)]
    [InlineData("small-matrix", "1 1; 1 1", "By hand it is exactly zero")]
    [InlineData("power-law-decay", "1 0 0 0 0; 0 1 0 0 0; 0 0 1 0 0; 0 0 0 1 0; 0 0 0 0 1", "All 5 singular values above 0 are equal: nothing decays.")]
    [InlineData("power-law-decay", "1 2 3", "1 singular value above 0 is too few")]
    [InlineData("power-law-decay", "1 2 3", "With 1 direction one cannot ask")]
    [InlineData("two-spaces", "1e14 0; 0 1e-15", "Every direction of inputs has some effect.")]
    [InlineData("two-spaces", "1 2 3", "2 directions of inputs have no effect at all, such as")]
    [InlineData("two-spaces", "1 1 1 1 1; 1 1 1 1 1", "4 directions of inputs have no effect at all: W sends them to 0.")]
    [InlineData("two-spaces", "0 -1; 1 0", "None of the 2 is real: W turns every direction")]
    [InlineData("two-spaces", "0 -1 0; 1 0 0; 0 0 1", "Only 1 of 3 is real")]
    [InlineData("two-spaces", "0 -1 0 0; 1 0 0 0; 0 0 0 -2; 0 0 2 0", "λ⁴ + 5λ² + 4 = (λ² + 4)(λ² + 1)")]
    [InlineData("two-spaces", "0 0 0 -1; 1 0 0 0; 0 1 0 0; 0 0 1 0", "It has no real root either.")]
    [InlineData("two-spaces", "0 0 0 -1; 1 0 0 0; 0 1 0 0; 0 0 1 0", "All 4 are complex.")]
    [InlineData("two-spaces", "0 0 0 -1; 1 0 0 0; 0 1 0 0; 0 0 1 0", "closed in", false)]
    [InlineData("two-spaces", "5", "It is real.")]
    [InlineData("two-spaces", "1; 2; 3", "v has 1 number and W v has 3")]
    [InlineData("two-spaces", "1 2 3 4; 5 6 7 8; 9 10 11 13", "A barista has 4 ingredients, and the guests taste 3 things.")]
    [InlineData("two-spaces", "1 2 3 4; 5 6 7 8; 9 10 11 13", "No mixture of ingredients stays a mixture of ingredients")]
    [InlineData("two-spaces", "1 2; 3 4; 5 6", "Its 3 rows belong to what comes out, and have the names of the flavours")]
    [InlineData("two-spaces", "1 2; 3 4; 5 6", "ingredients", false)]
    [InlineData("two-spaces", "1 2 3 4; 5 6 7 8", "Its 4 columns belong to what goes in, and have the names of a barista's ingredients. Its 2 rows belong to what comes out.")]
    [InlineData("two-spaces", "1 2 3 4; 5 6 7 8", "taste", false)]
    [InlineData("two-spaces", "1 2; 3 4", "barista", false)]
    [InlineData("real-layer", "1 2 3", "There is a single singular value, so none is larger than another.")]
    [InlineData("real-layer", "1 2 3", "There is only 1 singular value, so it holds all of it.")]
    [InlineData("real-layer", "1 0; 0 1", "They are as good as equal: no direction rules.")]
    [InlineData("heavy-tails", "1 2 3", "It has 1 singular value, and")]
    public void Is_said_of(string lesson, string matrix, string sentence, bool isSaid = true)
    {
        var text = Text(lesson, matrix);
        Assert.True(isSaid == text.Contains(sentence, StringComparison.Ordinal), text);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(1, 64)]
    [InlineData(3, 50)]
    public void Random_matrices_have_the_proportions_of_the_matrix(int rows, int columns)
    {
        var table = Taught("random-vs-trained", Filled(rows, columns, (i, j) => 1 + i + j)).Steps.Single(step => step.Title.ToString() == "Random matrices of growing size").Parts.OfType<NumberTable>().Single();
        Assert.All(table.Rows, row =>
        {
            var (n, m) = row[0].Split(" × ") is [var longer, var shorter] ? (double.Parse(longer, null), double.Parse(shorter, null)) : (0, 0);
            Assert.Equal((double)Math.Max(rows, columns) / Math.Min(rows, columns), n / m, 0.5 / m);
        });
    }

    [Theory]
    [InlineData("1 2 3 4; 5 6 7 8; 9 10 11 13", true, true)]
    [InlineData("1 2; 3 4; 5 7", true, false)]
    [InlineData("1 0 0; 0 2 0; 0 0 3", true, false)]
    [InlineData("4 3 2 1", false, true)]
    [InlineData("1 2; 3 4", false, false)]
    public void Names_stay_where_there_are_as_many(string matrix, bool hasFlavours, bool hasIngredients)
    {
        var (own, lesson) = (LessonTopics.Find("two-spaces")!.Teach(new LessonInput(), TestContext.Current.CancellationToken).Matrix!, Taught("two-spaces", matrix));

        Assert.Equal(hasFlavours ? own.RowNames : null, lesson.Matrix!.RowNames);
        Assert.Equal(hasIngredients ? own.ColumnNames : null, lesson.Matrix.ColumnNames);
        Assert.Contains(lesson.Steps[0].Parts.OfType<Formula>().SelectMany(formula => formula.Pieces), piece => piece.Matrix is { } shown && shown.RowNames == lesson.Matrix.RowNames && shown.ColumnNames == lesson.Matrix.ColumnNames);
        var table = lesson.Steps[^1].Parts.OfType<NumberTable>().Single().Rows;
        Assert.Contains(hasIngredients ? own.ColumnNames![0] : "input", string.Join(' ', table.Select(row => row[2])), StringComparison.Ordinal);
        Assert.Contains(hasFlavours ? own.RowNames![0] : "output", string.Join(' ', table.Select(row => row[3])), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_singular_values_are_no_random_matrix() =>
        Assert.Contains("this is no spectrum of a random matrix", Text("random-vs-trained", Filled(40, 40, (i, j) => i == j ? 1 : 0)), StringComparison.Ordinal);

    [Fact]
    public void Rounding_errors_are_no_random_part() =>
        Assert.Contains("No part of this spectrum fits the law: the smaller eigenvalues are zero.", Text("random-vs-trained", Filled(40, 40, (i, j) => (i * j % 7) + (i * i % 5))), StringComparison.Ordinal);

    [Fact]
    public void Layers_of_two_shapes_are_not_before_and_after()
    {
        LayerReading before = new("a", "w", 3, 2, [1, 2], _ => 1), after = new("b", "w", 2, 4, [1, 2], _ => 1);
        var refusal = Assert.Throws<LessonException>(() => LessonTopics.Find("random-vs-trained")!.Teach(new LessonInput { Layers = [before, after] }, TestContext.Current.CancellationToken));
        Assert.Equal("w is 3 x 2 in a and 2 x 4 in b; training does not change a shape", refusal.Message);
    }

    [Fact]
    public void A_matrix_of_few_directions_is_not_said_to_spread_its_work() =>
        Assert.DoesNotContain("as a random matrix does", Text("real-layer", Filled(12, 12, (i, j) => i == j && i < 6 ? 1 : 0)), StringComparison.Ordinal);

    [Fact]
    public void Small_numbers_are_multiplied_back_with_their_powers_of_ten() =>
        Assert.Contains("row 1, column 1: (2.2109·10⁻⁹)·0.576 + (3.3468·10⁻¹⁰)·(−0.8174) = 1.2736·10⁻⁹ − 2.7357·10⁻¹⁰ = 1·10⁻⁹", Text("by-hand", "1e-9 2e-9; 3e-9 4e-9"), StringComparison.Ordinal);

    [Fact]
    public void Roots_lie_between_the_places_that_are_shown()
    {
        foreach (var matrix in new[] { "1e-9 2e-9 3e-9; 4e-9 5e-9 6e-9; 7e-9 8e-9 1e-8", "10000 3 7; 2 10001 4; 9 5 10007", "1 2 3; 4 5 6; 7 8 10", "1e14 2e13 3e13; 1 2 3; 4 5 7" })
        {
            var step = Taught("by-hand", matrix).Steps.Single(step => step.Title.ToString().StartsWith("The eigenvalues", StringComparison.Ordinal));
            var (places, values) = (step.Parts.OfType<NumberTable>().First(), step.Parts.OfType<NumberTable>().Last());
            Assert.All(places.Rows, row => Assert.True(Number(row[0]) < Number(row[2]) && Number(row[2]) <= Number(row[1]), $"{matrix}: {string.Join(", ", row)}"));
            Assert.Equal(values.Rows.Select(row => row[2]).Order(), places.Rows.Select(row => row[2]).Order());
        }
    }

    [Fact]
    public void No_number_is_longer_than_one_reads() =>
        Assert.All(
            Taught("by-hand", "3.14159265358979 2.71828182845904; 1.41421356237309 1.73205080756887").Steps.SelectMany(step => step.Parts).OfType<NumberTable>().SelectMany(table => table.Rows).SelectMany(row => row),
            cell => Assert.InRange(cell.Length, 1, 60));

    private static double Number(string text) =>
        text.Split("·10") is [var mantissa, var power]
            ? double.Parse($"{mantissa}e{string.Concat(power.Select(c => c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal))))}", System.Globalization.CultureInfo.InvariantCulture)
            : double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Filled(int rows, int columns, Func<int, int, int> entry) =>
        string.Join("; ", Enumerable.Range(0, rows).Select(i => string.Join(' ', Enumerable.Range(0, columns).Select(j => entry(i, j)))));

    private static Lesson Taught(string lesson, string matrix) =>
        LessonTopics.Find(lesson)!.Teach(new LessonInput { Matrix = LessonMatrix.Parse(matrix) }, TestContext.Current.CancellationToken);

    private static string Text(string lesson, string matrix) => string.Join('\n', Taught(lesson, matrix).Steps.SelectMany(step => step.Parts).Select(part => part switch
    {
        Paragraph paragraph => paragraph.Text.ToString(),
        Formula formula => string.Concat(formula.Pieces.Select(piece => piece.Text?.ToString())),
        Claim claim => claim.Text.ToString(),
        LessonFigure figure => figure.Caption.ToString(),
        _ => "",
    }));
}
