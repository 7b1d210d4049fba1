using Eigenscope.Training;
using Eigenscope.Training.Data;
using Xunit;

namespace Eigenscope.Tests.Training.Data;

public sealed class TextTests
{
    private static readonly DataOptions Options = new() { Kind = DataKind.Grammar, HeldOut = 30 };

    [Fact]
    public void Labels_are_the_characters_that_follow()
    {
        var text = string.Concat(Enumerable.Range(0, 400).Select(i => (char)('a' + (i % 7))));
        var data = Text.Of(text, "it", Options, 5);
        var batch = new Batch();
        data.Fill(batch, [0, 17], isHeldOut: false);
        Assert.Equal(10, batch.Tokens!.Length);
        Assert.All(batch.Tokens.Zip(batch.Labels!), pair => Assert.Equal((pair.First + 1) % 7, pair.Second));
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], data.Vocabulary);
    }

    /// <summary>Every character once, so that a window tells where it lies: no character is in both parts.</summary>
    [Fact]
    public void What_is_held_out_is_not_trained_on()
    {
        var text = string.Concat(Enumerable.Range(0, 2000).Select(i => (char)(0x4E00 + i)));
        var data = Text.Of(text, "it", Options, 9);
        Assert.Equal(18 * (100 - 9), data.TrainingCount);
        Assert.Equal(30, data.HeldOutCount);
        Assert.Empty(Seen(data, data.TrainingCount, isHeldOut: false).Intersect(Seen(data, data.HeldOutCount, isHeldOut: true)));
        Assert.NotEqual(Seen(data, 30, isHeldOut: true), Seen(Text.Of(text, "it", Options with { Seed = 1 }, 9), 30, isHeldOut: true));
    }

    [Fact]
    public void Characters_beyond_sixteen_bits_are_one_token() =>
        Assert.Equal(["a", "\U0001F600"], Text.Of(string.Concat(Enumerable.Repeat("a\U0001F600", 100)), "it", Options, 4).Vocabulary);

    [Theory]
    [InlineData("abcabc", "too short for a context of 4; 100 are wanted")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1 different characters")]
    public void A_text_that_cannot_be_learned_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<TrainingException>(() => Text.Of(text, "it", Options, 4)).Message);

    /// <summary>Of the words with the ending of nouns, the most frequent is about as frequent as the law says: 1 / H(160) = 0.177, standard error below 0.004 among 10,000.</summary>
    [Fact]
    public void Words_follow_Zipf()
    {
        var text = GrammarText.Write(3, 300_000);
        Assert.Equal(text[..5000], GrammarText.Write(3, 5000));
        Assert.NotEqual(text[..5000], GrammarText.Write(4, 5000));
        var nouns = text.Split([' ', '.', ',', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.EndsWith('o') || word.EndsWith("on", StringComparison.Ordinal)).Select(word => word.TrimEnd('n')).ToList();
        Assert.True(nouns.Count > 10_000);
        var counts = nouns.GroupBy(word => word).Select(group => group.Count()).OrderDescending().ToList();
        Assert.InRange((double)counts[0] / nouns.Count, 0.157, 0.197);
        Assert.InRange((double)counts[1] / counts[0], 0.4, 0.6);
        Assert.InRange(counts.Count, 140, 160);
    }

    private static List<int> Seen(Text data, int count, bool isHeldOut)
    {
        var batch = new Batch();
        data.Fill(batch, [.. Enumerable.Range(0, count)], isHeldOut);
        return [.. batch.Tokens!.Concat(batch.Labels!).Distinct().Order()];
    }
}
