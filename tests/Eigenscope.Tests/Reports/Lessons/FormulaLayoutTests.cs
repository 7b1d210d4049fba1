using Eigenscope.Learning;
using Eigenscope.Reports;
using Xunit;

namespace Eigenscope.Tests.Reports;

public sealed class FormulaLayoutTests
{
    [Fact]
    public void Matrices_stand_in_tall_brackets_beside_their_text() =>
        Assert.Equal(["W = ⎡ 3  2⎤", "    ⎣−2  3⎦"], FormulaLayout.Lines(new Formula([Text("W ="), new CellMatrix([["3", "2"], ["−2", "3"]])]), 40));

    [Fact]
    public void The_middle_of_the_tallest_is_the_line_of_the_text() =>
        Assert.Equal(["⎡1⎤", "⎢2⎥ = [5]", "⎣3⎦"], FormulaLayout.Lines(new Formula([new CellMatrix([["1"], ["2"], ["3"]]), Text("="), new CellMatrix([["5"]])]), 40));

    [Fact]
    public void Names_stand_beside_and_above() =>
        Assert.Equal(["       in", "out a ⎡ 1⎤", "b     ⎣ 2⎦"], FormulaLayout.Lines(new Formula([new CellMatrix([["1"], ["2"]], ["out a", "b"], ["in"])]), 40));

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    public void What_does_not_fit_goes_on_below(int width)
    {
        var wide = new CellMatrix([.. Enumerable.Range(0, 3).Select(_ => (string[])["0.123456", "−0.123456", "0.123456", "−0.123456"])]);
        var lines = FormulaLayout.Lines(new Formula([Text("W Wᵀ ="), wide, wide, Text("= and so on, in many words that do not fit on a single line of a narrow terminal")]), width);

        Assert.All(lines, line => Assert.True(line.Length <= Math.Max(width, 45), line));
        Assert.Contains("terminal", string.Concat(lines), StringComparison.Ordinal);
        Assert.Equal(24, string.Concat(lines).Split("0.123456").Length - 1);
    }

    private static FormulaPiece Text(string text) => LessonText.Template(text);
}
