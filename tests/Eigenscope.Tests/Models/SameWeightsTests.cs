using System.Runtime.InteropServices;
using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models.Gguf;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Onnx;
using Eigenscope.Tests.Models.PyTorch;
using Eigenscope.Tests.Models.SafeTensors;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models;

/// <summary>The same weights in different formats have the same layers, to the last bit.</summary>
public sealed class SameWeightsTests
{
    private static readonly (string Name, int Rows, int Columns)[] Shapes = [("layers.0.mlp.fc1.weight", 60, 40), ("layers.1.mlp.fc1.weight", 40, 60)];

    private static readonly float[][] Weights = [.. Shapes.Select((shape, k) => Array.ConvertAll(new Draws(k + 1).Normals(shape.Rows * shape.Columns), x => (float)x))];

    private static readonly Dictionary<string, Func<byte[]>> Files = new(StringComparer.Ordinal)
    {
        ["model.pt"] = () => ZipBytes.Of([("root/data.pkl", Pickle().End()), .. Shapes.Select((_, k) => ($"root/data/{k}", Bytes(k)))]),
        ["model.th"] = () => LegacyBytes.Of(Pickle(), [.. Shapes.Select((_, k) => $"{k}")], [.. Shapes.SelectMany((_, k) => (byte[])[.. BitConverter.GetBytes((long)Weights[k].Length), .. Bytes(k)])]),
        ["model.npz"] = () => ZipBytes.Of(Shapes.Select((shape, k) => ($"{shape.Name}.npy", NpyBytes.Of($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape.Rows}, {shape.Columns}), }}", Bytes(k))))),
        ["model.gguf"] = () => Shapes.Select((shape, k) => (shape, k)).Aggregate(new GgufBytes(), (file, item) => file.Tensor(item.shape.Name, 0, [(ulong)item.shape.Columns, (ulong)item.shape.Rows], Bytes(item.k))).ToArray(),
        ["model.onnx"] = () => OnnxBytes.Of([.. Shapes.Select((shape, k) => OnnxBytes.Floats(shape.Name, [shape.Rows, shape.Columns], Weights[k]))]),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_the_same_layers(string name)
    {
        using var folder = new TemporaryFolder();
        var expected = Analyze(folder.Write("model.safetensors", SafeTensorsBytes.Of([.. Shapes.Select((shape, k) => (shape.Name, new[] { shape.Rows, shape.Columns }, Weights[k]))])));
        var actual = Analyze(folder.Write(name, Files[name]()));
        Assert.Equal(expected.Select(layer => layer.Layer.Name), actual.Select(layer => layer.Layer.Name));
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal((pair.First.Layer.Role, pair.First.Layer.Rows, pair.First.Layer.Columns, pair.First.Layer.Tensor.TypeName), (pair.Second.Layer.Role, pair.Second.Layer.Rows, pair.Second.Layer.Columns, pair.Second.Layer.Tensor.TypeName));
            Assert.Equal(pair.First.Metrics, pair.Second.Metrics);
            Assert.Equal(pair.First.Spectrum!.Eigenvalues, pair.Second.Spectrum!.Eigenvalues);
            Assert.Equal(pair.First.Warnings, pair.Second.Warnings);
        });
    }

    private static List<LayerAnalysis> Analyze(string path)
    {
        using var model = Model.Open(path);
        return [.. ModelAnalysis.Of(model, new AnalysisOptions { Threads = 1 }, null, CancellationToken.None).Layers.OrderBy(layer => layer.Layer.Name, StringComparer.Ordinal)];
    }

    private static byte[] Bytes(int k) => MemoryMarshal.AsBytes<float>(Weights[k]).ToArray();

    private static PickleWriter Pickle() => new PickleWriter().Protocol().Dict([.. Shapes.Select((shape, k) => (shape.Name, (Action<PickleWriter>)(writer => writer.Tensor($"{k}", Weights[k].Length, 0, [shape.Rows, shape.Columns], [shape.Columns, 1]))))]);
}
