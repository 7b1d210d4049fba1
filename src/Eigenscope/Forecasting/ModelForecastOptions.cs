using Eigenscope.Analysis;

namespace Eigenscope.Forecasting;

/// <summary>What a forecast of the layers of a model is asked for.</summary>
public sealed record ModelForecastOptions
{
    /// <summary>Which layers, and how tensors become matrices. Convolutions are taken as one matrix.</summary>
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>How each layer is forecast.</summary>
    public ForecastOptions Forecast { get; init; } = new();

    /// <summary>The step from which is forecast: checkpoints after it are held back, and show how right the forecast was. Null for the last checkpoint.</summary>
    public long? Origin { get; init; }

    /// <summary>A folder with the gradient of every step from the origin on; null for none.</summary>
    public string? Gradients { get; init; }

    /// <summary>True for the perturbation as published with arXiv 2507.12709 in place of a rank-k update, where gradients are streamed.</summary>
    public bool IsPaperCompatible { get; init; }
}
