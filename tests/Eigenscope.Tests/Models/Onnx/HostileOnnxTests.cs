using System.Diagnostics.CodeAnalysis;
using Eigenscope.Models;
using Eigenscope.Models.Onnx;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Onnx;

public sealed class HostileOnnxTests
{
    private const int Rounds = 3000;
    private const long MaxBytesPerRound = 8L << 20;

    private static readonly Dictionary<string, (byte[] Bytes, ModelFault Fault)> Cases = new()
    {
        ["no graph"] = (new ProtoWriter().Number(1, 8).ToArray(), ModelFault.BadHeader),
        ["two graphs"] = (new ProtoWriter().Number(1, 8).Message(7, new()).Message(7, new()).ToArray(), ModelFault.Inconsistent),
        ["no tensor"] = (OnnxBytes.Of(), ModelFault.NoWeights),
        ["field 0"] = (new ProtoWriter().Raw(0, 0).ToArray(), ModelFault.BadHeader),
        ["a group"] = (new ProtoWriter().Raw((7 << 3) | 3).ToArray(), ModelFault.BadHeader),
        ["a number of 11 bytes"] = (new ProtoWriter().Raw(8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1).ToArray(), ModelFault.BadHeader),
        ["a number of 70 bits"] = (new ProtoWriter().Raw(8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 127).ToArray(), ModelFault.BadHeader),
        ["a number that does not end"] = (new ProtoWriter().Raw(8, 255).ToArray(), ModelFault.Truncated),
        ["a graph past the end"] = (new ProtoWriter().Raw((7 << 3) | 2, 100, 0).ToArray(), ModelFault.Truncated),
        ["a graph of 2^63 bytes"] = (new ProtoWriter().Raw([(7 << 3) | 2, .. ProtoWriter.Varint(1UL << 63)]).ToArray(), ModelFault.Truncated),
        ["a graph that is a number"] = (new ProtoWriter().Number(7, 1).ToArray(), ModelFault.BadHeader),
        ["a tensor past its graph"] = (OnnxBytes.Model(new ProtoWriter().Raw((5 << 3) | 2, 9, 0)), ModelFault.Truncated),
        ["graphs 40 deep"] = (OnnxBytes.Model(Deep(40)), ModelFault.TooLarge),
        ["70,000 graphs"] = (OnnxBytes.Model(new ProtoWriter().Message(1, Graphs(40_000)).Message(1, Graphs(30_000))), ModelFault.TooLarge),
        ["70,000 fields of an attribute"] = (OnnxBytes.Model(new ProtoWriter().Message(1, Graphs(70_000))), ModelFault.TooLarge),
        ["70,000 inputs"] = (OnnxBytes.Model(new ProtoWriter().Message(1, new ProtoWriter().Raw([.. Enumerable.Repeat<byte[]>([(1 << 3) | 2, 0], 70_000).SelectMany(field => field)]))), ModelFault.TooLarge),
        ["no type"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 0, 1).Bytes(9, [0])), ModelFault.Unsupported),
        ["an unknown type"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 99, 1).Bytes(9, [0])), ModelFault.Unsupported),
        ["a negative size"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, -1)), ModelFault.Inconsistent),
        ["more elements than any file"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, 1L << 40, 1L << 40)), ModelFault.TooLarge),
        ["33 axes"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, [.. Enumerable.Repeat(1L, 33)])), ModelFault.TooLarge),
        ["no values"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, 2)), ModelFault.Truncated),
        ["too few bytes"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, 2).Bytes(9, new byte[7])), ModelFault.Truncated),
        ["too many bytes"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, 2).Bytes(9, new byte[9])), ModelFault.Inconsistent),
        ["raw bytes twice"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, 1).Bytes(9, new byte[4]).Bytes(9, new byte[4])), ModelFault.Inconsistent),
        ["values in two fields"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, 1).Bytes(9, new byte[4]).Bytes(4, new byte[4])), ModelFault.Inconsistent),
        ["values in another type's field"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, 1).Packed(7, 1)), ModelFault.Inconsistent),
        ["too few numbers"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 7, 100).Packed(7, 1)), ModelFault.Truncated),
        ["numbers that are fewer than their bytes"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 7, 3).Packed(7, 1 << 20)), ModelFault.Inconsistent),
        ["too many numbers"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 7, 1).Packed(7, 1, 2)), ModelFault.Inconsistent),
        ["too many floats"] = (OnnxBytes.Of(OnnxBytes.Tensor("w", 1, 1).Bytes(4, new byte[8])), ModelFault.Inconsistent),
        ["a name twice"] = (OnnxBytes.Of(OnnxBytes.Matrix("w"), OnnxBytes.Matrix("w")), ModelFault.Inconsistent),
        ["a name that is no UTF-8"] = (OnnxBytes.Of(new ProtoWriter().Bytes(8, [0xff, 0xfe])), ModelFault.BadHeader),
        ["a name of 70,000 bytes"] = (OnnxBytes.Of(OnnxBytes.Matrix(new string('w', 70_000))), ModelFault.TooLarge),
        ["segments"] = (OnnxBytes.Of(OnnxBytes.Matrix("w").Message(3, new())), ModelFault.Unsupported),
        ["a sparse initialiser"] = (OnnxBytes.Model(new ProtoWriter().Message(15, new())), ModelFault.Unsupported),
        ["a file without the files beside it"] = (OnnxBytes.Of(OnnxBytes.External("w", ("location", "x.bin"))), ModelFault.Unsupported),
        ["a negative offset"] = (OnnxBytes.Of(OnnxBytes.External("w", ("location", "x.bin"), ("offset", "-1"))), ModelFault.Inconsistent),
        ["an offset of 30 digits"] = (OnnxBytes.Of(OnnxBytes.External("w", ("location", "x.bin"), ("offset", new string('9', 30)))), ModelFault.Inconsistent),
        ["two locations"] = (OnnxBytes.Of(OnnxBytes.External("w", ("location", "x.bin"), ("location", "y.bin"))), ModelFault.Inconsistent),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses(string name)
    {
        var (bytes, fault) = Cases[name];
        var error = Assert.Throws<ModelFormatException>(() => new OnnxFormat().Read(new MemoryBytes(bytes, "bad.onnx")).Select(StoredValues.Of).ToList());
        Assert.Equal(fault, error.Fault);
        Assert.Contains("bad.onnx", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12", "8", ModelFault.Truncated)]
    [InlineData("9223372036854775807", "8", ModelFault.Truncated)]
    [InlineData("0", "9223372036854775807", ModelFault.Inconsistent)]
    [InlineData("0", "4", ModelFault.Inconsistent)]
    [InlineData("4", "8", ModelFault.Inconsistent)] // overlaps the other
    public void Refuses_wrong_ranges_of_other_files(string offset, string length, ModelFault fault)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.bin", new byte[16]);
        var file = folder.Write("model.onnx", OnnxBytes.Of(
            OnnxBytes.External("v", ("location", "x.bin")),
            OnnxBytes.External("w", ("location", "x.bin"), ("offset", offset), ("length", length))));
        Assert.Equal(fault, Assert.Throws<ModelFormatException>(() => Model.Open(file)).Fault);
    }

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "A repeatable sequence is wanted.")]
    public void Spoiled_models()
    {
        var good = Good();
        var random = new Random(1);
        for (var (round, rounds) = (0, Mutations.Rounds(Rounds)); round < rounds; round++)
        {
            var spoiled = good[..(round % 3 == 0 ? random.Next(good.Length) : good.Length)];
            for (var change = random.Next(1, 4); change > 0 && spoiled.Length > 0; change--)
            {
                spoiled[random.Next(spoiled.Length)] = random.Next(3) == 0 ? (byte)(random.Next(2) * 255) : (byte)random.Next(256);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            ReadAll(spoiled);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytesPerRound);
        }
    }

    private static byte[] Good()
    {
        var branch = new ProtoWriter().Message(5, OnnxBytes.Matrix("a")).Message(1, OnnxBytes.Constant("c", OnnxBytes.Tensor("", 10, 4).Packed(5, 1, 300, 3, 4)));
        return OnnxBytes.Model(new ProtoWriter()
            .Message(1, OnnxBytes.Node("If", ["x"], ["y"], OnnxBytes.Attribute("then_branch", 6, branch), OnnxBytes.Attribute("else_branch", 6, branch)))
            .Message(1, OnnxBytes.Node("Gemm", ["x", "w"], ["z"], OnnxBytes.Attribute("transB", 1)))
            .Message(5, OnnxBytes.Matrix("w"))
            .Message(5, OnnxBytes.Tensor("n", 7, 3).Packed(7, 1, -1, 1L << 40))
            .Message(5, OnnxBytes.Tensor("f", 1, 2).Bytes(4, new byte[8]))
            .Message(5, OnnxBytes.Tensor("q", 21, 4).Bytes(9, [1, 2]))
            .Message(5, OnnxBytes.External("e", ("location", "x.bin"))));
    }

    /// <summary>A node with many empty graphs.</summary>
    private static ProtoWriter Graphs(int count) => OnnxBytes.Node("If", [], [], new ProtoWriter().Raw([.. Enumerable.Repeat<byte[]>([(11 << 3) | 2, 0], count).SelectMany(field => field)]));

    private static ProtoWriter Deep(int levels) => levels == 0
        ? new ProtoWriter().Message(5, OnnxBytes.Matrix("w"))
        : new ProtoWriter().Message(1, OnnxBytes.Node("If", [], [], OnnxBytes.Attribute("then_branch", 6, Deep(levels - 1))));

    private static void ReadAll(byte[] bytes)
    {
        try
        {
            foreach (var tensor in new OnnxFormat().Read(new MemoryBytes(bytes, "spoiled"), new MemoryFiles(("x.bin", new byte[8]))))
            {
                tensor.Bytes.ReadArray(0, tensor.Bytes.Length);
            }
        }
        catch (ModelFormatException error)
        {
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }
}
