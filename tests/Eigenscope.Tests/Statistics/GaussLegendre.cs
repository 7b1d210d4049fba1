namespace Eigenscope.Tests.Statistics;

/// <summary>Gauss-Legendre quadrature: nodes by Newton's steps on the Legendre polynomial.</summary>
internal static class GaussLegendre
{
    private static readonly (double[] Nodes, double[] Weights) Ten = Rule(10);

    /// <summary>The nodes and weights of n points between -1 and 1.</summary>
    public static (double[] Nodes, double[] Weights) Rule(int n)
    {
        var (nodes, weights) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var (x, slope) = (Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)), 0.0);
            for (var step = 0; step < 20; step++)
            {
                var (before, current) = (1.0, x);
                for (var k = 2; k <= n; k++)
                {
                    (before, current) = (current, ((((2 * k) - 1) * x * current) - ((k - 1) * before)) / k);
                }

                slope = n * ((x * current) - before) / ((x * x) - 1);
                x -= current / slope;
            }

            (nodes[i], weights[i]) = (x, 2 / ((1 - (x * x)) * slope * slope));
        }

        return (nodes, weights);
    }

    /// <summary>The integral of a smooth function, in panels of ten points.</summary>
    public static double Integral(Func<double, double> function, double from, double to, int panels)
    {
        var (half, sum) = ((to - from) / (2 * panels), 0.0);
        for (var panel = 0; panel < panels; panel++)
        {
            var middle = from + (((2 * panel) + 1) * half);
            for (var i = 0; i < Ten.Nodes.Length; i++)
            {
                sum += Ten.Weights[i] * function(middle + (half * Ten.Nodes[i]));
            }
        }

        return sum * half;
    }
}
