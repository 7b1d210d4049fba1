namespace Eigenscope.Models.Layers;

/// <summary>Cuts a matrix that makes both the gate of an MLP and what it lets through.</summary>
internal static class FusedGate
{
    /// <summary>Modules that store what is activated before what it multiplies.</summary>
    private static readonly HashSet<string> GateFirst = ["gate_up_proj", "w12", "input_linear", "weights_in", "dense_h_to_4h"];

    /// <summary>Modules that store it behind: OLMo's, and the feed-forward of diffusion models, <c>ff.net.0.proj</c>.</summary>
    private static readonly HashSet<string> UpFirst = ["ff_proj", "proj"];

    private static readonly (string Suffix, Role Role)[] Halves = [("gate", Role.MlpGate), ("up", Role.MlpUp)];

    /// <summary>The two halves of the outputs; in gpt-oss they take turns.</summary>
    public static FusedPart[] Of(string name, TensorPath path, Orientation orientation, MatrixSides sides, ModelContext context)
    {
        if (!(GateFirst.Contains(path.ModuleName) || UpFirst.Contains(path.ModuleName)) || Side(name, orientation, sides, context) is not { } side)
        {
            return [];
        }

        var half = sides[side] / 2;
        return context.Traits.Architecture?.Contains("gptoss", StringComparison.OrdinalIgnoreCase) == true && sides[side] % 2 == 0
            ? [.. Halves.Select((part, i) => new FusedPart(part.Suffix, part.Role, side, new(i, half, 1, 2)))]
            : FusedParts.Equal(UpFirst.Contains(path.ModuleName) ? [Halves[1], Halves[0]] : Halves, side, sides[side]);
    }

    /// <summary>The side of the outputs. The name of stacked experts does not tell it, but the shape of the matrices that follow may.</summary>
    private static int? Side(string name, Orientation orientation, MatrixSides sides, ModelContext context) => orientation switch
    {
        Orientation.InOut => 1,
        Orientation.OutIn => 0,
        _ => context.ShapeOf(name.Replace("gate_up_proj", "down_proj", StringComparison.Ordinal)) is [_, var rows, var columns] ? SideBefore(sides, new(rows, columns)) : null,
    };

    /// <summary>Each half is as long as the inputs of what follows; null where that fits both sides or neither.</summary>
    private static int? SideBefore(MatrixSides first, MatrixSides second)
    {
        var inputsFirst = first.Columns == 2 * second.Rows && first.Rows == second.Columns;
        var outputsFirst = first.Rows == 2 * second.Columns && first.Columns == second.Rows;
        return inputsFirst == outputsFirst ? null : inputsFirst ? 1 : 0;
    }
}
