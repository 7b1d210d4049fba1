using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
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

    /// <summary>About so many windows are as costly as the layer itself, the longer it is the more.</summary>
    private const double FarmsWindows = 10;

    /// <summary>Eigenvectors take 6 M^3 operations at a fraction of the speed of products.</summary>
    private const double VectorFactor = 60;

    /// <summary>A step of Lanczos takes 4 * 24 flops an element, and reading it takes as long again.</summary>
    private const double LanczosFactor = 2 * 4 * Frame.Width;

    /// <summary>The projected matrix and its eigenvectors' ends.</summary>
    private const long LanczosProjection = 2L * LanczosSpectrum.Steps * Frame.Width * LanczosSpectrum.Steps * Frame.Width;

    /// <summary>Vectors of the smaller side that are held beside the Gram matrix: first those on their way into it, then, more, the blocks of the reduction and the band.</summary>
    private const long BufferVectors = 1100;

    /// <summary>Vectors of the longer side that are held beside W by the accurate route: blocks of reflectors, their products, the band.</summary>
    private const long BidiagonalVectors = 384;

    /// <summary>What the spectrum of a layer costs, and as many of the shuffled layer.</summary>
    public static WorkEstimate Of(WeightMatrix layer, SpectrumRoute route, AnalysisOptions options)
    {
        var shuffles = options.Shuffles;
        var once = layer.Kernel is { } kernel ? OfKernel(kernel, route, options.ConvolutionGrid) : Of(layer, route);
        if (options.Vectors)
        {
            var order = Math.Min(layer.Rows, layer.Columns);
            once = new WorkEstimate(once.Work + (layer.Slices.Count * VectorFactor * order * order * order), once.Memory + (sizeof(double) * (SymmetricEigenvectors.Doubles(order) + SymmetricMatrix.Length(order))));
        }

        if (options.Farms)
        {
            once = once with { Work = once.Work * (1 + FarmsWindows) };
        }

        return shuffles == 0 ? once : new WorkEstimate((1 + shuffles) * once.Work, once.Memory + (sizeof(double) * ShuffledMatrix.Doubles(layer.Slices[0].Rows, layer.Slices[0].Columns, layer.Tensor.IsSingle)));
    }

    private static WorkEstimate Of(WeightMatrix layer, SpectrumRoute route)
    {
        long n = layer.Product?.Rank ?? Math.Max(layer.Rows, layer.Columns), m = layer.Product?.Rank ?? Math.Min(layer.Rows, layer.Columns);
        return route switch
        {
            SpectrumRoute.Accurate => OfBidiagonal(n, m, layer.Slices.Count),
            SpectrumRoute.Approximate when m > LanczosSpectrum.LargestExact => OfLanczos(layer, n, m),
            _ => OfGram(n, m, layer.Slices.Count),
        };
    }

    /// <summary>Pairs of frequencies, each a matrix of twice the sides, beside the kernel and what is made of it.</summary>
    private static WorkEstimate OfKernel(ConvolutionKernel kernel, SpectrumRoute route, int grid)
    {
        long n = 2L * Math.Max(kernel.Outputs, kernel.Inputs), m = 2L * Math.Min(kernel.Outputs, kernel.Inputs), elements = (long)kernel.Elements.Rows * kernel.Elements.Columns;
        var (work, memory) = route == SpectrumRoute.Accurate ? OfBidiagonal(n, m, 1) : OfGram(n, m, 1);
        return new(kernel.Matrices(grid) * (work + (2.0 * elements)), memory + (sizeof(double) * (elements + (3 * n * m))));
    }

    private static WorkEstimate OfGram(double n, double m, int slices) =>
        new(slices * ((n * m * m) + (ReductionFactor * m * m * m)), sizeof(double) * (SymmetricMatrix.Length((int)m) + (BufferVectors * (long)m)));

    private static WorkEstimate OfLanczos(WeightMatrix layer, double n, double m) => new(
        layer.Slices.Count * LanczosFactor * LanczosSpectrum.Steps * m * (n + (2 * PanelReader.Most)),
        sizeof(double) * (BlockLanczos.Doubles((int)m, LanczosSpectrum.Steps) + GramOperator.Doubles(layer.Slices[0]) + LanczosProjection));

    private static WorkEstimate OfBidiagonal(double n, double m, int slices) =>
        new(slices * BidiagonalFactor * n * m * m, sizeof(double) * (((long)n * (long)m) + (BidiagonalVectors * (long)n)));
}
