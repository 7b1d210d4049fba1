namespace Eigenscope.Models.Layers;

/// <summary>
/// Cuts the matrices of an LSTM (input gate i, forget gate f, cell candidate g, output gate o) and of a GRU (reset gate r, update gate z, candidate n) into their gates.
/// </summary>
internal static class RecurrentGates
{
    private const string ToHidden = "weight_ih", HiddenToHidden = "weight_hh", Kernel = "kernel", RecurrentKernel = "recurrent_kernel";

    private static readonly string[] LstmWords = ["lstm", "lstmcell"];
    private static readonly string[] GruWords = ["gru", "grucell"];

    /// <summary>The gates in stored order; none where the cell is not known, or has none.</summary>
    public static FusedPart[] Of(string name, IReadOnlyList<long> shape, TensorUse? use, Orientation orientation, MatrixSides sides, ModelContext context)
    {
        if (orientation == Orientation.Unknown)
        {
            return [];
        }

        var side = orientation == Orientation.InOut ? 1 : 0;
        var gates = Cell(name, shape, use, context) switch
        {
            WeightOperation.Lstm => use is not null ? "iofg" : name.Contains("basic_lstm", StringComparison.OrdinalIgnoreCase) ? "igfo" : "ifgo",
            WeightOperation.Gru => use is not null || side == 1 ? "zrn" : "rzn",
            _ => "",
        };
        return gates.Length == 0 ? [] : FusedParts.Equal([.. gates.Select(gate => (gate.ToString(), Role.Recurrent))], side, sides[side]);
    }

    /// <summary>The cell: as the graph says, or as many times wider than the hidden state as it has gates, or by its name.</summary>
    private static WeightOperation? Cell(string name, IReadOnlyList<long> shape, TensorUse? use, ModelContext context) =>
        use?.Operation ?? HiddenRatio(name, shape, context) switch
        {
            4 => WeightOperation.Lstm,
            3 => WeightOperation.Gru,
            1 => WeightOperation.Rnn,
            _ => Named(name),
        };

    /// <summary>How many times longer the one side of the hidden-to-hidden matrix is; null where there is none, or it is no multiple.</summary>
    private static long? HiddenRatio(string name, IReadOnlyList<long> shape, ModelContext context)
    {
        var hidden = Hidden(name) is { } other ? other == name ? shape : context.ShapeOf(other) : null;
        return hidden is [var a, var b] && Math.Min(a, b) > 0 && Math.Max(a, b) % Math.Min(a, b) == 0 ? Math.Max(a, b) / Math.Min(a, b) : null;
    }

    /// <summary>The name of the hidden-to-hidden matrix of the same cell.</summary>
    private static string? Hidden(string name)
    {
        if (name.Contains(HiddenToHidden, StringComparison.Ordinal) || name.Contains(RecurrentKernel, StringComparison.Ordinal))
        {
            return name;
        }

        var (word, other) = name.Contains(ToHidden, StringComparison.Ordinal) ? (ToHidden, HiddenToHidden) : (Kernel, RecurrentKernel);
        var at = name.LastIndexOf(word, StringComparison.Ordinal);
        return at < 0 ? null : string.Concat(name.AsSpan(0, at), other, name.AsSpan(at + word.Length));
    }

    private static WeightOperation? Named(string name)
    {
        var words = new TensorPath(name).Segments.SelectMany(TensorPath.Words).ToList();
        return words.Exists(LstmWords.Contains) ? WeightOperation.Lstm : words.Exists(GruWords.Contains) ? WeightOperation.Gru : null;
    }
}
