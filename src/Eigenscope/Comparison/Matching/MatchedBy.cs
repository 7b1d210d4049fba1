namespace Eigenscope.Comparison;

/// <summary>What tells that two layers of two models are counterparts.</summary>
public enum MatchedBy
{
    /// <summary>The same name.</summary>
    Name,

    /// <summary>The same path, but for what wraps the whole model, upper and lower case, and the name of the parameter.</summary>
    Path,

    /// <summary>The same role in the same block, the only one in both.</summary>
    Role,

    /// <summary>The same role and shape at the same place in the order of the layers.</summary>
    Order,

    /// <summary>The same role at the same relative depth of models with different numbers of blocks: their weights are no counterparts, but their spectra may be compared.</summary>
    Depth,
}

/// <summary>How counterparts are looked for.</summary>
public enum MatchingMode
{
    /// <summary>By name, path, role and order; by relative depth where the numbers of blocks differ and the weights that share a name have nothing in common.</summary>
    Automatic,

    /// <summary>Never by relative depth.</summary>
    Name,

    /// <summary>Layers in blocks by role and relative depth.</summary>
    Depth,
}
