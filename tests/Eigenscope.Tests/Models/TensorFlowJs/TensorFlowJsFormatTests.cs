using System.Diagnostics.CodeAnalysis;
using System.Text;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Models.TensorFlowJs;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.TensorFlowJs;

public sealed class TensorFlowJsFormatTests : IDisposable
{
    private const int Rounds = 3000;
    private const long MaxBytesPerRound = 8L << 20;
    private const string One = """{"name":"a","shape":[2],"dtype":"float32"}""";

    private readonly TemporaryFolder folder = new();

    /// <summary>Manifests that are refused beside a file <c>s</c> of eight bytes.</summary>
    public static TheoryData<string, ModelFault> Bad => new()
    {
        { "{", ModelFault.BadHeader },
        { "[]", ModelFault.BadHeader },
        { "{}", ModelFault.BadHeader },
        { """{"weightsManifest":{}}""", ModelFault.BadHeader },
        { """{"weightsManifest":[]}""", ModelFault.NoWeights },
        { """{"weightsManifest":[{"paths":["s"]}]}""", ModelFault.BadHeader },
        { Manifest("""["s"]""", """{"name":"a","shape":[1.5],"dtype":"float32"}"""), ModelFault.BadHeader },
        { Manifest("""["s"]""", """{"name":"a","shape":[-2],"dtype":"float32"}"""), ModelFault.Inconsistent },
        { Manifest("""["s"]""", """{"name":"a","shape":[3],"dtype":"float32"}"""), ModelFault.Truncated },
        { Manifest("""["s"]""", """{"name":"a","shape":[1],"dtype":"float32"}"""), ModelFault.Inconsistent },
        { Manifest("""["s"]""", """{"name":"a","shape":[4611686018427387904,4],"dtype":"float32"}"""), ModelFault.TooLarge },
        { Manifest("""["s"]""", """{"name":"a","shape":[2],"dtype":"float128"}"""), ModelFault.Unsupported },
        { Manifest("""["s"]""", """{"name":"a","shape":[8],"dtype":"float32","quantization":{"dtype":"uint4","scale":1,"min":0}}"""), ModelFault.Unsupported },
        { Manifest("""["s"]""", """{"name":"a","shape":[8],"dtype":"float32","quantization":{"dtype":"uint8","scale":1e999,"min":0}}"""), ModelFault.Inconsistent },
        { Manifest("""["s"]""", """{"name":"a","shape":[8],"dtype":"float32","quantization":{"dtype":"uint8","min":0}}"""), ModelFault.BadHeader },
        { Manifest("""["s"]""", """{"name":"a","shape":[1099511627776,1099511627776],"dtype":"string"}"""), ModelFault.Inconsistent },
        { Manifest("""["s"]""", """{"name":"a","shape":[3],"dtype":"string"}"""), ModelFault.Truncated },
        { Manifest("""["s"]""", """{"name":"a","shape":[1],"dtype":"float32"}""", """{"name":"a","shape":[1],"dtype":"float32"}"""), ModelFault.Inconsistent },
        { Manifest("""["s","s"]""", One), ModelFault.Inconsistent },
        { Manifest("""["t"]""", One), ModelFault.Missing },
        { Manifest("""["../s"]""", One), ModelFault.Unsafe },
        { Manifest("""["/etc/passwd"]""", One), ModelFault.Unsafe },
        { Manifest("""["sub/../../s"]""", One), ModelFault.Unsafe },
        { Manifest("""["link"]""", One), ModelFault.Unsafe },
        { Manifest("""["\ud800"]""", One), ModelFault.BadHeader },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Bad))]
    public void Refuses(string json, ModelFault fault)
    {
        folder.Write("s", new byte[8]);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), "/etc/passwd");
        var file = folder.Write("model.json", json);
        Assert.Equal(fault, Assert.Throws<ModelFormatException>(() => Model.Open(file)).Fault);
    }

    [Fact]
    public void Weights_lie_across_files_and_groups()
    {
        folder.Write("s1", [0, 0, 128]);
        folder.Write("s2", [63, 0, 0, 0, 64, 2, 0, 0, 0, (byte)'h', (byte)'i', 0, 0, 0, 0, 7]);
        folder.Write("s3", [0, 0x3c, 0, 0, 255, 255]);
        var file = folder.Write("model.json", $$$"""
            {"format":"layers-model","weightsManifest":[
            {"paths":["s1","s2"],"weights":[{{{One}}},{"name":"text","shape":[2],"dtype":"string"},{"name":"flag","shape":[],"dtype":"bool"}]},
            {"paths":["s3"],"weights":[{"name":"half","shape":[1],"dtype":"float32","quantization":{"dtype":"float16"}},
            {"name":"affine","shape":[2],"dtype":"float32","quantization":{"dtype":"uint16","scale":0.1,"min":-1.5}}]}]}
            """);
        using var model = Model.Open(file);
        Assert.Equal(["a F32 2", "flag BOOL scalar", "half F16 1", "affine U16_AFFINE 2"], model.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal([1, 2], StoredValues.Of(model.Tensors[0]));
        Assert.Equal([7], StoredValues.Of(model.Tensors[1]));
        Assert.Equal([1], StoredValues.Of(model.Tensors[2]));
        Assert.Equal([-1.5f, 6552], Affine(model.Tensors[3]));
        Assert.Equal(("tensorflowjs", Math.Round(0.1 / 6552, 12)), (model.Format, Math.Round(model.Tensors[3].Epsilon, 12)));
    }

    [Fact]
    public void Bytes_that_stand_for_singles()
    {
        var tensor = new Tensor("a", DType.F32, [4], new MemoryBytes([9, 0, 1, 255, 2]), 1, new AffineQuantization(1, 0.1, -3));
        Assert.Equal([-3, -2.9f, 22.5f, -2.8f], Affine(tensor));
        var tail = new double[2];
        tensor.Quantization!.Read(tensor, 2, tail);
        Assert.Equal([22.5f, -2.8f], tail);
    }

    [Fact]
    public void A_kernel_has_its_outputs_last()
    {
        folder.Write("s.bin", new byte[4 * 3 * 3 * 2 * 5]);
        folder.Write("model.json", Manifest("""["s.bin"]""", """{"name":"Conv2D_3","shape":[3,3,2,5],"dtype":"float32"}"""));
        using var model = Model.Open(folder.Path);
        var row = Assert.Single(WeightTable.Of(model));
        Assert.Equal((18, 5), (row.Rows, row.Columns));
    }

    /// <summary>The graph tells how a weight is stored where its name does not: also behind a copy, and of a kernel with one output, which looks like a depthwise one.</summary>
    [Theory]
    [InlineData("Conv2D", 1, "", "3,3,4,1", Orientation.InOut, 36, 1)]
    [InlineData("_FusedMatMul", 1, "", "4,9", Orientation.InOut, 4, 9)]
    [InlineData("MatMul", 1, ""","attr":{"transpose_b":{"b":true}}""", "4,9", Orientation.OutIn, 4, 9)]
    [InlineData("BatchMatMulV2", 1, ""","attr":{"adj_y":{"b":true}}""", "4,9", Orientation.OutIn, 4, 9)]
    [InlineData("GatherV2", 0, "", "4,9", Orientation.InOut, 4, 9)]
    [InlineData("DepthwiseConv2dNative", 1, "", "3,3,2,2", Orientation.OutIn, 9, 4)]
    [InlineData("Conv2DBackpropInput", 1, "", "3,3,2,2", Orientation.OutIn, 18, 2)]
    [InlineData("Mul", 1, "", "4,9", Orientation.Unknown, 4, 9)]
    public void The_graph_tells_the_orientation(string operation, int input, string attributes, string shape, Orientation orientation, int rows, int columns)
    {
        folder.Write("s", new byte[4 * 36]);
        var inputs = input == 0 ? "\"copy:0\",\"x\"" : "\"x\",\"copy:0\"";
        folder.Write("model.json", $$"""
            {"modelTopology":{"node":[{"name":"op","op":"{{operation}}","input":[{{inputs}}]{{attributes}}},{"name":"copy","op":"Identity","input":["unknown_7"]},{"name":"unknown_7","op":"Const"}]},
            "weightsManifest":[{"paths":["s"],"weights":[{"name":"unknown_7","shape":[{{shape}}],"dtype":"float32"}]}]}
            """);
        using var model = Model.Open(folder.Path);
        var row = Assert.Single(WeightTable.Of(model));
        Assert.Equal((orientation, rows, columns), (row.Description.Orientation, row.Rows, row.Columns));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"node":{}}""")]
    [InlineData("""{"node":[1,{},{"op":2},{"op":"MatMul"},{"op":"MatMul","input":[1,2]},{"op":"MatMul","input":["x","a"],"attr":[]},{"op":"Identity","name":"a","input":["a"]}]}""")]
    public void A_broken_graph_is_no_reason_to_refuse_weights(string topology)
    {
        folder.Write("s", new byte[8]);
        folder.Write("model.json", $$$"""{"modelTopology":{{{topology}}},"weightsManifest":[{"paths":["s"],"weights":[{{{One}}}]}]}""");
        using var model = Model.Open(folder.Path);
        Assert.Equal("a F32 2", Assert.Single(model.Tensors).ToString());
    }

    [Theory]
    [InlineData("{\"modelTopology\": {", true)]
    [InlineData(" {\n  \"weightsManifest\": [", true)]
    [InlineData("{\"format\": \"graph-model\", ", true)]
    [InlineData("{\"format\": \"other\", ", false)]
    [InlineData("{\"architectures\": [", false)]
    [InlineData("", false)]
    public void Knows_its_files_by_their_first_bytes(string head, bool expected) => Assert.Equal(expected, new TensorFlowJsFormat().Matches(Encoding.UTF8.GetBytes(head)));

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "A repeatable sequence is wanted.")]
    public void Spoiled_manifests()
    {
        var good = Encoding.UTF8.GetBytes(Manifest("""["s"]""", One, """{"name":"b","shape":[2],"dtype":"string"}""", """{"name":"c","shape":[2],"dtype":"float32","quantization":{"dtype":"uint8","scale":2,"min":1}}"""));
        var random = new Random(1);
        for (var (round, rounds) = (0, Mutations.Rounds(Rounds)); round < rounds; round++)
        {
            var spoiled = good.ToArray();
            spoiled[random.Next(spoiled.Length)] = (byte)random.Next(256);
            spoiled[random.Next(spoiled.Length)] = (byte)"0123456789,\"{}[]-e"[random.Next(18)];
            var before = GC.GetAllocatedBytesForCurrentThread();
            var error = Record.Exception(() => new TensorFlowJsFormat().Read(new MemoryBytes(spoiled), new OneFile()));
            Assert.True(error is null or ModelFormatException, error?.ToString());
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytesPerRound);
        }
    }

    private static string Manifest(string paths, params string[] weights) => $$$"""{"modelTopology":{},"weightsManifest":[{"paths":{{{paths}}},"weights":[{{{string.Join(',', weights)}}}]}]}""";

    private static double[] Affine(Tensor tensor)
    {
        var values = new double[tensor.Count];
        tensor.Quantization!.Read(tensor, 0, values);
        return values;
    }

    /// <summary>A file of 18 bytes under any name.</summary>
    private sealed class OneFile : CompanionFiles
    {
        public override string Path => "memory";

        public override IReadOnlyList<string> Names => [];

        protected override ByteSource OpenPlain(string path) => new MemoryBytes(new byte[18], path);
    }
}
