namespace Eigenscope.Metrics;

/// <summary>The sizes that the other metrics refer to.</summary>
internal static class Sizes
{
    private const string WeightWatcher = "Martin, Peng and Mahoney (2021), WeightWatcher";

    public static readonly Metric N = new(
        "N", "longer side", "max(rows, columns) of each matrix", "an integer from 1", WeightWatcher,
        "With --compat weightwatcher N and M change places for a kernel with an even number of positions and fewer outputs than inputs, as they do there.",
        layer => layer.N);

    public static readonly Metric M = new(
        "M", "shorter side", "min(rows, columns) of each matrix", "an integer from 1", WeightWatcher,
        "The number of eigenvalues of one matrix.",
        layer => layer.M);

    public static readonly Metric Q = new(
        "Q", "aspect ratio", "N / M", "at least 1", WeightWatcher,
        "The Marchenko-Pastur law depends on it, and so does the alpha of a random matrix: compare layers of like Q.",
        layer => (double)layer.N / layer.M);

    public static readonly Metric Rf = new(
        "rf", "receptive field", "the number of matrices that the tensor is cut into", "an integer from 1", WeightWatcher,
        "1 unless a convolution is analysed by kernel position (--conv slices); they are pooled, but with --no-pool.",
        layer => layer.Positions);

    public static readonly Metric NumEvals = new(
        "num_evals", "number of eigenvalues", "rf M; M with --no-pool", "an integer from 1", WeightWatcher,
        "With 64 or fewer, alpha is mostly noise.",
        layer => layer.Eigenvalues.Count);
}
