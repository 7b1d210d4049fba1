using Eigenscope.Models.Layers;

namespace Eigenscope.Models.Onnx;

/// <summary>Which inputs of an operation are weights, and in which order these store their axes.</summary>
internal static class WeightUse
{
    /// <summary>The operation that exchanges the axes of a matrix.</summary>
    public const string Transpose = "Transpose";

    /// <summary>Operations whose output is their first input, in another type or order.</summary>
    private static readonly HashSet<string> Copies = ["Identity", "Cast", "DequantizeLinear", Transpose];

    private static readonly (string Operation, int Input, Orientation Orientation)[] Table =
    [
        ("MatMul", 1, Orientation.InOut),
        ("MatMul", 0, Orientation.OutIn),
        ("MatMulInteger", 1, Orientation.InOut),
        ("QLinearMatMul", 3, Orientation.InOut),
        ("Conv", 1, Orientation.OutIn),
        ("ConvInteger", 1, Orientation.OutIn),
        ("QLinearConv", 3, Orientation.OutIn),
        ("ConvTranspose", 1, Orientation.Unknown),
        ("Gather", 0, Orientation.InOut),
        ("LSTM", 1, Orientation.OutIn),
        ("LSTM", 2, Orientation.OutIn),
        ("GRU", 1, Orientation.OutIn),
        ("GRU", 2, Orientation.OutIn),
        ("RNN", 1, Orientation.OutIn),
        ("RNN", 2, Orientation.OutIn),
    ];

    /// <summary>True for an operation whose output is its first input.</summary>
    public static bool IsCopy(string operation) => Copies.Contains(operation);

    /// <summary>The orientation of the transposed.</summary>
    public static Orientation Transposed(Orientation orientation) => orientation switch
    {
        Orientation.InOut => Orientation.OutIn,
        Orientation.OutIn => Orientation.InOut,
        _ => orientation,
    };

    /// <summary>The inputs of a node that are weights where they are tensors of the file.</summary>
    public static IEnumerable<(string Name, Orientation Orientation)> Of(GraphNode node) => node.Operation == "Gemm"
        ? OfGemm(node)
        : Table.Where(row => row.Operation == node.Operation && row.Input < node.Inputs.Count).Select(row => (node.Inputs[row.Input], row.Orientation));

    /// <summary>Gemm is x W, or x W^T with transB; or with the weight first, W x, or W^T x with transA.</summary>
    private static IEnumerable<(string Name, Orientation Orientation)> OfGemm(GraphNode node)
    {
        if (node.Inputs.Count >= 2)
        {
            yield return (node.Inputs[1], node.Numbers.GetValueOrDefault("transB") != 0 ? Orientation.OutIn : Orientation.InOut);
            yield return (node.Inputs[0], node.Numbers.GetValueOrDefault("transA") != 0 ? Orientation.InOut : Orientation.OutIn);
        }
    }
}
