using System.Globalization;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>A tensor's name with the number of its block in it: <c>model.layers.</c>, 3, <c>.mlp.up_proj.weight</c>.</summary>
/// <param name="Stack">What stands before the number: the same for all blocks of a stack.</param>
/// <param name="Number">The number.</param>
/// <param name="Rest">What stands behind it.</param>
internal sealed record BlockName(string Stack, int Number, string Rest)
{
    /// <summary>Finds the number of the block in a name; null where it has none.</summary>
    public static BlockName? Of(string name)
    {
        if (BlockNumber.Of(new TensorPath(name)) is not { IsInContainer: true, Number: { } number })
        {
            return null;
        }

        for (var at = 0; at < name.Length; at++)
        {
            var end = at;
            while (end < name.Length && char.IsAsciiDigit(name[end]))
            {
                end++;
            }

            if (end > at)
            {
                if (int.TryParse(name.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var found) && found == number
                    && new BlockName(name[..at], number, name[end..]) is var split && BlockNumber.Of(new TensorPath(split.With(number + 1))).Number == number + 1)
                {
                    return split;
                }

                at = end;
            }
        }

        return null;
    }

    /// <summary>The name of the same tensor of another block.</summary>
    public string With(int number) => $"{Stack}{number.ToString(CultureInfo.InvariantCulture)}{Rest}";
}
