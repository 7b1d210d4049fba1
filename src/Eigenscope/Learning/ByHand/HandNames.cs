namespace Eigenscope.Learning;

/// <summary>What the sides of a decomposition by hand are called: U is near for a wide or square W, V for a tall one.</summary>
/// <param name="IsTall">True where W has more rows than columns.</param>
internal readonly record struct HandNames(bool IsTall)
{
    /// <summary>The smaller Gram matrix.</summary>
    public string Gram => IsTall ? "WᵀW" : "W Wᵀ";

    /// <summary>The larger Gram matrix.</summary>
    public string Larger => IsTall ? "W Wᵀ" : "WᵀW";

    /// <summary>What takes near vectors to the far side.</summary>
    public string ToFar => IsTall ? "W" : "Wᵀ";

    /// <summary>What takes far vectors back.</summary>
    public string ToNear => IsTall ? "Wᵀ" : "W";

    /// <summary>The letter of a near vector.</summary>
    public string Near => IsTall ? "v" : "u";

    /// <summary>The letter of a far vector.</summary>
    public string Far => IsTall ? "u" : "v";

    /// <summary>The near matrix and its name.</summary>
    public string NearMatrix => IsTall ? "V, the right singular vectors" : "U, the left singular vectors";

    /// <summary>The far matrix and its name.</summary>
    public string FarMatrix => IsTall ? "U, the left singular vectors" : "V, the right singular vectors";

    /// <summary>What the entries of the Gram matrix are products of.</summary>
    public string Lines => IsTall ? "columns" : "rows";

    /// <summary>One of them.</summary>
    public string Line => IsTall ? "column" : "row";
}
