namespace Eigenscope.Forecasting;

/// <summary>The ways to forecast a spectrum from checkpoints, from the plainest on: where two are equally good, the first is taken.</summary>
public enum ForecastMethod
{
    /// <summary>The spectrum stays as it is.</summary>
    Persistence,

    /// <summary>Every sigma_k, by rank, goes on at its mean speed over the last window.</summary>
    SigmaLinear,

    /// <summary>The same at a speed that dies away as it did from the window before to the last one (the damped trend of Gardner and McKenzie 1985).</summary>
    SigmaDamped,

    /// <summary>Every weight goes on at its mean speed over the last window, and the singular values are those of the matrix so found.</summary>
    MatrixLinear,

    /// <summary>The movement of the matrix over the last window, rid of its noise, goes on at a speed that relaxes.</summary>
    MatrixRelaxed,
}

/// <summary>The texts of <see cref="ForecastMethod"/>.</summary>
public static class ForecastMethods
{
    /// <summary>All methods, from the plainest on.</summary>
    public static IReadOnlyList<ForecastMethod> All { get; } = Enum.GetValues<ForecastMethod>();

    /// <summary>The text in results, such as <c>sigma-linear</c>.</summary>
    public static string Text(this ForecastMethod method) => method switch
    {
        ForecastMethod.Persistence => "last value",
        ForecastMethod.SigmaLinear => "sigma-linear",
        ForecastMethod.SigmaDamped => "sigma-damped",
        ForecastMethod.MatrixLinear => "matrix-linear",
        _ => "matrix-relaxed",
    };

    /// <summary>True where weights are forecast, false where only singular values are.</summary>
    public static bool IsOfMatrix(this ForecastMethod method) => method >= ForecastMethod.MatrixLinear;
}
