namespace Eigenscope.Models.Flax;

/// <summary>
/// The content of an array's extension: MessagePack of <c>(shape, name of the type, elements)</c>, the elements in row-major order and least
/// significant byte first.
/// </summary>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Offset">The byte of the file at which the elements start.</param>
/// <param name="Bytes">How many bytes they take.</param>
internal sealed record FlaxArray(DType Type, IReadOnlyList<long> Shape, long Offset, long Bytes)
{
    private const int Parts = 3;
    private const int MaxTypeName = 64;

    /// <summary>Reads an array; its elements are passed over.</summary>
    /// <param name="reader">At the content of the extension.</param>
    /// <param name="length">The bytes of the content.</param>
    /// <param name="name">The tensor, for messages.</param>
    public static FlaxArray Read(MessagePackReader reader, long length, string name)
    {
        var end = reader.Position + length;
        if (reader.Require(MessagePackKind.Array).Value != Parts)
        {
            throw reader.Bad(ModelFault.BadHeader, $"tensor '{name}' is no triple of shape, type and elements");
        }

        var shape = Sizes(reader, reader.Require(MessagePackKind.Array).Value, name);
        var type = TypeOf(reader, name);
        var elements = reader.Next();
        var array = new FlaxArray(type, shape, reader.Position, elements.Value);
        reader.Skip(elements.Kind is MessagePackKind.Binary or MessagePackKind.Text ? elements : throw reader.Bad(ModelFault.BadHeader, $"tensor '{name}' has elements that are no bytes"));
        return reader.Position == end ? array.Checked(reader, name) : throw reader.Bad(ModelFault.Inconsistent, $"tensor '{name}' ends at byte {reader.Position}, and its extension at {end}");
    }

    /// <summary>Reads a length of an axis for each of <paramref name="rank"/>.</summary>
    private static long[] Sizes(MessagePackReader reader, long rank, string name)
    {
        if (rank > Tensor.MaxRank)
        {
            throw reader.Bad(ModelFault.TooLarge, $"tensor '{name}' has {rank} axes, at most {Tensor.MaxRank} are read");
        }

        var sizes = new long[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            sizes[axis] = reader.Require(MessagePackKind.Integer).Value;
        }

        return sizes;
    }

    private static DType TypeOf(MessagePackReader reader, string name)
    {
        var type = reader.Text(reader.Next(), MaxTypeName);
        return ScalarTypeNames.Find(type) ?? throw reader.Bad(ModelFault.Unsupported, $"tensor '{name}' has elements of type '{type}', which is not read; save it as float32");
    }

    private FlaxArray Checked(MessagePackReader reader, string name)
    {
        var needed = (Int128)(Type.Bits() / 8);
        foreach (var size in Shape)
        {
            needed = size < 0 ? -1 : needed * size;
            if (needed < 0 || needed > long.MaxValue)
            {
                throw reader.Bad(ModelFault.Inconsistent, $"tensor '{name}' has shape {string.Join('x', Shape)}, which no array has");
            }
        }

        return needed == Bytes ? this : throw reader.Bad(ModelFault.Inconsistent, $"tensor '{name}' ({Type.Name()} {string.Join('x', Shape)}) needs {needed} bytes, and has {Bytes}");
    }
}
