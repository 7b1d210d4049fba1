using Eigenscope.LinearAlgebra;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Analysis;

/// <summary>What a layer costs, from its shape alone.</summary>
/// <param name="Work">Floating-point operations, roughly.</param>
/// <param name="Memory">Peak working memory in bytes, roughly.</param>
internal readonly record struct WorkEstimate(double Work, long Memory)
{
    /// <summary>The tridiagonal reduction runs at about half the speed of the Gram product.</summary>
    private const double ReductionFactor = 8.0 / 3;
    private const double BidiagonalFactor = 16;

    /// <summary>Buffers of a fixed depth, in vectors of the smaller side.</summary>
    private const long BufferVectors = GramVectors.Most + 512;

    public static WorkEstimate Of(WeightMatrix layer, SpectrumRoute route)
    {
        double n = Math.Max(layer.Rows, layer.Columns), m = Math.Min(layer.Rows, layer.Columns);
        var slices = layer.Slices.Count;
        return route == SpectrumRoute.Gram
            ? new(slices * ((n * m * m) + (ReductionFactor * m * m * m)), sizeof(double) * (((long)m * (long)m) + (BufferVectors * (long)m) ))
            : new(slices * BidiagonalFactor * n * m * m, sizeof(double) * (long)n * (long)m);
    }
}
