using Eigenscope.Tracking;
using Xunit;

namespace Eigenscope.Tests.Tracking;

public sealed class StoppingRuleTests
{
    [Theory]
    [InlineData("alpha<2", RuleQuantity.Mean, 5)]
    [InlineData(" mean(alpha) <= 2 ", RuleQuantity.Mean, 5)]
    [InlineData("min(alpha)<2", RuleQuantity.Min, 5)]
    [InlineData("Median(alpha)>2", RuleQuantity.Median, 5)]
    [InlineData("trend( alpha , 3 )>0", RuleQuantity.Trend, 3)]
    [InlineData("stall(alpha)<0.01", RuleQuantity.Stall, 5)]
    public void Rules_are_read(string text, RuleQuantity quantity, int window)
    {
        Assert.True(StoppingRule.TryParse(text, out var rule));
        Assert.Equal((quantity, "alpha", window), (rule.Quantity, rule.Metric, rule.Window));
    }

    [Theory]
    [InlineData("")]
    [InlineData("alpha")]
    [InlineData("alpha<")]
    [InlineData("slope(alpha)<1")]
    [InlineData("min(alpha,3)<1")]
    [InlineData("trend(alpha,1)<1")]
    [InlineData("trend(alpha,0)<1")]
    [InlineData("trend(alpha,)<1")]
    [InlineData("trend(alpha<1")]
    [InlineData("a b<1")]
    public void What_is_no_rule_is_refused(string text) => Assert.False(StoppingRule.TryParse(text, out _));

    /// <summary>Means 5, 4, 3, 3.1: by hand.</summary>
    [Theory]
    [InlineData("alpha<4", 2, 3)]
    [InlineData("min(alpha)<2.5", 2, 2)]
    [InlineData("max(alpha)>=6", 0, 6)]
    [InlineData("median(alpha)==4", 1, 4)]
    [InlineData("trend(alpha,3)<-0.2", 2, -0.25)]
    [InlineData("trend(alpha,2)>0", 3, 0.1 / 3.05)]
    [InlineData("stall(alpha,2)<0.05", 3, 0.1 / 3.05)]
    public void Rules_are_met_first_where_they_hold(string text, int checkpoint, double value)
    {
        Assert.True(StoppingRule.TryParse(text, out var rule));
        var met = rule.First(Course(5, 4, 3, 3.1));
        Assert.Equal(checkpoint, met!.Checkpoint);
        Assert.Equal(value, met.Value, 12);
    }

    [Theory]
    [InlineData("alpha<1")]
    [InlineData("trend(alpha,5)<0")]
    [InlineData("nothing<9")]
    public void Rules_that_never_hold_are_not_met(string text)
    {
        Assert.True(StoppingRule.TryParse(text, out var rule));
        Assert.Null(rule.First(Course(5, 4, 3, 3.1)));
    }

    /// <summary>A checkpoint without a value, such as one that could not be read, does not end a window.</summary>
    [Fact]
    public void Gaps_are_passed_over()
    {
        Assert.True(StoppingRule.TryParse("trend(alpha,3)<0", out var rule));
        Assert.Equal([null, null, null, -0.25], rule.Values(Course(5, null, 4, 2)).Select(value => value is { } v ? Math.Round(v, 12) : (double?)null));
    }

    /// <summary>Two layers whose alpha is one less and one more than the mean.</summary>
    private static Trajectory Course(params double?[] means) => new(Runs.Options, [.. means.Select((mean, step) => new TrackedCheckpoint
    {
        Checkpoint = new($"step{step}", step, "step", StepSource.Name),
        Layers = mean is not { } value ? [] : [Layer(0, value - 1), Layer(1, value + 1)],
    })], []);

    private static TrackedLayer Layer(int id, double alpha) => new()
    {
        Id = id,
        Name = $"{id}",
        Tensor = $"{id}",
        PartOf = null,
        Role = "other",
        Block = null,
        Kind = "linear",
        DType = "F32",
        Rows = 4,
        Columns = 4,
        Metrics = [KeyValuePair.Create<string, double?>("alpha", alpha)],
    };
}
