using System.Runtime.InteropServices;

namespace Eigenscope.Tests.Models.Onnx;

/// <summary>Small ONNX models.</summary>
internal static class OnnxBytes
{
    /// <summary>A model of a graph.</summary>
    public static byte[] Model(ProtoWriter graph) => new ProtoWriter().Number(1, 8).Text(2, "test").Message(7, graph).ToArray();

    /// <summary>A model whose graph has these initialisers.</summary>
    public static byte[] Of(params ProtoWriter[] tensors) =>
        Model(tensors.Aggregate(new ProtoWriter(), (graph, tensor) => graph.Message(5, tensor)));

    /// <summary>A tensor of a type and shape, without values.</summary>
    public static ProtoWriter Tensor(string name, int type, params long[] shape) =>
        shape.Aggregate(new ProtoWriter(), (tensor, size) => tensor.Number(1, size)).Number(2, type).Text(8, name);

    /// <summary>A tensor of singles as raw bytes.</summary>
    public static ProtoWriter Floats(string name, long[] shape, params float[] values) => Tensor(name, 1, shape).Bytes(9, MemoryMarshal.AsBytes<float>(values));

    /// <summary>A matrix of six singles.</summary>
    public static ProtoWriter Matrix(string name) => Floats(name, [2, 3], 1, 2, 3, 4, 5, 6);

    /// <summary>A node.</summary>
    public static ProtoWriter Node(string operation, string[] inputs, string[] outputs, params ProtoWriter[] attributes)
    {
        var node = inputs.Aggregate(new ProtoWriter(), (writer, name) => writer.Text(1, name));
        outputs.Aggregate(node, (writer, name) => writer.Text(2, name)).Text(4, operation);
        return attributes.Aggregate(node, (writer, attribute) => writer.Message(5, attribute));
    }

    /// <summary>An attribute with one field beside its name.</summary>
    public static ProtoWriter Attribute(string name, int field, ProtoWriter content) => new ProtoWriter().Text(1, name).Message(field, content);

    /// <summary>An attribute that is a whole number.</summary>
    public static ProtoWriter Attribute(string name, long value) => new ProtoWriter().Text(1, name).Number(3, value);

    /// <summary>A node that gives a tensor, which has no name of its own.</summary>
    public static ProtoWriter Constant(string output, ProtoWriter tensor) => Node("Constant", [], [output], Attribute("value", 5, tensor));

    /// <summary>A tensor whose values lie in another file.</summary>
    public static ProtoWriter External(string name, params (string Key, string Value)[] entries) => entries.Aggregate(
        Tensor(name, 1, 2).Number(14, 1),
        (tensor, entry) => tensor.Message(13, new ProtoWriter().Text(1, entry.Key).Text(2, entry.Value)));
}
