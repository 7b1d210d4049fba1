using Eigenscope.Statistics;

namespace Eigenscope.Reports;

/// <summary>How results spell phases and laws.</summary>
public static class Texts
{
    /// <summary>The text of a phase, such as <c>bulk_decay</c>.</summary>
    public static string Text(this Phase phase) => phase switch
    {
        Phase.RandomLike => "random_like",
        Phase.BleedingOut => "bleeding_out",
        Phase.BulkSpikes => "bulk_spikes",
        Phase.BulkDecay => "bulk_decay",
        Phase.HeavyTailed => "heavy_tailed",
        _ => "rank_collapse",
    };

    /// <summary>The text of a law, such as <c>power_law</c>.</summary>
    public static string Text(this TailLaw law) => law switch
    {
        TailLaw.PowerLaw => "power_law",
        TailLaw.TruncatedPowerLaw => "truncated_power_law",
        TailLaw.Exponential => "exponential",
        TailLaw.StretchedExponential => "stretched_exponential",
        _ => "lognormal",
    };

    /// <summary>The phase of a text; null for none.</summary>
    internal static Phase? PhaseOf(string? text) => Enum.GetValues<Phase>().Cast<Phase?>().FirstOrDefault(phase => phase!.Value.Text() == text);

    /// <summary>The law of a text; null for none.</summary>
    internal static TailLaw? TailLawOf(string? text) => Enum.GetValues<TailLaw>().Cast<TailLaw?>().FirstOrDefault(law => law!.Value.Text() == text);
}
