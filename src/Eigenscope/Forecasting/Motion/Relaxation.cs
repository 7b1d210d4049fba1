namespace Eigenscope.Forecasting;

/// <summary>How fast a movement dies away.</summary>
/// <param name="Factor">phi, by which the speed falls in a step, above 0 and at most 1; 1 where it does not.</param>
/// <param name="IsMoving">False where there is no lasting movement, so that none is forecast.</param>
/// <param name="Basis">How it was got, or why it is 1.</param>
public sealed record Relaxation(double Factor, bool IsMoving, string Basis)
{
    /// <summary>A movement that goes on must be told from chance by this many standard deviations.</summary>
    private const double Told = 3;

    /// <summary>A speed that has changed by less than rounding has not.</summary>
    private const double Rounding = 1e-9;

    private const int Halvings = 200;

    /// <summary>phi one standard error below <see cref="Factor"/>, by the noise of the two movements; the same where none is known.</summary>
    public double Low { get; private init; } = Factor;

    /// <summary>phi one standard error above it, at most 1.</summary>
    public double High { get; private init; } = Factor;

    /// <summary>
    /// How the errors of phi and of the last movement go together, both being of one noise: the covariance of <see cref="ContinuationError"/>, in its own units, with an entry of that movement, over the entry.
    /// </summary>
    internal double Coupling { get; private init; }

    /// <summary>b = -ln phi, the rate in a step.</summary>
    public double Rate => -Math.Log(Factor);

    /// <summary>
    /// From two movements in turn, D1 over w1 steps and D2 over w2: without noise &lt;D1, D2&gt; / |D1|^2 = (1 - phi^w2) / (phi^-w1 - 1), which for w1 = w2 is phi^w. The noise in |D1|^2, N M s^2 w1, is taken away.
    /// </summary>
    /// <param name="product">&lt;D1, D2&gt;.</param>
    /// <param name="square">|D1|^2.</param>
    /// <param name="entries">N M, the number of terms in each.</param>
    /// <param name="noise">s^2.</param>
    /// <param name="first">w1, in steps.</param>
    /// <param name="second">w2, in steps.</param>
    internal static Relaxation Of(double product, double square, double entries, double noise, double first, double second)
    {
        var signal = square - (entries * noise * first);
        var chance = Told * noise * Math.Sqrt(entries * first * second);
        if (product <= chance || signal <= 0)
        {
            return new(1, IsMoving: false, "the last two movements agree no more than chance would have it: no drift");
        }

        var ratio = product / signal;
        var error = Math.Sqrt(noise * ((((ratio * ratio * first) + second) / signal) + (entries * noise * first * (second + (2 * ratio * ratio * first)) / (signal * signal))));
        var factor = FactorOf(ratio, first, second);
        return new(factor, IsMoving: true, factor < 1 ? "the last two movements" : "the movement does not slow down")
        {
            Low = FactorOf(Math.Max(ratio - error, ratio / 10), first, second),
            High = FactorOf(ratio + error, first, second),
            Coupling = error > 0 ? noise * second / (error * ratio * signal) : 0,
        };
    }

    /// <summary>What a movement over the last <paramref name="window"/> steps is multiplied by for the next <paramref name="horizon"/>: phi^w (1 - phi^h) / (1 - phi^w).</summary>
    internal double Continuation(double window, double horizon) =>
        !IsMoving ? 0 : Factor >= 1 ? horizon / window : -ExpMinusOne(-Rate * horizon) / ExpMinusOne(Rate * window);

    /// <summary>The standard error of <see cref="Continuation"/>, half its difference between <see cref="High"/> and <see cref="Low"/>.</summary>
    internal double ContinuationError(double window, double horizon) =>
        ((this with { Factor = High }).Continuation(window, horizon) - (this with { Factor = Low }).Continuation(window, horizon)) / 2;

    /// <summary>v_h = s^2 (1 - phi^(2 h)) / (2 b), the variance that noise adds to an entry in h steps.</summary>
    internal double Spread(double noise, double horizon) => Factor >= 1 ? noise * horizon : noise * -ExpMinusOne(-2 * Rate * horizon) / (2 * Rate);

    private static double FactorOf(double ratio, double first, double second) => ratio >= second / first * (1 - Rounding) ? 1 : Solve(ratio, first, second);

    /// <summary>phi of the rate at which (1 - e^(-b w2)) / (e^(b w1) - 1), which falls from w2 / w1 to 0, has a value; by halving ln b.</summary>
    private static double Solve(double ratio, double first, double second)
    {
        var (low, high) = (Math.Log(1e-14 / first), Math.Log(700 / first));
        for (var i = 0; i < Halvings && high - low > 1e-15 * Math.Abs(low); i++)
        {
            var middle = (low + high) / 2;
            var b = Math.Exp(middle);
            (low, high) = -ExpMinusOne(-b * second) / ExpMinusOne(b * first) > ratio ? (middle, high) : (low, middle);
        }

        return Math.Exp(-Math.Exp((low + high) / 2));
    }

    /// <summary>e^x - 1, also near 0, where the platform's loses its digits.</summary>
    private static double ExpMinusOne(double x) => Math.Abs(x) < 1 ? 2 * Math.Exp(x / 2) * Math.Sinh(x / 2) : Math.Exp(x) - 1;
}
