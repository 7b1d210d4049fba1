using Eigenscope.Models;
using Eigenscope.Spectra;

namespace Eigenscope.Forecasting;

/// <summary>Applies the gradients of a folder to the spectrum of a layer, from the origin on.</summary>
internal static class StreamedRun
{
    /// <summary>The spectra at the later checkpoints that the gradients reach.</summary>
    /// <param name="tensor">The name of the layer's tensor.</param>
    /// <param name="origin">The layer at the origin.</param>
    /// <param name="later">The layer at later checkpoints, ascending.</param>
    /// <param name="gradients">The files of gradients, ascending.</param>
    /// <param name="options">Which gradients, and how.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ModelFormatException">A file of gradients cannot be read.</exception>
    public static StreamedForecast Of(string tensor, TimedWeights origin, IReadOnlyList<TimedWeights> later, IReadOnlyList<(long Step, string Path)> gradients, ModelForecastOptions options, CancellationToken cancellation)
    {
        var files = gradients.Where(file => file.Step >= origin.Step).ToList();
        var whole = files.TakeWhile((file, i) => file.Step == origin.Step + i).ToList();
        var method = MethodOf(options);
        if (whole.Count == 0)
        {
            return new(method, 0, [], $"there is no gradient of step {origin.Step}");
        }

        var (_, momentum, decay) = GradientFiles.CircumstancesOf(whole[0].Path);
        var modes = Math.Max(20, 2 * options.Forecast.Modes);
        var stream = new StreamedSpectrum(origin, new StreamedOptions { Modes = modes, Method = method, Momentum = momentum, WeightDecay = decay, Threads = options.Forecast.Threads }, cancellation);
        var reported = later.Select(checkpoint => checkpoint.Step).Append(whole[^1].Step + 1).ToHashSet();
        var points = stream.Run(StepsOf(whole, tensor), reported, cancellation).Select(point => Compared(point, origin, later.FirstOrDefault(checkpoint => checkpoint.Step == point.Step), options, cancellation)).ToList();
        return new(method, whole.Count, points, whole.Count == files.Count ? null : $"there is no gradient of step {origin.Step + whole.Count}, so that what comes after it is unknown");
    }

    /// <summary>How spectra follow gradients.</summary>
    public static StreamedMethod MethodOf(ModelForecastOptions options) => options.IsPaperCompatible ? StreamedMethod.Published : StreamedMethod.Brand;

    private static IEnumerable<GradientStep> StepsOf(List<(long Step, string Path)> files, string tensor)
    {
        foreach (var (step, path) in files)
        {
            using var file = Model.Open(path);
            var found = file.Tensors.FirstOrDefault(one => one.Name == tensor) ?? throw new ModelFormatException(ModelFault.Inconsistent, path, $"no gradient of '{tensor}'");
            yield return new(step + 1, GradientFiles.MatrixOf(found, path), GradientFiles.CircumstancesOf(path).Rate);
        }
    }

    private static StreamedComparison Compared(StreamedPoint point, TimedWeights origin, TimedWeights? actual, ModelForecastOptions options, CancellationToken cancellation)
    {
        if (actual is null)
        {
            return new(point.Step, point.SingularValues, null, null);
        }

        var (came, before) = (Leading(actual), Leading(origin));
        return new(point.Step, point.SingularValues, Rms(point.SingularValues, came), Rms(before, came));

        IReadOnlyList<double> Leading(TimedWeights checkpoint) => LeadingVectors.Of(checkpoint.Weights, options.Forecast.Modes, options.Forecast.Threads, cancellation).SingularValues;
    }

    /// <summary>The root of the mean squared relative error of the leading values that came.</summary>
    private static double Rms(IReadOnlyList<double> predicted, IReadOnlyList<double> came) =>
        came.Count == 0 ? 0 : Math.Sqrt(came.Select((sigma, k) => Math.Pow(((k < predicted.Count ? predicted[k] : 0) - sigma) / sigma, 2)).Average());
}
