namespace Eigenscope.Statistics;

/// <summary>What a comparison of a power law with a rival says.</summary>
public enum RivalVerdict
{
    /// <summary>The power law fits better, at the level 0.05.</summary>
    PowerLaw,

    /// <summary>The rival fits better, at the level 0.05.</summary>
    Rival,

    /// <summary>Neither at that level.</summary>
    Undecided,

    /// <summary>The rival has become the power law, or nearly so: the ratio is below half a nat, or the parameters are at the limit where both are one. The test says nothing then.</summary>
    Indistinguishable,
}
