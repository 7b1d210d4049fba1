namespace Eigenscope.Models.Layers;

/// <summary>
/// The number of a tensor's block: the first number that follows a container of blocks (<c>h.3</c>, <c>layers.3</c>, <c>layer_3</c>);
/// else the first number that counts anything but experts (<c>layer1.0.conv1</c> and <c>nets.0</c> give 0).
/// </summary>
/// <param name="Number">The number, or null where the name holds none.</param>
/// <param name="IsInContainer">True where the number follows a container of blocks.</param>
internal readonly record struct BlockNumber(int? Number, bool IsInContainer)
{
    private static readonly HashSet<string> Containers =
    [
        "h", "layers", "layer", "blocks", "block", "blk", "resblocks", "encoder", "decoder", "encoderblock", "decoderblock",
        "stages", "stage", "features", "group",
    ];

    /// <summary>Finds the number in a path.</summary>
    public static BlockNumber Of(TensorPath path)
    {
        var segments = path.Segments.SelectMany(Unflattened).ToArray();
        return InContainer(segments) is { } number ? new(number, true) : new(FirstNumber(segments), false);
    }

    private static IEnumerable<string> Unflattened(string segment) =>
        TensorPath.IsFlattened(segment) ? segment.Split('_') : [segment.Trim('_')];

    /// <summary>A container and its number: <c>layers.3</c>, <c>layer_3</c>, and the <c>down.3</c> and <c>up.3</c> of an autoencoder.</summary>
    private static int? InContainer(string[] segments)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            if (i > 0 && TensorPath.IsNumber(segments[i], out var number) && (IsContainer(segments[i - 1]) || segments[i - 1] is "down" or "up"))
            {
                return number;
            }

            var cut = segments[i].LastIndexOf('_');
            if (cut > 0 && TensorPath.IsNumber(segments[i].AsSpan(cut + 1), out number) && IsContainer(segments[i][..cut]))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>True for a container's name alone or behind other words, as in <c>transformer_blocks</c>.</summary>
    private static bool IsContainer(string segment) => Containers.Contains(segment[(segment.LastIndexOf('_') + 1)..]);

    private static int? FirstNumber(string[] segments)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            if (TensorPath.IsNumber(segments[i], out var number) && (i == 0 || segments[i - 1] != "experts"))
            {
                return number;
            }
        }

        return null;
    }
}
