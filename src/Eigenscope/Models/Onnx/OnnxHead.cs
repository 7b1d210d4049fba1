namespace Eigenscope.Models.Onnx;

/// <summary>
/// Tells an ONNX model by its first bytes. Protobuf has no magic number, but writers put fields in order: the version, a few short texts, the graph.
/// </summary>
internal static class OnnxHead
{
    private const byte VersionKey = (1 << 3) | (int)WireType.Varint;
    private const byte ModelVersionKey = (5 << 3) | (int)WireType.Varint;
    private const byte GraphKey = (7 << 3) | (int)WireType.Bytes;
    private const int MostVersion = 100;

    /// <summary>The keys of producer, its version, domain and description.</summary>
    private static ReadOnlySpan<byte> TextKeys => [(2 << 3) | 2, (3 << 3) | 2, (4 << 3) | 2, (6 << 3) | 2];

    /// <summary>True where the bytes begin as those of a model do.</summary>
    public static bool IsModel(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || head[0] != VersionKey || head[1] is 0 or > MostVersion)
        {
            return false;
        }

        var rest = head[2..];
        while (rest.Length > 1 && rest[0] != GraphKey)
        {
            if (Skip(rest) is not { } next)
            {
                return false;
            }

            rest = rest[Math.Min(next, rest.Length)..];
        }

        return rest.Length != 1 || rest[0] == GraphKey;
    }

    /// <summary>The bytes of a field before the graph; null where it is none.</summary>
    private static int? Skip(ReadOnlySpan<byte> field)
    {
        if (field[0] == ModelVersionKey)
        {
            var length = 1;
            while (length < field.Length && field[length] >= 0x80)
            {
                length++;
            }

            return length + 1;
        }

        var text = field[2..Math.Min(field.Length, 2 + field[1])];
        return TextKeys.Contains(field[0]) && field[1] < 0x80 && !text.ContainsAnyInRange<byte>(0, 31) ? 2 + field[1] : null;
    }
}
