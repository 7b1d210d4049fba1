using System.Runtime.CompilerServices;

namespace Eigenscope.Statistics;

/// <summary>Checks of parameters: what passes is handed back.</summary>
internal static class Domain
{
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "must be finite");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => Above(0, value, name);

    public static double Above(double bound, double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value > bound ? value : throw new ArgumentOutOfRangeException(name, value, $"must be above {bound} and finite");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "must be finite and not negative");

    public static double Probability(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "must be from 0 to 1");
}
