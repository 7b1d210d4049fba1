using Eigenscope.Learning;
using FsCheck;
using FsCheck.Fluent;

namespace Eigenscope.Tests.Learning;

/// <summary>Small matrices of whole numbers, of every shape that is worked by hand; small entries make them degenerate now and then.</summary>
internal static class RandomMatrices
{
    /// <summary>Any of them.</summary>
    public static Gen<LessonMatrix> Whole { get; } =
        from rows in Gen.Choose(1, 4)
        from columns in Gen.Choose(1, 4)
        from most in Gen.Elements(1, 2, 9)
        from entries in Gen.Choose(-most, most).ListOf(rows * columns)
        select Of(rows, columns, [.. entries]);

    /// <summary>Matrices that are easily done wrong.</summary>
    public static IReadOnlyList<string> Special { get; } =
    [
        "0", "5", "-5", "0 0; 0 0", "0 0 0", "0; 0; 0", "1 0; 0 1", "-1 0; 0 -1", "0 1; 1 0", "0 -1; 1 0", "1 1; 1 1", "1 2 3 4", "1; 2; 3; 4", "2 0 0; 0 2 0; 0 0 2", "1 1 1; 1 1 1; 1 1 1",
        "3 0 0 0; 0 2 0 0; 0 0 1 0", "0 0 0 1; 0 0 1 0; 0 1 0 0; 1 0 0 0", "1 1 0; 0 1 1; 1 0 1", "1 -1; 1 1", "2 1; 1 2", "1 1; 1 0", "1/2 1/3; 1/4 1/5", "0.1 0.2; 0.3 0.4",
        "1 2 3; 4 5 6; 7 8 9", "1 2; 2 4; 3 6", "1000000 1; 1 0.000001", "1 0 0 0; 0 1 0 0; 0 0 0 0; 0 0 0 0", "2 1 0 0; 1 2 0 0; 0 0 2 1; 0 0 1 2", "1 2 0 0; 3 4 0 0; 0 0 1 2; 0 0 3 4",
        "100000000000000/0.000000000000001 0.000000000000001/100000000000000; 0.000000000000001/100000000000000 1", "1000000000000/0.0001 0; 0 0.0001/1000000000000", "0 2; 3 0", "3 -4; 4 3",
        "0 -1 0 0; 1 0 0 0; 0 0 0 -2; 0 0 2 0", "0 1 0; 0 0 1; 0 0 0", "1e-9 2e-9 3e-9; 4e-9 5e-9 6e-9; 7e-9 8e-9 1e-8",
        "123456789012345 2 3 4; 0.000000000000001 1 1 1; 3 3 1/3 2; 7 7 7 -1",
    ];

    private static LessonMatrix Of(int rows, int columns, int[] entries)
    {
        var matrix = new int[rows, columns];
        for (var k = 0; k < entries.Length; k++)
        {
            matrix[k / columns, k % columns] = entries[k];
        }

        return LessonMatrix.Of(matrix);
    }
}
