using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Running;

public class PortionsTests
{
    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(7, 4, 2)]
    [InlineData(8, 4, 2)]
    [InlineData(10_000_000_001, 1 << 20, 9537)]
    public void They_are_all_bytes_once(long bytes, int length, int count)
    {
        var portions = new Portions(bytes, length);
        Assert.Equal(count, portions.Count);
        var end = 0L;
        for (var i = 0; i < portions.Count; i++)
        {
            Assert.Equal(end, portions.Offset(i));
            Assert.InRange(portions.LengthOf(i), 1, length);
            end += portions.LengthOf(i);
        }

        Assert.Equal(bytes, end);
    }
}
