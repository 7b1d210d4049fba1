using System.Globalization;
using Eigenscope.Models.Layers;

namespace Eigenscope.Models.Onnx;

/// <summary>ONNX's TensorProto: what it says of a tensor, and where its values lie.</summary>
internal sealed class TensorMessage
{
    private const int MostEntries = 64;

    private readonly ByteSource file;
    private readonly ProtoField where;
    private readonly List<long> shape = [];
    private readonly Dictionary<string, string> external = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (int Parts, long Bytes, ProtoField First)> data = [];
    private long code;
    private bool isExternal;

    private TensorMessage(ByteSource file, ProtoField where, string? name) => (this.file, this.where, Name) = (file, where, name ?? "");

    /// <summary>Its name in the file, or the one it was given.</summary>
    public string Name { get; private set; }

    /// <summary>True for an array of text, which is no weight.</summary>
    public bool IsText => code == OnnxType.Text;

    /// <summary>Reads the message; its values stay where they are.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="parent">The message that holds it.</param>
    /// <param name="where">The field that holds it.</param>
    /// <param name="name">The name to give it; null for its own.</param>
    public static TensorMessage Read(ByteSource file, ProtoMessage parent, ProtoField where, string? name)
    {
        var tensor = new TensorMessage(file, where, name);
        var message = parent.Message(where);
        foreach (var field in message.Fields())
        {
            tensor.Take(message, field, hasName: name is not null);
        }

        return tensor;
    }

    /// <summary>The tensor.</summary>
    /// <param name="name">A name that no other has.</param>
    /// <param name="use">What it is a weight of, where the graph tells.</param>
    /// <param name="files">The files in which it may lie.</param>
    public Tensor ToTensor(string name, TensorUse? use, ExternalData files)
    {
        Name = name;
        var type = OnnxType.Of(code) ?? throw Bad(ModelFault.Unsupported, code == 0 ? "has no type" : $"has the unknown data type {code}");
        var bytes = BytesOf(type);
        return type.Packed is { } packed
            ? new Tensor(name, type.Type, shape, Data(type, bytes, files), 0, packed) { Use = use }
            : new Tensor(name, type.Type, shape, Data(type, bytes, files), 0) { Use = use };
    }

    private void Take(ProtoMessage message, ProtoField field, bool hasName)
    {
        switch (field.Number)
        {
            case 1:
                TakeSizes(message, field);
                break;
            case 2:
                code = message.Integer(field);
                break;
            case 3:
                throw Bad(ModelFault.Unsupported, "is stored in segments, which are not read");
            case 8 when !hasName:
                Name = message.Text(field);
                break;
            case 13:
                TakeEntry(message.Message(field));
                break;
            case 14:
                isExternal = message.Integer(field) == 1;
                break;
            case RawData or OnnxType.FloatData or OnnxType.Int32Data or OnnxType.Int64Data or OnnxType.DoubleData or OnnxType.UInt64Data when field.Length > 0:
                var known = data.GetValueOrDefault(field.Number, (0, 0, field));
                data[field.Number] = (known.Item1 + 1, known.Item2 + field.Length, known.Item3);
                break;
            default:
                break;
        }
    }

    private const int RawData = 9;

    private void TakeSizes(ProtoMessage message, ProtoField field)
    {
        foreach (var size in message.Integers(field))
        {
            shape.Add(size);
            if (shape.Count > Tensor.MaxRank)
            {
                throw Bad(ModelFault.TooLarge, $"has more than {Tensor.MaxRank} axes");
            }
        }
    }

    private void TakeEntry(ProtoMessage entry)
    {
        var (key, value) = ("", "");
        foreach (var field in entry.Fields())
        {
            _ = field.Number switch
            {
                1 => key = entry.Text(field),
                2 => value = entry.Text(field),
                _ => "",
            };
        }

        if (external.Count >= MostEntries || !external.TryAdd(key, value))
        {
            throw Bad(ModelFault.Inconsistent, $"says '{key}' of its file twice, or more than {MostEntries} things");
        }
    }

    /// <summary>The bytes that shape and type ask for.</summary>
    private long BytesOf(OnnxType type)
    {
        var bits = (Int128)type.Bits;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                throw Bad(ModelFault.Inconsistent, $"has the negative size {size}");
            }

            bits *= size;
            if (bits > long.MaxValue)
            {
                throw Bad(ModelFault.TooLarge, $"has shape {string.Join('x', shape)}: more elements than any file holds");
            }
        }

        return ((long)bits / 8) + ((long)bits % 8 == 0 ? 0 : 1);
    }

    private ByteSource Data(OnnxType type, long bytes, ExternalData files)
    {
        if (data.Count + (isExternal ? 1 : 0) > 1)
        {
            throw Bad(ModelFault.Inconsistent, "has values in several places");
        }

        if (isExternal)
        {
            return files.Open(Name, ExternalText("location") ?? "", ExternalNumber("offset") ?? 0, ExternalNumber("length") ?? bytes, bytes);
        }

        return data.TryGetValue(RawData, out var raw) ? Raw(raw.Parts, raw.First, bytes)
            : data.TryGetValue(type.Field, out var typed) ? Typed(type, typed, bytes)
            : bytes == 0 ? file.Slice(where.Start, 0)
            : throw (data.Count == 0
                ? Bad(ModelFault.Truncated, $"takes {bytes} bytes by its shape, and has none")
                : Bad(ModelFault.Inconsistent, $"has its values in field {data.Keys.First()}, and its type asks for {type.Field}"));
    }

    private ByteSource Raw(int parts, ProtoField first, long bytes) => parts == 1 && first.Length == bytes && first.Wire == WireType.Bytes
        ? file.Slice(first.Start, first.Length)
        : throw Bad(parts == 1 && first.Length < bytes ? ModelFault.Truncated : ModelFault.Inconsistent, $"takes {bytes} bytes by its shape, and has {first.Length} in {parts} parts");

    /// <summary>Packed floats lie in the file as they are; other numbers are decoded when they are asked for.</summary>
    private ByteSource Typed(OnnxType type, (int Parts, long Bytes, ProtoField First) typed, long bytes)
    {
        var isFloat = type.Field is OnnxType.FloatData or OnnxType.DoubleData;
        var most = isFloat ? typed.Bytes : (Int128)typed.Bytes * type.BytesOfNumber;
        if (most < bytes || (isFloat && most > bytes))
        {
            throw Bad(most < bytes ? ModelFault.Truncated : ModelFault.Inconsistent, $"takes {bytes} bytes by its shape, and has at most {most}");
        }

        return isFloat && typed.Parts == 1
            ? file.Slice(typed.First.Start, bytes)
            : new NumberBytes(file, where, type.Field, type.BytesOfNumber, bytes, Name);
    }

    private string? ExternalText(string key) => external.GetValueOrDefault(key);

    private long? ExternalNumber(string key) =>
        ExternalText(key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Bad(ModelFault.Inconsistent, $"has the {key} '{text}' in its file, and a whole number from 0 is wanted");

    private ModelFormatException Bad(ModelFault fault, string what) => new(fault, file.Path, $"tensor '{Name}' {what}", where.Start);
}
