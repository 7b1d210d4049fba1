using System.Buffers.Binary;
using System.Text.Json;
using Eigenscope.Models.Layers;

namespace Eigenscope.Models.TensorFlowJs;

/// <summary>The <c>weightsManifest</c> of a model.json: groups of files, and the weights that lie in each group without a gap.</summary>
/// <param name="file">The model.json.</param>
/// <param name="companions">The files beside it.</param>
internal sealed class WeightsManifest(ByteSource file, CompanionFiles companions)
{
    private const long MostBytes = 256 << 20;
    private const int MostDepth = 128;
    private const string Wanted = "a TensorFlow.js model is wanted: a JSON object with a weightsManifest, a list of groups with paths and weights";

    private readonly List<Tensor> tensors = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private GraphUses? uses;

    /// <summary>The weights in the order of the manifest; arrays of text are left out.</summary>
    public IReadOnlyList<Tensor> Read()
    {
        if (file.Length > MostBytes)
        {
            throw Bad(ModelFault.TooLarge, $"the file has {file.Length} bytes, at most {MostBytes} are read");
        }

        try
        {
            using var document = JsonDocument.Parse(file.ReadArray(0, file.Length), new JsonDocumentOptions { MaxDepth = MostDepth, AllowDuplicateProperties = false });
            uses = GraphUses.Of(document.RootElement);
            foreach (var group in document.RootElement.GetProperty("weightsManifest").EnumerateArray())
            {
                Group(group);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ModelFormatException(ModelFault.BadHeader, file.Path, Wanted, inner: e);
        }

        return tensors.Count > 0 ? tensors : throw Bad(ModelFault.NoWeights, "the manifest names no weight");
    }

    private void Group(JsonElement group)
    {
        var paths = group.GetProperty("paths").EnumerateArray().Select(path => path.GetString() ?? "").ToList();
        if (paths.Distinct(StringComparer.Ordinal).Count() < paths.Count)
        {
            throw Bad(ModelFault.Inconsistent, "a group names a file twice");
        }

        var bytes = new JoinedBytes(file.Path, paths.ConvertAll(companions.Open));
        var offset = 0L;
        foreach (var weight in group.GetProperty("weights").EnumerateArray())
        {
            offset += Weight(weight, bytes, offset);
        }

        if (offset < bytes.Length)
        {
            throw Bad(ModelFault.Inconsistent, $"{bytes.Length - offset} bytes of {string.Join(", ", paths)} follow the last weight, and none may");
        }
    }

    /// <summary>Adds a weight, and gives the bytes that it takes.</summary>
    private long Weight(JsonElement weight, JoinedBytes bytes, long offset)
    {
        var name = weight.GetProperty("name").GetString() ?? "";
        if (!names.Add(name))
        {
            throw Bad(ModelFault.Inconsistent, $"the manifest names '{name}' twice");
        }

        var shape = weight.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var dtype = weight.GetProperty("dtype").GetString() ?? "";
        if (dtype == "string")
        {
            return TextBytes(name, shape, bytes, offset);
        }

        var tensor = weight.TryGetProperty("quantization", out var quantization)
            ? Quantized(name, dtype, shape, bytes, offset, quantization)
            : new Tensor(name, TypeOf(name, dtype), shape, bytes, offset) { Use = UseOf(name, shape) };
        tensors.Add(tensor);
        return tensor.ByteCount;
    }

    private Tensor Quantized(string name, string dtype, long[] shape, JoinedBytes bytes, long offset, JsonElement quantization)
    {
        var stored = quantization.GetProperty("dtype").GetString();
        if (stored == "float16")
        {
            return new Tensor(name, DType.F16, shape, bytes, offset) { Use = UseOf(name, shape) };
        }

        var width = stored switch
        {
            "uint8" => 1,
            "uint16" => 2,
            _ => throw Bad(ModelFault.Unsupported, $"weight '{name}' is quantised to '{stored}'; uint8, uint16 and float16 are read"),
        };
        var (scale, min) = (quantization.GetProperty("scale").GetDouble(), quantization.GetProperty("min").GetDouble());
        return double.IsFinite(scale) && double.IsFinite(min)
            ? new Tensor(name, TypeOf(name, dtype), shape, bytes, offset, new AffineQuantization(width, scale, min)) { Use = UseOf(name, shape) }
            : throw Bad(ModelFault.Inconsistent, $"weight '{name}' has no finite scale and min");
    }

    /// <summary>Each text has its length, four bytes, before it.</summary>
    private long TextBytes(string name, long[] shape, JoinedBytes bytes, long offset)
    {
        var count = shape.Aggregate((Int128)1, (product, size) => size >= 0 && product * size <= bytes.Length ? product * size : throw Bad(ModelFault.Inconsistent, $"weight '{name}' has more texts than bytes"));
        var at = offset;
        for (; count > 0; count--)
        {
            at = checked(at + sizeof(uint) + BinaryPrimitives.ReadUInt32LittleEndian(bytes.ReadArray(at, sizeof(uint))));
        }

        bytes.RequireRange(offset, at - offset);
        return at - offset;
    }

    /// <summary>
    /// The operation that takes a weight tells what it is, and else its name: TensorFlow stores the window of a convolution first, then inputs and outputs, or outputs and
    /// inputs of the transpose of one.
    /// </summary>
    private TensorUse? UseOf(string name, long[] shape) => uses?.Find(name)
        ?? (shape.Length is not (4 or 5) ? null
        : name.Contains("transpose", StringComparison.OrdinalIgnoreCase) ? new(WeightOperation.TransposedConvolution, Orientation.OutIn, WindowFirst: true)
        : name.Contains("depthwise", StringComparison.OrdinalIgnoreCase) ? new(WeightOperation.DepthwiseConvolution, Orientation.OutIn, WindowFirst: true)
        : new(WeightOperation.Convolution, Orientation.InOut, WindowFirst: true));

    private DType TypeOf(string name, string dtype) => dtype switch
    {
        "float32" => DType.F32,
        "float16" => DType.F16,
        "int32" => DType.I32,
        "bool" => DType.Bool,
        "uint8" => DType.U8,
        "uint16" => DType.U16,
        "complex64" => DType.Complex64,
        _ => throw Bad(ModelFault.Unsupported, $"weight '{name}' has the unknown dtype '{dtype}'"),
    };

    private ModelFormatException Bad(ModelFault fault, string what) => new(fault, file.Path, what);
}
