using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Models.Onnx;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Onnx;

public sealed class OnnxFormatTests
{
    /// <summary>Tensors whose numbers lie in typed fields: type, field, packed or one by one, values.</summary>
    public static TheoryData<int, int, bool, long[], double[]> Typed => new()
    {
        { 2, 5, true, [0, 255], [0, 255] },
        { 3, 5, true, [-1, 127], [-1, 127] },
        { 4, 5, false, [65535, 1], [65535, 1] },
        { 5, 5, false, [-2, 3], [-2, 3] },
        { 6, 5, true, [-7, int.MaxValue], [-7, int.MaxValue] },
        { 7, 7, true, [-1, 1L << 40], [-1, 1L << 40] },
        { 9, 5, true, [1, 0], [1, 0] },
        { 10, 5, true, [0x3c00, 0xc000], [1, -2] },
        { 10, 5, false, [0x3c00, 0xc000], [1, -2] },
        { 12, 11, true, [uint.MaxValue, 0], [uint.MaxValue, 0] },
        { 13, 11, false, [5, 6], [5, 6] },
        { 16, 5, true, [0x3f80, 0xc000], [1, -2] },
    };

    [Theory]
    [MemberData(nameof(Typed))]
    public void Reads_numbers_of_typed_fields(int type, int field, bool packed, long[] stored, double[] expected)
    {
        var tensor = OnnxBytes.Tensor("x", type, 2);
        tensor = packed ? tensor.Packed(field, stored) : stored.Aggregate(tensor, (writer, value) => writer.Number(field, value));
        Assert.Equal(expected, StoredValues.Of(Assert.Single(Read(OnnxBytes.Of(tensor)))));
    }

    [Fact]
    public void Reads_floats_of_typed_fields()
    {
        byte[] one = [0, 0, 128, 63], two = [0, 0, 0, 64];
        var tensors = Read(OnnxBytes.Of(
            OnnxBytes.Tensor("packed", 1, 2).Bytes(4, [.. one, .. two]),
            OnnxBytes.Tensor("single", 1, 2).Raw((4 << 3) | 5).Raw(one).Raw((4 << 3) | 5).Raw(two),
            OnnxBytes.Tensor("double", 11, 1).Bytes(10, [0, 0, 0, 0, 0, 0, 240, 63]),
            OnnxBytes.Tensor("complex", 14, 1).Bytes(4, [.. one, .. two])));
        Assert.Equal([1, 2], StoredValues.Of(tensors[0]));
        Assert.Equal([1, 2], StoredValues.Of(tensors[1]));
        Assert.Equal([1], StoredValues.Of(tensors[2]));
        Assert.Equal([1, 2], StoredValues.Of(tensors[3]));
    }

    [Theory]
    [InlineData(21, "U4", new double[] { 1, 15, 3 })]
    [InlineData(22, "I4", new double[] { 1, -1, 3 })]
    public void Integers_of_four_bits_are_listed_and_decoded(int type, string name, double[] expected)
    {
        var tensor = Assert.Single(Read(OnnxBytes.Of(OnnxBytes.Tensor("x", type, 3).Bytes(9, [0xf1, 0x03]))));
        var values = new double[3];
        tensor.Quantization!.Read(tensor, 0, values);
        Assert.Equal(name, tensor.TypeName);
        Assert.Equal(expected, values);
        Assert.StartsWith("integers", TensorNaming.Describe(tensor).SkipReason);
    }

