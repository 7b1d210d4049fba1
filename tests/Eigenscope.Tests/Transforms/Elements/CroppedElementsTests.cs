using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>The leading part of a tensor, from any element on and across rows.</summary>
public sealed class CroppedElementsTests
{
    public static TheoryData<long[], long[]> Shapes => new()
    {
        { [], [] },
        { [9], [4] },
        { [6, 7], [6, 7] },
        { [6, 7], [4, 7] },
        { [6, 7], [6, 3] },
        { [6, 7], [4, 3] },
        { [3, 4, 5], [2, 3, 4] },
        { [2, 3, 4, 5], [1, 2, 3, 5] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Has_the_elements_of_the_larger_tensor(long[] whole, long[] part)
    {
        var elements = new CroppedElements(new ArrayElements(whole, [.. Enumerable.Range(0, (int)Count(whole)).Select(i => (double)i)]), part);
        var expected = Enumerable.Range(0, (int)Count(part)).Select(i => Place(i, part, whole)).ToArray();
        Assert.Equal(part, elements.Shape);
        for (var first = 0; first < expected.Length; first++)
        {
            for (var count = 0; count <= expected.Length - first; count++)
            {
                var read = new double[count];
                elements.Read(first, read);
                Assert.Equal(expected[first..(first + count)], read);
            }
        }
    }

    [Theory]
    [InlineData(new long[] { 7, 7 })]
    [InlineData(new long[] { 6 })]
    [InlineData(new long[] { 6, 7, 1 })]
    public void Refuses_a_part_that_does_not_lie_in_it(long[] part) =>
        Assert.StartsWith(
            $"[{string.Join(", ", part)}] does not lie in [6, 7]",
            Assert.Throws<ArgumentException>(() => new CroppedElements(new ArrayElements([6, 7], new double[42]), part)).Message,
            StringComparison.Ordinal);

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);

    private static double Place(long index, long[] part, long[] whole)
    {
        var (place, step) = (0L, 1L);
        for (var axis = part.Length - 1; axis >= 0; axis--)
        {
            place += index % part[axis] * step;
            index /= part[axis];
            step *= whole[axis];
        }

        return place;
    }
}
