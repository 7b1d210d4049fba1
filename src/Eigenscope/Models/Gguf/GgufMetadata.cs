using System.Numerics;

namespace Eigenscope.Models.Gguf;

/// <summary>The keys and values of a GGUF file: all are checked, and those kept that matter here.</summary>
internal sealed class GgufMetadata
{
    private const int MaxKeys = 1 << 16;
    private const long MaxArray = 1 << 30;
    private const long DefaultAlignment = 32;

    /// <summary>The fewest bytes of a key with its value: the key's length, one byte of it, a type and one byte.</summary>
    private const int LeastBytes = 14;

    private const string AlignmentKey = "general.alignment";
    private const string ArchitectureKey = "general.architecture";
    private const string PartKey = "split.no";
    private const string PartsKey = "split.count";
    private const string TensorsKey = "split.tensors.count";
    private const string HeadsKey = ".attention.head_count";
    private const string KeyValueHeadsKey = ".attention.head_count_kv";
    private const string WidthKey = ".attention.key_length";

    private static readonly string[] HeadKeys = [HeadsKey, KeyValueHeadsKey, WidthKey];

    private readonly GgufCursor cursor;
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> numbers = new(StringComparer.Ordinal);

    /// <summary>Reads the metadata that a cursor stands before.</summary>
    public GgufMetadata(GgufCursor cursor, long count)
    {
        this.cursor = cursor;
        for (var i = 0L; i < count; i++)
        {
            ReadPair();
        }

        Alignment = numbers.GetValueOrDefault(AlignmentKey, DefaultAlignment);
        Split = numbers.TryGetValue(PartsKey, out var parts) && parts != 1 && parts != 0 ? SplitInto(parts) : null;
    }

    /// <summary>What every offset is a multiple of.</summary>
    public long Alignment { get; }

    /// <summary>The architecture, such as <c>llama</c>.</summary>
    public string? Architecture { get; private set; }

    /// <summary>What the metadata say of the network.</summary>
    public ModelTraits Traits => new(Architecture, Heads);

    private AttentionHeads? Heads => Count(HeadsKey) is { } queries ? new AttentionHeads(queries, Count(KeyValueHeadsKey) ?? queries, Count(WidthKey)) : null;

    /// <summary>Which part of a split model this is; null for a model of one file.</summary>
    public GgufSplit? Split { get; }

    /// <summary>Reads how many keys there are.</summary>
    public static long ReadCount(GgufCursor cursor) => cursor.Count("metadata keys", LeastBytes, MaxKeys);

    private void ReadPair()
    {
        var at = cursor.Position;
        var key = cursor.Text("a metadata key");
        if (key.Length == 0)
        {
            throw cursor.Bad(ModelFault.Inconsistent, "an empty metadata key", at);
        }

        if (!keys.Add(key))
        {
            throw cursor.Bad(ModelFault.Inconsistent, $"the metadata key '{key}' occurs twice", at);
        }

        ReadValue(key, (GgufValueType)cursor.Int32());
    }

    private void ReadValue(string key, GgufValueType type)
    {
        switch (key)
        {
            case AlignmentKey:
                Require(key, type == GgufValueType.UInt32, "a u32");
                numbers[key] = RequireAlignment(cursor.Int32());
                break;
            case ArchitectureKey:
                Require(key, type == GgufValueType.String, "a text");
                Architecture = cursor.Text("the architecture");
                break;
            case PartKey or PartsKey or TensorsKey:
                numbers[key] = ReadInteger(key, type);
                break;
            default:
                ReadOther(key, type);
                break;
        }
    }

    /// <summary>Keeps the numbers of attention; a model whose blocks differ has arrays there.</summary>
    private void ReadOther(string key, GgufValueType type)
    {
        if (type is GgufValueType.UInt32 or GgufValueType.Int32 && Array.Find(HeadKeys, name => key.EndsWith(name, StringComparison.Ordinal)) is { } suffix)
        {
            numbers.TryAdd(suffix, cursor.Int32());
        }
        else
        {
            SkipValue(key, type);
        }
    }

    private int? Count(string key) => numbers.TryGetValue(key, out var number) && number is > 0 and <= int.MaxValue ? (int)number : null;

    private long RequireAlignment(uint alignment) => BitOperations.IsPow2(alignment)
        ? alignment
        : throw cursor.Bad(ModelFault.Inconsistent, $"{AlignmentKey} is {alignment}, and a power of two is wanted", cursor.Position - sizeof(uint));

    private long ReadInteger(string key, GgufValueType type)
    {
        Require(key, type is GgufValueType.UInt16 or GgufValueType.Int32 or GgufValueType.UInt32, "an integer");
        var at = cursor.Position;
        long value = type switch
        {
            GgufValueType.UInt16 => cursor.Int16(),
            GgufValueType.Int32 => (int)cursor.Int32(),
            _ => (long)cursor.Int32(),
        };
        return value >= 0 ? value : throw cursor.Bad(ModelFault.Inconsistent, $"{key} is {value}, and it counts", at);
    }

    private void SkipValue(string key, GgufValueType type)
    {
        switch (type)
        {
            case GgufValueType.String:
                cursor.SkipText();
                break;
            case GgufValueType.Array:
                SkipArray(key);
                break;
            default:
                cursor.Skip(RequireSize(key, type));
                break;
        }
    }

    private void SkipArray(string key)
    {
        var type = (GgufValueType)cursor.Int32();
        if (type == GgufValueType.Array)
        {
            throw cursor.Bad(ModelFault.Unsupported, $"the metadata key '{key}' holds an array of arrays, which no reader of GGUF takes");
        }

        if (type != GgufValueType.String)
        {
            var size = RequireSize(key, type);
            cursor.Skip(cursor.Count("array elements", size, MaxArray) * size);
            return;
        }

        for (var left = cursor.Count("texts", sizeof(ulong), MaxArray); left > 0; left--)
        {
            cursor.SkipText();
        }
    }

    private int RequireSize(string key, GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 => 8,
        _ => throw cursor.Bad(ModelFault.BadHeader, $"the metadata key '{key}' has the type {(uint)type}, and 0 to 12 are known"),
    };

    private void Require(string key, bool holds, string wanted)
    {
        if (!holds)
        {
            throw cursor.Bad(ModelFault.Inconsistent, $"{key} is not {wanted}");
        }
    }

    private GgufSplit SplitInto(long parts)
    {
        var number = numbers.GetValueOrDefault(PartKey, -1);
        return number >= 0 && number < parts && parts <= GgufSplit.MaxParts
            ? new GgufSplit((int)number, (int)parts, numbers.TryGetValue(TensorsKey, out var tensors) ? tensors : null)
            : throw cursor.Bad(ModelFault.Inconsistent, $"{PartKey} is {(number < 0 ? "missing" : number)} and {PartsKey} {parts}, and parts are counted from 0 to at most {GgufSplit.MaxParts}");
    }
}
