using Eigenscope.LinearAlgebra;

namespace Eigenscope.Spectra;

/// <summary>
/// The Gram matrix of W / Scale, where the scale is a power of two that is 1 unless the squares of W would leave the range of float64.
/// </summary>
internal sealed class ScaledGram : IDisposable
{
    /// <summary>The diagonal of a Gram matrix between these bounds loses nothing that counts in any later step.</summary>
    private const double Smallest = 1e-100;
    private const double Largest = 1e100;

    private ScaledGram(SymmetricMatrix matrix, double scale) => (Matrix, Scale) = (matrix, scale);

    public SymmetricMatrix Matrix { get; }

    public double Scale { get; }

    public static ScaledGram Of(IMatrix w, Execution execution)
    {
        var gram = Gram.Of(w, 1, execution);
        if (LargestDiagonal(gram) is >= Smallest and <= Largest)
        {
            return new ScaledGram(gram, 1);
        }

        var scale = PowerOfTwo.AtOrBelow(LargestMagnitude.Of(w, execution.Cancellation));
        if (scale == 1)
        {
            return new ScaledGram(gram, 1);
        }

        gram.Dispose();
        return new ScaledGram(Gram.Of(w, scale, execution), scale);
    }

    public void Dispose() => Matrix.Dispose();

    private static double LargestDiagonal(SymmetricMatrix gram)
    {
        var largest = 0.0;
        for (var i = 0; i < gram.Order; i++)
        {
            largest = Math.Max(largest, gram[i, i]);
        }

        return largest;
    }
}
