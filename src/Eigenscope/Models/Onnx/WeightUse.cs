using Eigenscope.Models.Layers;

namespace Eigenscope.Models.Onnx;

/// <summary>Which inputs of an operation are weights, and in which order these store their axes.</summary>
internal static class WeightUse
{
    /// <summary>The operation that exchanges the axes of a matrix.</summary>
    public const string Transpose = "Transpose";

    /// <summary>Operations whose output is their first input, in another type or order.</summary>
    private static readonly HashSet<string> Copies = ["Identity", "Cast", "DequantizeLinear", Transpose];

    private static readonly (string Operation, int Input, TensorUse Use)[] Table =
    [
        ("MatMul", 1, new(WeightOperation.Product, Orientation.InOut)),
        ("MatMul", 0, new(WeightOperation.Product, Orientation.OutIn)),
        ("MatMulInteger", 1, new(WeightOperation.Product, Orientation.InOut)),
        ("QLinearMatMul", 3, new(WeightOperation.Product, Orientation.InOut)),
        ("Conv", 1, new(WeightOperation.Convolution, Orientation.OutIn)),
        ("ConvInteger", 1, new(WeightOperation.Convolution, Orientation.OutIn)),
        ("QLinearConv", 3, new(WeightOperation.Convolution, Orientation.OutIn)),
        ("ConvTranspose", 1, new(WeightOperation.TransposedConvolution, Orientation.InOut)),
        ("LSTM", 1, new(WeightOperation.Lstm, Orientation.OutIn)),
        ("LSTM", 2, new(WeightOperation.Lstm, Orientation.OutIn)),
        ("GRU", 1, new(WeightOperation.Gru, Orientation.OutIn)),
        ("GRU", 2, new(WeightOperation.Gru, Orientation.OutIn)),
        ("RNN", 1, new(WeightOperation.Rnn, Orientation.OutIn)),
        ("RNN", 2, new(WeightOperation.Rnn, Orientation.OutIn)),
    ];

    /// <summary>True for an operation whose output is its first input.</summary>
    public static bool IsCopy(string operation) => Copies.Contains(operation);

    /// <summary>The inputs of a node that are weights where they are tensors of the file.</summary>
    public static IEnumerable<(string Name, TensorUse Use)> Of(GraphNode node) => node.Operation switch
    {
        "Gemm" => OfGemm(node),
        "Gather" => OfGather(node),
        _ => Table.Where(row => row.Operation == node.Operation && row.Input < node.Inputs.Count)
            .Select(row => (node.Inputs[row.Input], row.Use with { Groups = Math.Max(1, node.Numbers.GetValueOrDefault("group", 1)) })),
    };

    /// <summary>Gemm is x W, or x W^T with transB; or with the weight first, W x, or W^T x with transA.</summary>
    private static IEnumerable<(string Name, TensorUse Use)> OfGemm(GraphNode node)
    {
        if (node.Inputs.Count >= 2)
        {
            yield return (node.Inputs[1], new(WeightOperation.Product, node.Numbers.GetValueOrDefault("transB") != 0 ? Orientation.OutIn : Orientation.InOut));
            yield return (node.Inputs[0], new(WeightOperation.Product, node.Numbers.GetValueOrDefault("transA") != 0 ? Orientation.InOut : Orientation.OutIn));
        }
    }

    /// <summary>Gather along the first axis looks rows up.</summary>
    private static IEnumerable<(string Name, TensorUse Use)> OfGather(GraphNode node)
    {
        if (node.Inputs.Count >= 1 && node.Numbers.GetValueOrDefault("axis") == 0)
        {
            yield return (node.Inputs[0], new(WeightOperation.Lookup, Orientation.InOut));
        }
    }
}
