namespace Eigenscope.Forecasting;

/// <summary>Measures forecasts on seeded layers of known make; the tables of docs/forecast.md.</summary>
public static class ForecastCalibration
{
    /// <summary>Errors of forecasts from the checkpoints, every ten steps, of a <see cref="LinearStudent"/>.</summary>
    /// <param name="origins">The steps of the last checkpoint, multiples of ten from 20.</param>
    /// <param name="horizons">Steps from there, multiples of ten, ascending.</param>
    /// <param name="trainings">The number of trainings, at least 1.</param>
    /// <param name="seed">The same seed gives the same table.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <returns>A row for each origin, horizon and method, and one for the method that the backtest chooses.</returns>
    public static IReadOnlyList<OpenLoopRow> OpenLoop(IReadOnlyList<long> origins, IReadOnlyList<long> horizons, int trainings, long seed, CancellationToken cancellation = default) =>
        OpenLoopCalibration.Of(origins, horizons, trainings, seed, cancellation);

    /// <summary>Errors of spectra streamed from the first step of such trainings on.</summary>
    /// <param name="ways">Methods and numbers of tracked modes.</param>
    /// <param name="steps">The steps at which errors are measured, ascending.</param>
    /// <param name="trainings">The number of trainings, at least 1.</param>
    /// <param name="seed">The same seed gives the same table.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    public static IReadOnlyList<StreamedRow> Streamed(
        IReadOnlyList<(StreamedMethod Method, int Modes)> ways, IReadOnlyList<long> steps, int trainings, long seed, CancellationToken cancellation = default) =>
        StreamedCalibration.Of(ways, steps, trainings, seed, cancellation);

    /// <summary>How often bands of 90 % hold what comes, where weights only diffuse, and where they are pulled to zero meanwhile.</summary>
    /// <param name="horizons">Steps ahead, ascending.</param>
    /// <param name="layers">The number of layers of each kind, at least 1.</param>
    /// <param name="seed">The same seed gives the same table.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    public static IReadOnlyList<CoverageRow> Coverage(IReadOnlyList<long> horizons, int layers, long seed, CancellationToken cancellation = default) =>
        CoverageCalibration.Of(horizons, layers, seed, draws: 200, _ => true, cancellation);

    /// <summary>How often bands of 90 % hold what comes of a <see cref="LinearStudent"/>: bands of noise alone, and bands that reach as far as errors did inside the history.</summary>
    /// <param name="origins">The steps of the last checkpoint, multiples of ten from 40.</param>
    /// <param name="horizons">Steps from there, multiples of ten, ascending.</param>
    /// <param name="trainings">The number of trainings, at least 1.</param>
    /// <param name="seed">The same seed gives the same table.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    public static IReadOnlyList<CoverageRow> StudentCoverage(IReadOnlyList<long> origins, IReadOnlyList<long> horizons, int trainings, long seed, CancellationToken cancellation = default) =>
        CoverageCalibration.OfStudents(origins, horizons, trainings, seed, cancellation);

    /// <summary>How early the onset of a heavy tail is seen, on layers whose noise begins to grow with lambda after the forecast was made.</summary>
    /// <param name="growths">The variance of that noise relative to the weights', in a step, from 0.</param>
    /// <param name="layers">The number of layers of each, at least 1.</param>
    /// <param name="seed">The same seed gives the same table.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    public static IReadOnlyList<OnsetRow> Onset(IReadOnlyList<double> growths, int layers, long seed, CancellationToken cancellation = default) =>
        OnsetCalibration.Of(growths, layers, seed, spacing: 2, last: 40, cancellation);
}
