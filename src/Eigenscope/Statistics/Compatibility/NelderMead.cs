namespace Eigenscope.Statistics;

/// <summary>The simplex search of Nelder and Mead (1965) in one variable: reflection 1, expansion 2, contraction and shrinking 1/2, as other programs start and end it.</summary>
internal static class NelderMead
{
    private const double Tolerance = 1e-4;
    private const double SecondVertex = 1.05;
    private const int MostSteps = 200;

    /// <summary>A local minimum near <paramref name="start"/>, never worse than that: it ends where two vertices and their values are within 1e-4 of each other.</summary>
    public static double Minimum(double start, Func<double, double> function)
    {
        var best = (X: start, Y: function(start));
        var worst = (X: SecondVertex * start, Y: function(SecondVertex * start));
        (best, worst) = Ordered(best, worst);
        for (var step = 0; step < MostSteps && !(Math.Abs(worst.X - best.X) <= Tolerance && Math.Abs(worst.Y - best.Y) <= Tolerance); step++)
        {
            (best, worst) = Ordered(best, Next(best, worst, function));
        }

        return best.X;
    }

    private static (double X, double Y) Next((double X, double Y) best, (double X, double Y) worst, Func<double, double> function)
    {
        var reflected = At((2 * best.X) - worst.X);
        if (reflected.Y < best.Y)
        {
            var expanded = At((3 * best.X) - (2 * worst.X));
            return expanded.Y < reflected.Y ? expanded : reflected;
        }

        if (reflected.Y < worst.Y)
        {
            var outside = At((1.5 * best.X) - (0.5 * worst.X));
            return outside.Y <= reflected.Y ? outside : At(best.X + (0.5 * (worst.X - best.X)));
        }

        var inside = At((0.5 * best.X) + (0.5 * worst.X));
        return inside.Y < worst.Y ? inside : At(best.X + (0.5 * (worst.X - best.X)));

        (double X, double Y) At(double x) => (x, function(x));
    }

    private static ((double X, double Y) Best, (double X, double Y) Worst) Ordered((double X, double Y) a, (double X, double Y) b) => b.Y < a.Y ? (b, a) : (a, b);
}
