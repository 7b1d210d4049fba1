namespace Eigenscope.Transforms;

/// <summary>What a recipe says of a parameter: one value, a gradient over the blocks, or values by parts of names.</summary>
internal abstract record Setting
{
    /// <summary>The value for a tensor: a double, a bool or a string; null where it says nothing of this tensor.</summary>
    /// <param name="tensor">The name of the tensor that is made.</param>
    /// <param name="depth">Where it lies between the first block (0) and the last (1).</param>
    public abstract object? At(string tensor, double depth);

    /// <summary>Every value that is written in it.</summary>
    public abstract IEnumerable<object> Values { get; }
}

/// <summary>One value for all.</summary>
/// <param name="Value">A double, a bool or a string.</param>
internal sealed record ScalarSetting(object Value) : Setting
{
    /// <inheritdoc/>
    public override IEnumerable<object> Values => [Value];

    /// <inheritdoc/>
    public override object? At(string tensor, double depth) => Value;
}

/// <summary>Values at equal distances from the first block to the last: interpolated linearly where all are numbers or flags, else each from its place to the next.</summary>
/// <param name="Points">At least one double, bool or string.</param>
internal sealed record GradientSetting(IReadOnlyList<object> Points) : Setting
{
    private readonly double[]? numbers = Points.All(point => point is double or bool) ? [.. Points.Select(point => point is bool flag ? (flag ? 1 : 0) : (double)point)] : null;

    /// <inheritdoc/>
    public override IEnumerable<object> Values => Points;

    /// <inheritdoc/>
    public override object? At(string tensor, double depth)
    {
        var place = depth * (Points.Count - 1);
        var below = (int)place;
        return numbers is null ? Points[below] : Between(numbers[below], numbers[Math.Min(below + 1, numbers.Length - 1)], place - below);
    }

    private static double Between(double from, double to, double share) => ((1 - share) * from) + (share * to);
}

/// <summary>Values by parts of names; the first that fits holds.</summary>
/// <param name="Cases">A part of a name and its value; null fits every name.</param>
internal sealed record FilteredSetting(IReadOnlyList<(string? Part, Setting Value)> Cases) : Setting
{
    /// <inheritdoc/>
    public override IEnumerable<object> Values => Cases.SelectMany(entry => entry.Value.Values);

    /// <inheritdoc/>
    public override object? At(string tensor, double depth) =>
        Cases.Where(entry => entry.Part is null || tensor.Contains(entry.Part, StringComparison.Ordinal)).Select(entry => entry.Value.At(tensor, depth)).FirstOrDefault();
}