    [Fact]
    public void Scalars_empty_tensors_and_text()
    {
        var tensors = Read(OnnxBytes.Of(OnnxBytes.Floats("scalar", [], 7), OnnxBytes.Tensor("empty", 1, 0, 3), OnnxBytes.Tensor("text", 8, 1).Text(6, "a"), OnnxBytes.Matrix("w")));
        Assert.Equal(["scalar", "empty", "w"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([7], StoredValues.Of(tensors[0]));
    }

    [Fact]
    public void Finds_tensors_in_constants_branches_and_functions()
    {
        ProtoWriter Branch(string name) => new ProtoWriter().Message(5, OnnxBytes.Matrix(name)).Message(1, OnnxBytes.Constant("c", OnnxBytes.Matrix("own name")));
        var condition = OnnxBytes.Node("If", ["x"], ["y"], OnnxBytes.Attribute("then_branch", 6, Branch("w")), OnnxBytes.Attribute("else_branch", 6, Branch("w")));
        var loops = OnnxBytes.Node("Custom", [], ["z"], OnnxBytes.Attribute("graphs", 11, Branch("v")), OnnxBytes.Attribute("table", 5, OnnxBytes.Matrix("")));
        var model = new ProtoWriter().Number(1, 8)
            .Message(7, new ProtoWriter().Message(1, condition).Message(1, loops).Message(5, OnnxBytes.Matrix("w")))
            .Message(25, new ProtoWriter().Text(1, "f").Message(7, OnnxBytes.Constant("c", OnnxBytes.Matrix(""))));
        var tensors = Read(model.ToArray());
        Assert.Equal(["w", "c", "w:1", "c:1", "v", "c:2", "z.table", "w:2", "c:3"], tensors.Select(tensor => tensor.Name));
        Assert.All(tensors, tensor => Assert.Equal([1, 2, 3, 4, 5, 6], StoredValues.Of(tensor)));
    }

    /// <summary>Nodes that use the matrix <c>w</c>, and what they tell of its axes.</summary>
    public static TheoryData<string, string[], string, long, Orientation?> Uses => new()
    {
        { "MatMul", ["x", "w"], "", 0, Orientation.InOut },
        { "MatMul", ["w", "x"], "", 0, Orientation.OutIn },
        { "Gemm", ["x", "w", "b"], "transB", 0, Orientation.InOut },
        { "Gemm", ["x", "w", "b"], "transB", 1, Orientation.OutIn },
        { "Conv", ["x", "w"], "", 0, Orientation.OutIn },
        { "ConvTranspose", ["x", "w"], "", 0, Orientation.InOut },
        { "MatMul", ["x", "t"], "", 0, Orientation.OutIn },
        { "Add", ["x", "w"], "", 0, null },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void The_graph_tells_the_order_of_axes(string operation, string[] inputs, string attribute, long value, Orientation? expected)
    {
        var inner = new ProtoWriter().Message(1, OnnxBytes.Node(operation, inputs, ["y"], OnnxBytes.Attribute(attribute, value)));
        var graph = new ProtoWriter()
            .Message(1, OnnxBytes.Node("Transpose", ["w"], ["t"]))
            .Message(1, OnnxBytes.Node("If", [], [], OnnxBytes.Attribute("then_branch", 6, inner)))
            .Message(5, OnnxBytes.Matrix("w"));
        var tensor = Assert.Single(Read(OnnxBytes.Model(graph)));
        Assert.Equal(expected, tensor.Use?.Orientation);
        Assert.Equal(expected ?? Orientation.InOut, TensorNaming.Describe(tensor).Orientation);
    }

    [Fact]
    public void Copies_in_a_circle_end()
    {
        var graph = new ProtoWriter().Message(5, OnnxBytes.Matrix("w")).Message(1, OnnxBytes.Node("Identity", ["a"], ["b"])).Message(1, OnnxBytes.Node("Identity", ["b"], ["a"])).Message(1, OnnxBytes.Node("MatMul", ["x", "a"], ["y"]));
        Assert.Null(Assert.Single(Read(OnnxBytes.Model(graph))).Use?.Orientation);
    }

    [Fact]
    public void Data_may_lie_in_files_beside_the_model()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "sub"));
        File.WriteAllBytes(Path.Combine(folder.Path, "sub", "data.bin"), [9, 9, 9, 9, 0, 0, 128, 63, 0, 0, 0, 64]);
        var file = folder.Write("model.onnx", OnnxBytes.Of(
            OnnxBytes.External("w", ("location", "sub/data.bin"), ("offset", "4"), ("length", "8"), ("checksum", "x")),
            OnnxBytes.External("tied", ("location", "sub/data.bin"), ("offset", "4"))));
        using var model = Model.Open(file);
        Assert.Equal("onnx", model.Format);
        Assert.All(model.Tensors, tensor => Assert.Equal([1, 2], StoredValues.Of(tensor)));
    }

    [Theory]
    [InlineData("../outside.bin", ModelFault.Unsafe)]
    [InlineData("sub/../../outside.bin", ModelFault.Unsafe)]
    [InlineData("/etc/passwd", ModelFault.Unsafe)]
    [InlineData("..\\outside.bin", ModelFault.Unsafe)]
    [InlineData("c:outside.bin", ModelFault.Unsafe)]
    [InlineData("", ModelFault.Unsafe)]
    [InlineData("link.bin", ModelFault.Unsafe)]
    [InlineData("linked/outside.bin", ModelFault.Unsafe)]
    [InlineData("none.bin", ModelFault.Missing)]
    [InlineData("short.bin", ModelFault.Truncated)]
    public void Files_elsewhere_are_not_opened(string location, ModelFault fault)
    {
        using var folder = new TemporaryFolder();
        var inside = Directory.CreateDirectory(Path.Combine(folder.Path, "model")).FullName;
        var outside = folder.Write("outside.bin", new byte[8]);
        File.CreateSymbolicLink(Path.Combine(inside, "link.bin"), outside);
        Directory.CreateSymbolicLink(Path.Combine(inside, "linked"), folder.Path);
        File.WriteAllBytes(Path.Combine(inside, "short.bin"), new byte[7]);
        File.WriteAllBytes(Path.Combine(inside, "model.onnx"), OnnxBytes.Of(OnnxBytes.External("w", ("location", location))));
        Assert.Equal(fault, Assert.Throws<ModelFormatException>(() => Model.Open(Path.Combine(inside, "model.onnx"))).Fault);
    }

    [Theory]
    [InlineData("00000000", false)]
    [InlineData("0808120474657374", true)]
    [InlineData("08083a20", true)]
    [InlineData("0801120a0a080a060a04", false)] // a SavedModel
    [InlineData("0a0b0a04", false)]
    [InlineData("08031200000000007b22", false)] // safetensors of 4,611 header bytes
    [InlineData("504b030414000000", false)]
    [InlineData("934e554d50590100", false)]
    public void Knows_its_files_by_their_first_bytes(string head, bool expected) => Assert.Equal(expected, new OnnxFormat().Matches(Convert.FromHexString(head)));

    [Fact]
    public void Reads_the_published_network()
    {
        using var model = Model.Open(SharedFiles.Path("models", "weightwatcher-onnx", "tempNetwork.onnx"));
        Assert.Equal(("onnx", 27, 1478), (model.Format, model.Tensors.Count, model.Parameters));
        var kernel = Assert.Single(model.Tensors, tensor => tensor.Name == "convolution_4_W");
        Assert.Equal(("5x1x10x10", DType.F32, Orientation.OutIn), (kernel.ShapeText, kernel.Type, kernel.Use?.Orientation));
    }

    private static IReadOnlyList<Tensor> Read(byte[] bytes) => new OnnxFormat().Read(new MemoryBytes(bytes, "model.onnx"));
}
