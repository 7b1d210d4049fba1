using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Recipes;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("ties", "ties", 0)]
    public void The_distance_is_the_fewest_edits_either_way(string from, string to, int edits) => Assert.Equal((edits, edits), (NearestName.Distance(from, to), NearestName.Distance(to, from)));

    [Fact]
    public void The_nearest_word_is_named_whatever_its_case()
    {
        Assert.Equal("; the nearest is 'dare_ties'", NearestName.Clause("DARE-TIES", ["ties", "dare_ties", "dare_linear"]));
        Assert.Equal("", NearestName.Clause("x", []));
    }
}
