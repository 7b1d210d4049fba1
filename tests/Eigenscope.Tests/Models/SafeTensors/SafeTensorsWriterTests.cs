using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Xunit;

namespace Eigenscope.Tests.Models.SafeTensors;

public sealed class SafeTensorsWriterTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eigenscope-");

    private string File => System.IO.Path.Combine(folder.FullName, "model.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_is_written_is_read()
    {
        double[] values = [1, -2.5, 1.0 / 3, double.MaxValue, 0, -0.0];
        Write([WrittenTensor.Of("a", [2, 3], values), WrittenTensor.Of("b \"ü\"", [6], values, DType.F32), WrittenTensor.Of("none", [0], default), WrittenTensor.Of("one", [], values.AsMemory(2, 1))]);
        using var model = Model.Open(File);
        Assert.Equal([("a", DType.F64, "2x3"), ("b \"ü\"", DType.F32, "6"), ("none", DType.F64, "0"), ("one", DType.F64, "scalar")], model.Tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.ShapeText)));
        Assert.Equal(values, Doubles(model.Tensors[0]));
        Assert.Equal(values.Select(value => (float)value), Enumerable.Range(0, 6).Select(i => BitConverter.ToSingle(Bytes(model.Tensors[1]), 4 * i)));
        Assert.Equal([1.0 / 3], Doubles(model.Tensors[3]));
    }

    /// <summary>More elements than a portion holds.</summary>
    [Fact]
    public void A_long_tensor_is_written_whole()
    {
        double[] values = [.. Enumerable.Range(0, 20_001).Select(i => Math.Sqrt(i))];
        Write([WrittenTensor.Of("a", [20_001], values)]);
        using var model = Model.Open(File);
        Assert.Equal(values, Doubles(model.Tensors[0]));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abcdefg")]
    public void The_data_begin_at_a_multiple_of_eight(string name)
    {
        Write([WrittenTensor.Of(name, [1], new[] { 1.0 })], [new("step", "7"), new("what", "a \"word\"")]);
        var bytes = System.IO.File.ReadAllBytes(File);
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, (int)length));
        Assert.Equal("a \"word\"", header.RootElement.GetProperty("__metadata__").GetProperty("what").GetString());
        Assert.Equal(8 + length + 8, bytes.Length);
    }

    [Fact]
    public void A_tensor_of_any_type_comes_from_a_stream_of_bytes()
    {
        Write([new WrittenTensor("h", DType.BF16, [3], stream => stream.Write([1, 2, 3, 4, 5, 6])), new WrittenTensor("i", DType.I8, [2], stream => stream.Write([7, 8]))]);
        using var model = Model.Open(File);
        Assert.Equal([1, 2, 3, 4, 5, 6], Bytes(model.Tensors[0]));
        Assert.Equal([7, 8], Bytes(model.Tensors[1]));
    }

    [Fact]
    public void A_failure_leaves_the_file_that_was_there_and_nothing_else()
    {
        System.IO.File.WriteAllText(File, "old");
        Assert.Throws<InvalidOperationException>(() => Write([new WrittenTensor("a", DType.F32, [2], stream => stream.Write([1, 2, 3]))]));
        Assert.Throws<OperationCanceledException>(() => SafeTensorsWriter.Write(File, [WrittenTensor.Of("a", [1], new[] { 1.0 })], cancellation: new CancellationToken(canceled: true)));
        Assert.Equal(File, Assert.Single(Directory.GetFileSystemEntries(folder.FullName)));
        Assert.Equal("old", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void What_the_format_cannot_hold_is_refused()
    {
        var one = WrittenTensor.Of("a", [1], new[] { 1.0 });
        Assert.Throws<ArgumentException>(() => Write([one, one]));
        Assert.Throws<ArgumentException>(() => Write([one with { Name = "__metadata__" }]));
        Assert.Throws<ArgumentException>(() => Write([one with { Type = DType.Complex128 }]));
        Assert.Throws<ArgumentException>(() => Write([one with { Shape = [-1] }]));
        Assert.Throws<ArgumentException>(() => Write([one with { Type = DType.F4 }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WrittenTensor.Of("a", [1], new[] { 1.0 }, DType.F16));
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullName));
    }

    private void Write(IReadOnlyList<WrittenTensor> tensors, IReadOnlyList<KeyValuePair<string, string>>? metadata = null) => SafeTensorsWriter.Write(File, tensors, metadata, TestContext.Current.CancellationToken);

    private static byte[] Bytes(Tensor tensor) => tensor.Bytes.ReadArray(tensor.Offset, tensor.ByteCount);

    private static IEnumerable<double> Doubles(Tensor tensor) => Enumerable.Range(0, (int)tensor.Count).Select(i => BitConverter.ToDouble(Bytes(tensor), 8 * i)).ToArray();
}
