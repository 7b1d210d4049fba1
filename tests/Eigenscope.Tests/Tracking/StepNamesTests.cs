using Eigenscope.Tracking;
using Xunit;

namespace Eigenscope.Tests.Tracking;

public sealed class StepNamesTests
{
    /// <summary>Names as trainers write them, and the unit and the steps that they mean.</summary>
    public static TheoryData<string, string, string> Known => new()
    {
        { "checkpoint-500 checkpoint-1000", "step", "500 1000" },
        { "checkpoint_0 checkpoint_4000", "step", "0 4000" },
        { "checkpoint_epoch_10 checkpoint_epoch_100", "epoch", "10 100" },
        { "epoch=3-step=1200 epoch=3-step=1300", "step", "1200 1300" },
        { "epoch=3-step=1200 epoch=4-step=1200", "epoch", "3 4" },
        { "global_step10 global_step20", "step", "10 20" },
        { "step1000-tokens4B step2000-tokens8B", "step", "1000 2000" },
        { "tokens4B tokens8B", "token", "4000000000 8000000000" },
        { "ckpt.10k ckpt.2M", "step", "10000 2000000" },
        { "iter_0000100 iter_0000200", "iteration", "100 200" },
        { "ema_0.9999_010000 ema_0.9999_020000", "step", "10000 20000" },
        { "model_v2_1 model_v2_7", "step", "1 7" },
        { "100 20", "step", "100 20" },
        { "Step-5 STEP-7", "step", "5 7" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Names_tell_steps(string names, string unit, string steps)
    {
        var found = StepNames.Of(names.Split(' '));
        Assert.NotNull(found);
        Assert.Equal(unit, found.Value.Unit);
        Assert.Equal(steps, string.Join(' ', found.Value.Steps));
    }

    [Theory]
    [InlineData("final best")]
    [InlineData("checkpoint-100 final")]
    [InlineData("step5 step5")]
    [InlineData("a1b2 a1")]
    [InlineData("step99999999999999999999 step88888888888888888888")]
    public void Names_that_do_not_are_no_order(string names) => Assert.Null(StepNames.Of(names.Split(' ')));
}
