using Eigenscope.Dynamics;

namespace Eigenscope.Reports;

/// <summary>Names of families of laws, as results have them.</summary>
public static class FamilyTexts
{
    /// <summary>The name of a family.</summary>
    /// <param name="family">The family.</param>
    /// <returns>One word, with a hyphen perhaps.</returns>
    public static string Text(this StationaryFamily family) => family switch
    {
        StationaryFamily.Gamma => "gamma",
        StationaryFamily.InverseGamma => "inverse-gamma",
        StationaryFamily.Lognormal => "lognormal",
        _ => "beta-prime",
    };
}
