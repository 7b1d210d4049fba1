namespace Eigenscope.Comparison;

/// <summary>What became of a matrix on the way to another, from least to most.</summary>
public enum ChangeKind
{
    /// <summary>Nothing.</summary>
    Identical,

    /// <summary>All elements were multiplied by one number.</summary>
    Rescaled,

    /// <summary>They were rounded to fewer values.</summary>
    Quantised,

    /// <summary>Some were set to zero, and the others kept.</summary>
    Pruned,

    /// <summary>A matrix of low rank was added.</summary>
    AdapterLike,

    /// <summary>All were moved a little.</summary>
    LightFineTune,

    /// <summary>They were moved far, and still tell where they came from.</summary>
    ContinuedTraining,

    /// <summary>The two have no more in common than chance gives.</summary>
    Unrelated,

    /// <summary>Their elements cannot be compared.</summary>
    NotComparable,
}

/// <summary>The texts of <see cref="ChangeKind"/>.</summary>
public static class ChangeKinds
{
    /// <summary>The text in results, such as <c>light fine-tune</c>.</summary>
    public static string Text(this ChangeKind kind) => kind switch
    {
        ChangeKind.AdapterLike => "adapter-like",
        ChangeKind.LightFineTune => "light fine-tune",
        ChangeKind.ContinuedTraining => "continued training",
        ChangeKind.Unrelated => "unrelated initialisation",
        ChangeKind.NotComparable => "not comparable",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>True where both come from one training, or one from the other.</summary>
    public static bool IsRelated(this ChangeKind kind) => kind < ChangeKind.Unrelated;
}
