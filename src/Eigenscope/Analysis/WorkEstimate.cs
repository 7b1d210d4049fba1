using Eigenscope.LinearAlgebra;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Analysis;

/// <summary>What a layer costs, from its shape alone.</summary>
/// <param name="Work">Floating-point operations, roughly.</param>
/// <param name="Memory">Peak working memory in bytes, roughly.</param>
internal readonly record struct WorkEstimate(double Work, long Memory)
{
    /// <summary>The reduction of a small matrix runs at about half the speed of the Gram product.</summary>
    private const double ReductionFactor = 8.0 / 3;
    private const double BidiagonalFactor = 8;

    /// <summary>Vectors of the smaller side that are held beside the Gram matrix: those on their way into it, then the blocks of the reduction and the band.</summary>
    private const long BufferVectors = PanelReader.Most + 128;

    /// <summary>Vectors of the longer side that are held beside W by the accurate route: blocks of reflectors, their products, the band.</summary>
    private const long BidiagonalVectors = 384;

    public static WorkEstimate Of(WeightMatrix layer, SpectrumRoute route)
    {
        long n = Math.Max(layer.Rows, layer.Columns), m = Math.Min(layer.Rows, layer.Columns);
        return route == SpectrumRoute.Gram ? OfGram(n, m, layer.Slices.Count) : OfBidiagonal(n, m, layer.Slices.Count);
    }

    private static WorkEstimate OfGram(double n, double m, int slices) =>
        new(slices * ((n * m * m) + (ReductionFactor * m * m * m)), sizeof(double) * (SymmetricMatrix.Length((int)m) + (BufferVectors * (long)m)));

    private static WorkEstimate OfBidiagonal(double n, double m, int slices) =>
        new(slices * BidiagonalFactor * n * m * m, sizeof(double) * (((long)n * (long)m) + (BidiagonalVectors * (long)n)));
}
