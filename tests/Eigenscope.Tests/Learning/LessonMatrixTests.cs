using Eigenscope.Learning;
using Xunit;

namespace Eigenscope.Tests.Learning;

public sealed class LessonMatrixTests
{
    [Theory]
    [InlineData("3 2; 2 3", "3 2; 2 3")]
    [InlineData("  1,2 ;3, 4; ", "1 2; 3 4")]
    [InlineData("[1 2\n 3 4]", "1 2; 3 4")]
    [InlineData("1/2 0.25 -3e-2", "1/2 1/4 -3/100")]
    [InlineData("\u22121 +1", "-1 1")]
    [InlineData("0.5/0.25", "2")]
    [InlineData("999999999999999.123456789012345", "199999999999999.824691357802469/0.2")]
    [InlineData("1e-15 -1e14/1e-15 1e-15/1e14", "0.000000000000001/1 -100000000000000/0.000000000000001 0.000000000000001/100000000000000")]
    [InlineData("1.00000000000000000000000000000000 .5 5. 1E2", "1 1/2 5 100")]
    public void Is_read(string text, string matrix)
    {
        Assert.Equal(matrix, LessonMatrix.Parse(text).ToString());
        Assert.Equal(matrix, LessonMatrix.Parse(matrix).ToString());
    }

    [Theory]
    [InlineData("", "no entries")]
    [InlineData(" ; ;", "no entries")]
    [InlineData("1 2; 3", "row 2 of the matrix has 1 entry, and row 1 has 2")]
    [InlineData("1 x; 3 4", "'x' in the matrix is not a number")]
    [InlineData("1/0", "'1/0'")]
    [InlineData("1/2/3", "'1/2/3'")]
    [InlineData("NaN", "'NaN'")]
    [InlineData("1e40", "'1e40'")]
    [InlineData("1e999", "'1e999'")]
    [InlineData("1e-20", "'1e-20'")]
    [InlineData("1234567890123456", "at most 15 digits")]
    [InlineData("0x10", "'0x10'")]
    [InlineData(".", "'.'")]
    [InlineData("-", "'-'")]
    [InlineData("1e", "'1e'")]
    [InlineData("1.0000000000000001", "'1.0000000000000001'")]
    [InlineData("0e999999999", "'0e999999999'")]
    public void Is_refused_in_one_line(string text, string reason)
    {
        var message = Assert.Throws<LessonException>(() => LessonMatrix.Parse(text)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Is_refused_where_it_is_too_large() =>
        Assert.Contains("1 x 65", Assert.Throws<LessonException>(() => LessonMatrix.Parse(string.Join(' ', Enumerable.Repeat("1", 65)))).Message, StringComparison.Ordinal);
}
