using Eigenscope.Models.Layers;

namespace Eigenscope.Forecasting;

/// <summary>A layer and its forecast, or the reason why there is none.</summary>
/// <param name="Layer">The layer, as at the origin.</param>
/// <param name="Forecast">The forecast; null where there is none.</param>
/// <param name="Streamed">What the gradients of all steps make of its spectrum; null without them.</param>
/// <param name="Reason">Why there is no forecast; null where there is one.</param>
public sealed record ForecastedLayer(WeightMatrix Layer, LayerForecast? Forecast, StreamedForecast? Streamed, string? Reason);

/// <summary>The leading singular values of a layer by the gradients of all steps since the origin, beside those that came.</summary>
/// <param name="Method">How the spectrum followed the gradients.</param>
/// <param name="Steps">How many gradients were applied.</param>
/// <param name="Points">One for each later checkpoint that the gradients reach, and one for the last gradient.</param>
/// <param name="Reason">What is missing, such as a step without a gradient; null where nothing is.</param>
public sealed record StreamedForecast(StreamedMethod Method, int Steps, IReadOnlyList<StreamedComparison> Points, string? Reason);

/// <summary>A streamed spectrum at one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="SingularValues">sigma, descending.</param>
/// <param name="Error">The root of the mean squared relative error of the leading ones; null where no checkpoint shows them.</param>
/// <param name="Persistence">The same of the values at the origin.</param>
public sealed record StreamedComparison(long Step, IReadOnlyList<double> SingularValues, double? Error, double? Persistence);
