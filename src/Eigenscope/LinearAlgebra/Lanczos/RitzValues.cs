namespace Eigenscope.LinearAlgebra;

/// <summary>
/// What a projection of block Lanczos tells of G: Ritz values theta, ascending, each within its residual of an eigenvalue of G (Parlett 1998,
/// theorem 4.5.1), and the weight of each for every vector of the random frame.
/// </summary>
/// <param name="Values">theta.</param>
/// <param name="Residuals">|G x - theta x| for the Ritz vector x of length 1.</param>
/// <param name="Weights">
/// The squared component of Ritz vector j along vector c of the first frame, at 24 j + c. They sum to 1 over j: the weights of a Gauss quadrature of the
/// spectral measure of vector c, exact for polynomials of degree 2 q - 1 after q steps (Golub and Meurant 2010, section 4.1).
/// </param>
internal sealed record RitzValues(double[] Values, double[] Residuals, double[] Weights)
{
    /// <summary>The number of Ritz values.</summary>
    public int Count => Values.Length;

    /// <summary>The Ritz values of a projection.</summary>
    public static RitzValues Of(BlockTridiagonal t, CancellationToken cancellation)
    {
        using var vectors = EndComponents.Of(t, cancellation);
        var order = vectors.Ascending;
        return new RitzValues(
            Array.ConvertAll(order, vectors.Value),
            Array.ConvertAll(order, j => t.Residual(vectors.Last(j))),
            [.. order.SelectMany(j => Squares(vectors.First(j)))]);
    }

    private static double[] Squares(ReadOnlySpan<double> components)
    {
        var squares = new double[components.Length];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = components[i] * components[i];
        }

        return squares;
    }
}
