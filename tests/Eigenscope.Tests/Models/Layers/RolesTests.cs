using Eigenscope.Models.Layers;
using Xunit;

namespace Eigenscope.Tests.Models.Layers;

public sealed class RolesTests
{
    [Fact]
    public void EveryRoleIsReadBackFromItsText()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.True(Roles.TryParse(role.Text(), out var back));
            Assert.Equal(role, back);
            Assert.Equal(SnakeCase(role.ToString()), role.Text());
            Assert.True(Roles.TryParseFilter(role.Text(), out var accepts));
            Assert.Equal([role], Enum.GetValues<Role>().Where(x => accepts(x)));
        }
    }

    [Theory]
    [InlineData("attention", 5)]
    [InlineData("MLP", 4)]
    [InlineData("embeddings", 3)]
    [InlineData("Embedding", 1)]
    public void AGroupAcceptsItsRoles(string text, int count)
    {
        Assert.True(Roles.TryParseFilter(text, out var accepts));
        Assert.Equal(count, Enum.GetValues<Role>().Count(role => accepts(role)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("attention_")]
    [InlineData("AttentionQuery")]
    [InlineData("3")]
    public void OtherTextsAreRefused(string text)
    {
        Assert.False(Roles.TryParse(text, out _));
        Assert.False(Roles.TryParseFilter(text, out var accepts));
        Assert.Null(accepts);
    }

    [Fact]
    public void EveryListedTextIsAccepted() => Assert.All(Roles.FilterTexts, text => Assert.True(Roles.TryParseFilter(text, out _)));

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? "_" + letter : letter.ToString())).ToLowerInvariant();
}
