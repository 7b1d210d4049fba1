using Eigenscope.Comparison;

namespace Eigenscope.Forecasting;

/// <summary>How far one forecast was from what came.</summary>
/// <param name="Method">The method.</param>
/// <param name="Rms">The root of the mean squared relative error of the leading singular values, from 0; those that came to be zero are left out.</param>
/// <param name="Modes">The relative error (forecast - actual) / actual of each, by rank; NaN where the actual one is zero.</param>
/// <param name="Wasserstein">Wasserstein-1 between all singular values, forecast and actual, over the mean actual one; NaN where all are zero.</param>
/// <param name="KolmogorovSmirnov">The largest difference of the two distribution functions of singular values, 0 to 1.</param>
/// <param name="Alignment">|u_k^T u_k'| of forecast and actual for each mode, 0 to 1. Methods that forecast no vectors keep those of the origin.</param>
public sealed record ForecastError(ForecastMethod Method, double Rms, IReadOnlyList<double> Modes, double Wasserstein, double KolmogorovSmirnov, IReadOnlyList<double> Alignment)
{
    /// <summary>Compares a forecast with what came.</summary>
    internal static ForecastError Of(ForecastMethod method, KnownSpectrum predicted, KnownSpectrum actual, int modes)
    {
        double[] errors = [.. Enumerable.Range(0, modes).Select(k => RelativeError(predicted.SingularValues[k], actual.SingularValues[k]))];
        var known = errors.Where(double.IsFinite).ToList();
        double[] forecast = [.. predicted.SingularValues.Reverse()], came = [.. actual.SingularValues.Reverse()];
        var distances = SpectrumDistances.Of(forecast, came);
        return new(
            method,
            known.Count == 0 ? 0 : Math.Sqrt(known.Average(error => error * error)),
            errors,
            distances.Wasserstein / came.Average(),
            distances.KolmogorovSmirnov,
            predicted.AlignmentWith(actual, modes));
    }

    /// <summary>1 - error / error of a baseline, at most 1 and negative where the baseline is better; null where the baseline is exact.</summary>
    internal static double? Skill(double error, double baseline) => baseline > 0 ? 1 - (error / baseline) : null;

    private static double RelativeError(double predicted, double actual) => actual > 0 ? (predicted - actual) / actual : double.NaN;
}
