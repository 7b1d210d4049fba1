namespace Eigenscope.Statistics;

/// <summary>Where the law of a tail ends.</summary>
public enum UpperCutoff
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>
    /// At the largest value, WeightWatcher's <c>xmax='force'</c>: the exponents are the same, but the distance is that of the law between xmin and
    /// the largest value, so another xmin may win.
    /// </summary>
    Largest,
}
