namespace Eigenscope.Models.Flax;

/// <summary>
/// Visits nested maps in order and lists their arrays; a name is the path of keys joined by <c>/</c>. Numbers, texts and nil are no weights.
/// </summary>
internal sealed class FlaxTree(ByteSource file)
{
    /// <summary>The extension that is an array.</summary>
    public const sbyte ArrayType = 1;

    /// <summary>The deepest nesting.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most tensors.</summary>
    public const int MaxTensors = 1 << 20;

    /// <summary>The longest key, in bytes.</summary>
    public const int MaxKeyBytes = 1 << 12;

    /// <summary>The most characters in all names together.</summary>
    public const long MaxNameCharacters = 1 << 26;

    /// <summary>The extension that is a complex number of Python.</summary>
    private const sbyte ComplexType = 2;

    /// <summary>The extension that is a number of NumPy: an array without axes.</summary>
    private const sbyte ScalarType = 3;

    private readonly MessagePackReader reader = new(file);
    private readonly List<string> keys = [];
    private readonly List<Tensor> tensors = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private long nameCharacters;

    /// <summary>Lists the arrays of the whole file.</summary>
    public List<Tensor> Tensors()
    {
        Visit();
        return reader.Remaining == 0 ? tensors : throw reader.Bad(ModelFault.Inconsistent, $"{reader.Remaining} bytes follow the outermost value");
    }

    private void Visit()
    {
        if (keys.Count > MaxDepth)
        {
            throw reader.Bad(ModelFault.TooLarge, $"maps nest deeper than {MaxDepth}");
        }

        var head = reader.Next();
        switch (head.Kind)
        {
            case MessagePackKind.Map:
                VisitMap(head.Value);
                break;
            case MessagePackKind.Array:
                VisitArray(head.Value);
                break;
            case MessagePackKind.Extension:
                VisitExtension(head);
                break;
            default:
                reader.Skip(head);
                break;
        }
    }

    private void VisitMap(long count)
    {
        for (var entry = 0L; entry < count; entry++)
        {
            var key = reader.Text(reader.Require(MessagePackKind.Text), MaxKeyBytes);
            if (key == ChunkedArray.Mark)
            {
                VisitChunked(entry, count);
                return;
            }

            VisitUnder(key);
        }
    }

    private void VisitArray(long count)
    {
        for (var item = 0L; item < count; item++)
        {
            VisitUnder($"{item}");
        }
    }

    private void VisitUnder(string key)
    {
        keys.Add(key);
        Visit();
        keys.RemoveAt(keys.Count - 1);
    }

    private void VisitChunked(long entry, long count)
    {
        if (entry != 0 || count != ChunkedArray.Entries)
        {
            throw reader.Bad(ModelFault.Inconsistent, $"'{ChunkedArray.Mark}' is entry {entry + 1} of {count}, where the first of {ChunkedArray.Entries} is right");
        }

        Add(new ChunkedArray(reader, file, Name()).Read());
    }

    private void VisitExtension(MessagePackHead head)
    {
        switch (head.Type)
        {
            case ArrayType or ScalarType:
                var name = Name();
                var array = FlaxArray.Read(reader, head.Value, name);
                Add(new Tensor(name, array.Type, array.Shape, file, array.Offset));
                break;
            case ComplexType:
                reader.Skip(head);
                break;
            default:
                throw reader.Bad(ModelFault.Unsupported, $"'{Name()}' is an extension of type {head.Type}; Flax's 1 to 3 are read");
        }
    }

    /// <summary>The path as a name; an array that is the whole file is named after the file.</summary>
    private string Name()
    {
        var name = keys.Count == 0 ? Path.GetFileNameWithoutExtension(file.Path) : string.Join('/', keys);
        nameCharacters += name.Length;
        return nameCharacters <= MaxNameCharacters ? name : throw reader.Bad(ModelFault.TooLarge, $"all names together are longer than {MaxNameCharacters} characters");
    }

    private void Add(Tensor tensor)
    {
        if (tensors.Count == MaxTensors)
        {
            throw reader.Bad(ModelFault.TooLarge, $"more than {MaxTensors} tensors");
        }

        if (!names.Add(tensor.Name))
        {
            throw reader.Bad(ModelFault.Inconsistent, $"two tensors are named '{tensor.Name}'");
        }

        tensors.Add(tensor);
    }
}
