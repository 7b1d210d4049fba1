using Eigenscope.LinearAlgebra;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Analysis;

/// <summary>Analyses layers, and has their leading singular vectors in passing: the reduction that gives the values gives these too.</summary>
/// <param name="schedule">What analyses them.</param>
/// <param name="count">How many vectors, at least 1.</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class VectorAnalyzer(AnalysisSchedule schedule, int count, CancellationToken cancellation)
{
    /// <summary>Analyses a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="look">Sees the Gram matrix before it is reduced, where one is formed; null for nothing. It may keep as much memory again.</param>
    /// <returns>The analysis; and the vectors, null where the layer is not one matrix, or failed.</returns>
    public (LayerAnalysis Analysis, LeadingVectors? Vectors) Analyze(WeightMatrix layer, int threads, Action<SymmetricMatrix, Execution>? look = null)
    {
        LeadingVectors? vectors = null;
        var analysis = schedule.Analyze(layer, threads, (matrix, method, token) =>
        {
            if (method is not { Route: SpectrumRoute.Gram, Solver: SpectrumSolver.Own } || !IsOneMatrix(layer))
            {
                return Spectrum.Of(matrix, method, token);
            }

            using var execution = Execution.On(method.Threads, token);
            (var spectrum, vectors) = Spectrum.OfGramWithVectors(matrix, count, execution, gram => look?.Invoke(gram, execution));
            return spectrum;
        }, BytesBeside(layer, count, look is not null));
        return (analysis, analysis.Status != LayerStatus.Analyzed ? null : vectors ?? VectorsOf(layer, threads));
    }

    /// <summary>What the factors of the reduction and a kept Gram matrix take, in bytes.</summary>
    public static long BytesBeside(WeightMatrix layer, int count, bool keepsGram)
    {
        var order = Math.Min(layer.Rows, layer.Columns);
        return !IsOneMatrix(layer) ? 0 : sizeof(double) * (LeadingEigenvectors.Doubles(order, count) + (keepsGram ? SymmetricMatrix.Length(order) : 0));
    }

    private static bool IsOneMatrix(WeightMatrix layer) => layer.Slices.Count == 1 && layer.Product is null;

    private LeadingVectors? VectorsOf(WeightMatrix layer, int threads) => layer.Slices.Count == 1 ? LeadingVectors.Of(layer.Product?.Whole ?? layer.Slices[0], count, threads, cancellation) : null;
}
