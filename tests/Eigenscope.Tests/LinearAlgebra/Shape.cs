using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

/// <summary>The shape of a random matrix, and the seed of its elements.</summary>
internal sealed record Shape(int Rows, int Columns, int Seed)
{
    private static readonly int[] BlockLimits = [1, 2, 3, 4, 7, 8, 9, 23, 24, 25, 31, 32, 33, 47, 48, 49, 95, 96, 97, 255, 256, 257];

    /// <summary>Sizes at and beside the limits of lanes, tiles, panels and blocks.</summary>
    public static TheoryData<int> Sizes => [.. BlockLimits];

    /// <summary>Square, tall and wide matrices at and beside the limits of lanes, tiles, panels and blocks.</summary>
    public static TheoryData<int, int> AtBlockLimits
    {
        get
        {
            var shapes = new TheoryData<int, int>();
            foreach (var n in BlockLimits)
            {
                shapes.Add(n, n);
                shapes.Add(n + 3, n);
                shapes.Add(n, (2 * n) + 5);
            }

            return shapes;
        }
    }

    /// <summary>Any small shape, blocks and panels crossed in each direction.</summary>
    public static Gen<Shape> Any { get; } =
        from rows in Gen.Choose(1, 70)
        from columns in Gen.Choose(1, 70)
        from seed in Gen.Choose(1, 1_000_000)
        select new Shape(rows, columns, seed);

    public int Smaller => Math.Min(Rows, Columns);

    /// <summary>Smaller shapes, to shrink a failure to.</summary>
    public IEnumerable<Shape> Simpler()
    {
        foreach (var cut in new[] { Smaller / 2, 8, 1 })
        {
            if (Rows > cut && cut > 0)
            {
                yield return this with { Rows = Rows - cut };
            }

            if (Columns > cut && cut > 0)
            {
                yield return this with { Columns = Columns - cut };
            }
        }
    }
}
