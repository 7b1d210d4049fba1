using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Cli.Terminal;

/// <summary>The table of <c>inspect</c>.</summary>
internal static class InspectTable
{
    public static void Print(TextScreen screen, Model model, IReadOnlyList<WeightMatrix> table)
    {
        var prefix = CommonPrefix.ToLeaveOut([.. table.Select(row => row.Name)], screen.Width);
        TableColumns.Print(screen, prefix.Length == 0 ? "tensor" : $"{prefix}…", table, row => row.Name[prefix.Length..],
        [
            new("role", row => row.Role.Text(), 3, LeftAligned: true),
            new("block", row => row.Description.Block?.ToString() ?? "", 6),
            new("dtype", row => row.Tensor.TypeName, 5, LeftAligned: true),
            new("shape", Shape, 1),
            new("stored", row => row.SkipReason is null ? row.Description.Orientation.ToString() : "", 7, LeftAligned: true),
            new("analysed as", Use, 2, row => row.SkipReason is null ? null : "grey", LeftAligned: true),
        ]);
        ModelHeading.Print(screen, model);
    }

    private static string Shape(WeightMatrix row) => row.PartOf is null ? row.Tensor.ShapeText : $"{row.Rows}x{row.Columns}";

    private static string Use(WeightMatrix row) =>
        row.SkipReason is { } reason ? $"- {reason}"
        : row.PartOf is not null ? "part"
        : row.Slices.Count > 1 ? $"{row.Slices.Count} of {row.Rows}x{row.Columns}"
        : $"{row.Rows}x{row.Columns}";
}
