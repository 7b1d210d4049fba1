namespace Eigenscope.Statistics;

/// <summary>The places and weights of Gauss's quadrature with 16 places on [-1, 1].</summary>
internal static class GaussLegendre
{
    private const int Order = 16;

    /// <summary>The places and weights.</summary>
    public static IReadOnlyList<(double Place, double Weight)> Rule { get; } = [.. Enumerable.Range(0, Order).Select(Root)];

    /// <summary>A root of Legendre's polynomial by Newton's steps; its weight is 2 / ((1 - x^2) P'(x)^2).</summary>
    private static (double Place, double Weight) Root(int i)
    {
        var (x, slope) = (Math.Cos(Math.PI * (i + 0.75) / (Order + 0.5)), 1.0);
        for (var step = 0; step < 10; step++)
        {
            var (before, value) = (1.0, x);
            for (var n = 2; n <= Order; n++)
            {
                (before, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n);
            }

            slope = Order * ((x * value) - before) / ((x * x) - 1);
            x -= value / slope;
        }

        return (x, 2 / ((1 - (x * x)) * slope * slope));
    }
}
