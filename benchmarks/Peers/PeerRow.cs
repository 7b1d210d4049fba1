using Eigenscope.Spectra;

namespace Eigenscope.Benchmarks.Peers;

/// <summary>One comparison: what we do and what a peer does for the same result.</summary>
/// <param name="Work">What is computed.</param>
/// <param name="Peer">How the peer does it.</param>
/// <param name="Threads">How many threads the peer may use; null for as many as the run is given.</param>
/// <param name="Flops">The floating-point operations, where that is a fair measure.</param>
/// <param name="Target">The most that our time may be of the peer's; null where we have no part.</param>
/// <param name="Ours">Prepares our side; null where we have none.</param>
/// <param name="Theirs">Prepares the peer's side.</param>
internal sealed record PeerRow(string Work, string Peer, int? Threads, double? Flops, double? Target, Func<Action>? Ours, Func<Action> Theirs)
{
    /// <summary>All comparisons, one a line.</summary>
    public static IReadOnlyList<PeerRow> All { get; } =
    [
        Gemm(2048, threads: 1),
        Gemm(2048, threads: 2),
        Syrk(4096, 4096),
        Values(4096, 4096, "dsyrk + dsyevd", 1, OpenBlas.GramEigenvalues),
        Values(768, 2304, "dsyrk + dsyevd", 1, OpenBlas.GramEigenvalues),
        Values(768, 768, "dsyrk + dsyevd", 1, OpenBlas.GramEigenvalues),
        Values(768, 3072, "dsyrk + dsyevd", 1, OpenBlas.GramEigenvalues),
        Values(2048, 2048, "dsyrk + dsyevd", 1, OpenBlas.GramEigenvalues),
        Values(4096, 4096, "sgesdd", 1, OpenBlas.Singles),
        Values(768, 2304, "sgesdd", 1, OpenBlas.Singles),
        Values(768, 768, "sgesdd", 1, OpenBlas.Singles),
        Values(768, 3072, "sgesdd", 1, OpenBlas.Singles),
        Values(2048, 2048, "sgesdd", 1, OpenBlas.Singles),
        Values(4096, 4096, "dgesdd", 1, OpenBlas.Doubles),
        Values(768, 2304, "dgesdd", 1, OpenBlas.Doubles),
        Values(768, 768, "dgesdd", 1, OpenBlas.Doubles),
        Values(768, 3072, "dgesdd", 1, OpenBlas.Doubles),
        Values(2048, 2048, "dgesdd", 1, OpenBlas.Doubles),
    ];

    private static PeerRow Gemm(int n, int threads) =>
        new($"gemm {n}", "dgemm", threads, 2.0 * n * n * n, null, null, () => OpenBlas.Gemm(n));

    private static PeerRow Syrk(int order, int depth) =>
        new($"syrk {order} x {depth}", "dsyrk", null, (double)order * order * depth, null, null, () => OpenBlas.Syrk(order, depth));

    private static PeerRow Values(int rows, int columns, string peer, double target, Func<FloatMatrix, Action> theirs) =>
        new($"all eigenvalues of {rows} x {columns} F32", peer, null, null, target, () => Gram(FloatMatrix.Noise(rows, columns)), () => theirs(FloatMatrix.Noise(rows, columns)));

    private static Action Gram(FloatMatrix w) => () => Spectrum.Of(w, SpectrumRoute.Gram);
}
