using Eigenscope.Training;
using Eigenscope.Training.Data;
using Xunit;

namespace Eigenscope.Tests.Training.Data;

public sealed class BatchOrderTests
{
    [Fact]
    public void All_examples_come_in_turn_in_a_new_order_each_time()
    {
        var order = new BatchOrder(1, 12, 3, isIndependent: false);
        var passes = Enumerable.Range(0, 3).Select(pass => Enumerable.Range(0, 4).SelectMany(i => order.Of((4 * pass) + i).ToArray()).ToList()).ToList();
        Assert.All(passes, pass => Assert.Equal(Enumerable.Range(0, 12), pass.Order()));
        Assert.NotEqual(passes[0], passes[1]);
        Assert.NotEqual(passes[1], passes[2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_has_its_batch_whatever_came_before(bool isIndependent)
    {
        var order = new BatchOrder(1, 10, 3, isIndependent);
        var expected = Enumerable.Range(0, 9).Select(step => order.Of(step).ToArray()).ToList();
        Assert.Equal(expected[7], new BatchOrder(1, 10, 3, isIndependent).Of(7).ToArray());
        Assert.Equal(expected[1], order.Of(1).ToArray());
        Assert.NotEqual(expected[1], new BatchOrder(2, 10, 3, isIndependent).Of(1).ToArray());
    }

    [Fact]
    public void A_batch_of_more_examples_than_there_are_is_refused() => Assert.Throws<TrainingException>(() => new BatchOrder(1, 10, 11, isIndependent: false));
}
