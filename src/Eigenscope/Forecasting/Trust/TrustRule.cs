namespace Eigenscope.Forecasting;

/// <summary>What ends the trust in a forecast, whichever comes first.</summary>
public enum TrustRule
{
    /// <summary>|u_1^T u_1'| of forecast and actual falls below 0.9 at a checkpoint: the mode is another one.</summary>
    Alignment,

    /// <summary>sigma_1 moves by more than half its distance to sigma_2, or noise by that much: they may have changed places.</summary>
    Crossing,

    /// <summary>In the backtest the method was worse than the last value, or horizons like this one were never tried.</summary>
    Skill,

    /// <summary>The spectrum leaves the phases of which forecasts hold.</summary>
    HeavyTail,

    /// <summary>The weights move by more than 30 % of their norm.</summary>
    Movement,
}

/// <summary>One rule at one horizon.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Horizon">Steps ahead; 0 for what holds at the origin already.</param>
/// <param name="Number">What is compared; NaN where it cannot be had.</param>
/// <param name="Threshold">What it is compared with.</param>
/// <param name="Stops">True where the rule ends the trust here.</param>
/// <param name="Reason">The finding, or why there is none.</param>
public sealed record StopCheck(TrustRule Rule, long Horizon, double Number, double Threshold, bool Stops, string Reason);

/// <summary>How far ahead a forecast is to be trusted.</summary>
/// <remarks>Thresholds are conventions; none follows from theory.</remarks>
/// <param name="Steps">The longest horizon asked for up to which no rule stops; 0 where the first one stops already.</param>
/// <param name="EndedBy">The check that ends it; null where none does.</param>
/// <param name="Modes">The same for each leading mode, with the alignment and the gap of that mode.</param>
/// <param name="Checks">Every rule at every horizon.</param>
public sealed record TrustedHorizon(long Steps, StopCheck? EndedBy, IReadOnlyList<long> Modes, IReadOnlyList<StopCheck> Checks)
{
    /// <summary>True where no horizon is to be trusted.</summary>
    public bool IsNone => Steps == 0;

    /// <summary>The result in words.</summary>
    public string Sentence =>
        EndedBy is null ? $"Trusted for {Steps} steps, as far as was asked."
        : IsNone ? $"Not trusted at all: {EndedBy.Reason}."
        : $"Trusted for {Steps} steps; at {EndedBy.Horizon}, {EndedBy.Reason}.";
}
