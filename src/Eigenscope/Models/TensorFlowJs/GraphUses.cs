using System.Text.Json;
using Eigenscope.Models.Layers;

namespace Eigenscope.Models.TensorFlowJs;

/// <summary>
/// The operations that take the weights of a graph model, by its <c>modelTopology</c>: nodes with names, of which weights are some, and the names of their inputs.
/// A layers model has none. What is not as it should be is passed over: it loses an orientation, and is no reason to refuse the weights.
/// </summary>
internal sealed class GraphUses
{
    private const int MostSteps = 64;

    /// <summary>Operations whose output is their input.</summary>
    private static readonly HashSet<string> Copies = ["Identity", "Cast", "Enter", "StopGradient"];

    private static readonly TensorUse Product = new(WeightOperation.Product, Orientation.InOut);
    private static readonly TensorUse Convolution = new(WeightOperation.Convolution, Orientation.InOut, WindowFirst: true);
    private static readonly TensorUse Depthwise = new(WeightOperation.DepthwiseConvolution, Orientation.OutIn, WindowFirst: true);
    private static readonly TensorUse Lookup = new(WeightOperation.Lookup, Orientation.InOut);

    /// <summary>Operations that take a weight, which of their inputs it is, and how it is stored.</summary>
    private static readonly Dictionary<string, (int Input, TensorUse Use)> Operations = new(StringComparer.Ordinal)
    {
        ["Conv2D"] = (1, Convolution),
        ["_FusedConv2D"] = (1, Convolution),
        ["Conv3D"] = (1, Convolution),
        ["Conv2DBackpropInput"] = (1, new(WeightOperation.TransposedConvolution, Orientation.OutIn, WindowFirst: true)),
        ["DepthwiseConv2dNative"] = (1, Depthwise),
        ["FusedDepthwiseConv2dNative"] = (1, Depthwise),
        ["MatMul"] = (1, Product),
        ["_FusedMatMul"] = (1, Product),
        ["BatchMatMul"] = (1, Product),
        ["BatchMatMulV2"] = (1, Product),
        ["Gather"] = (0, Lookup),
        ["GatherV2"] = (0, Lookup),
        ["ResourceGather"] = (0, Lookup),
    };

    private readonly Dictionary<string, string> copied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorUse> byWeight = new(StringComparer.Ordinal);

    private GraphUses(IReadOnlyList<JsonElement> nodes)
    {
        foreach (var node in nodes.Where(node => Copies.Contains(Text(node, "op"))))
        {
            copied.TryAdd(Text(node, "name"), Input(node, 0));
        }

        foreach (var node in nodes)
        {
            Take(node);
        }
    }

    /// <summary>The operations of a model.json.</summary>
    public static GraphUses Of(JsonElement model) => new([.. Items(Property(Property(model, "modelTopology"), "node"))]);

    /// <summary>The first operation that takes a weight; null where none is known.</summary>
    public TensorUse? Find(string weight) => byWeight.TryGetValue(weight, out var use) ? use : null;

    private void Take(JsonElement node)
    {
        if (Operations.TryGetValue(Text(node, "op"), out var operation))
        {
            byWeight.TryAdd(Original(Input(node, operation.Input)), IsTransposed(node) ? operation.Use.Transposed() : operation.Use);
        }
    }

    private string Original(string name)
    {
        for (var step = 0; step < MostSteps && copied.TryGetValue(name, out var source); step++)
        {
            name = source;
        }

        return name;
    }

    /// <summary>The attribute <c>transpose_b</c>; of batches it is <c>adj_y</c>.</summary>
    private static bool IsTransposed(JsonElement node)
    {
        var attributes = Property(node, "attr");
        return IsTrue(Property(attributes, "transpose_b")) || IsTrue(Property(attributes, "adj_y"));
    }

    private static bool IsTrue(JsonElement attribute) => Property(attribute, "b").ValueKind == JsonValueKind.True;

    /// <summary>The node that gives an input, without the number of its output.</summary>
    private static string Input(JsonElement node, int index) => Items(Property(node, "input")).Skip(index).Select(Text).FirstOrDefault("").Split(':')[0];

    private static string Text(JsonElement parent, string property) => Text(Property(parent, property));

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static JsonElement Property(JsonElement parent, string name) => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    private static IEnumerable<JsonElement> Items(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
