namespace Eigenscope.Forecasting;

/// <summary>Where the drift of <see cref="ForecastMethod.MatrixRelaxed"/> is read from.</summary>
public enum DriftSource
{
    /// <summary>The movement over the last window.</summary>
    Displacement,

    /// <summary>The mean gradient at the last checkpoint.</summary>
    Gradient,

    /// <summary>Both, each by the inverse of its noise.</summary>
    Combined,
}

/// <summary>How the bands of a forecast are found.</summary>
public enum BandRoute
{
    /// <summary>The quantiles of singular values of matrices drawn about the forecast: right also where noise that nothing pulls back lifts singular values, or they meet.</summary>
    Draws,

    /// <summary>To first order in the noise: sigma_k is normal, with the noise of one entry. Noise that lifts small singular values is left out.</summary>
    FirstOrder,
}

/// <summary>What a forecast is asked for.</summary>
public sealed record ForecastOptions
{
    /// <summary>Steps ahead of the last checkpoint, from 1; none means a half, one and two windows.</summary>
    public IReadOnlyList<long> Horizons { get; init; } = [];

    /// <summary>k, how many of the largest singular values are forecast with bands and scored, from 1; cut to M.</summary>
    public int Modes { get; init; } = 8;

    /// <summary>The steps over which movement is measured, from 1; null for half of the history. The nearest checkpoint counts.</summary>
    public long? Window { get; init; }

    /// <summary>The method; null leaves the choice at each horizon to the backtest.</summary>
    public ForecastMethod? Method { get; init; }

    /// <summary>Where <see cref="ForecastMethod.MatrixRelaxed"/> takes its drift from, if there are gradients; without them it is the displacement.</summary>
    public DriftSource Drift { get; init; } = DriftSource.Displacement;

    /// <summary>True adds to every lambda of <see cref="ForecastMethod.MatrixRelaxed"/> what noise adds on average, N times its variance.</summary>
    public bool Inflate { get; init; }

    /// <summary>
    /// How bands are found; null draws up to 2^16 entries where noise only adds up, and goes by first order above that and where movement relaxes: what pulls a movement back pulls noise back too,
    /// so that it lifts nothing. Forecasts of singular values alone have bands of first order.
    /// </summary>
    public BandRoute? Bands { get; init; }

    /// <summary>True for bands of noise alone; else they reach at least as far as the method was wrong inside the history.</summary>
    public bool NoiseBandsOnly { get; init; }

    /// <summary>How many matrices are drawn for a band, at least 20.</summary>
    public int Draws { get; init; } = 200;

    /// <summary>The share of outcomes that a band is to hold, above 0 and below 1.</summary>
    public double Level { get; init; } = 0.9;

    /// <summary>The most origins of the backtest inside the history, from 1: the last ones.</summary>
    public int Origins { get; init; } = 6;

    /// <summary>The most checkpoints that are forecast from one origin of that backtest, from 1.</summary>
    public int Targets { get; init; } = 4;

    /// <summary>mu, where the optimizer has momentum: noise is then measured over blocks of ten times 1 / (1 - mu) steps, 0 to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>The seed of the draws.</summary>
    public long Seed { get; init; }

    /// <summary>The most threads that work on a matrix, at least 1. Never changes a number.</summary>
    public int Threads { get; init; } = 1;
}
