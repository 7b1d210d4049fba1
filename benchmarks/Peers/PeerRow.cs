using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Benchmarks.Peers;

/// <summary>One comparison: what we do and what a peer does for the same result.</summary>
/// <param name="Work">What is computed.</param>
/// <param name="Peer">How the peer does it.</param>
/// <param name="Threads">How many threads either side may use; null for as many as the run is given.</param>
/// <param name="Flops">The floating-point operations, where that is a fair measure.</param>
/// <param name="Target">The most that our time may be of the peer's.</param>
/// <param name="Ours">Prepares our side for a number of threads.</param>
/// <param name="Theirs">Prepares the peer's side; null where it was recorded.</param>
internal sealed record PeerRow(string Work, string Peer, int? Threads, double? Flops, double Target, Func<int, Action> Ours, Func<Action>? Theirs)
{
    /// <summary>The peer's seconds as they were once measured, on two cores of an AMD EPYC (Zen 5), where it cannot run beside us.</summary>
    public double? Recorded { get; private init; }

    /// <summary>A product is to run at 0.95 of the peer's speed at least.</summary>
    private const double ProductTarget = 1 / 0.95;
    private const double SmallTarget = 0.75;
    private const double WholeModelTarget = 0.65;

    private const double ShuffledTarget = 2.5;
    private const string WeightWatcher = "WeightWatcher 0.7.5.5, its process, recorded";

    private static readonly SyntheticModel Gpt2 = SyntheticModel.Gpt2Small(named: false);

    /// <summary>All comparisons, one a line.</summary>
    public static IReadOnlyList<PeerRow> All { get; } =
    [
        Gemm(2048, threads: 1),
        Gemm(2048, threads: 2),
        Syrk(4096, 4096),
        Values(4096, 4096, "dsyrk + dsyevd", 0.65, OpenBlas.GramEigenvalues),
        Values(4096, 4096, "sgesdd", 0.40, OpenBlas.Singles),
        Values(4096, 4096, "dgesdd", 0.20, OpenBlas.Doubles),
        Values(768, 2304, "dsyrk + dsyevd", SmallTarget, OpenBlas.GramEigenvalues),
        Values(768, 768, "dsyrk + dsyevd", SmallTarget, OpenBlas.GramEigenvalues),
        Values(768, 3072, "dsyrk + dsyevd", SmallTarget, OpenBlas.GramEigenvalues),
        Values(2048, 2048, "dsyrk + dsyevd", SmallTarget, OpenBlas.GramEigenvalues),
        new("GPT-2 small shapes, 48 matrices: our process, the peer without file and start", "dsyrk + dsyevd, one matrix after another", null, null, WholeModelTarget,
            _ => Analyze(shuffles: 0), () => OpenBlas.GramEigenvalues(Gpt2)),
        new("GPT-2 small shapes, our process", WeightWatcher, null, null, 1.0 / 12, _ => Analyze(shuffles: 0), null) { Recorded = 10.6 },
        new("GPT-2 small shapes with one shuffled control, our process", $"{WeightWatcher}, mp_fit and randomize", null, null, 1.0 / 35, _ => Analyze(shuffles: 1), null) { Recorded = 78 },
        new("GPT-2 small shapes with one shuffled control, our process", "our process without", null, null, ShuffledTarget, _ => Analyze(shuffles: 1), () => Analyze(shuffles: 0)),
        Limit("4096 x 11008 F32", 1 / 0.6, [(4096, 11008)], threads => Gram(FloatMatrix.Noise(4096, 11008), threads)),
        Limit("GPT-2 small shapes, our process", 1 / 0.5, [.. Gpt2.Tensors.Select(tensor => (tensor.Rows, tensor.Columns))], _ => Analyze(shuffles: 0)),
        Accurate(768, 768, OpenBlas.Doubles),
        Accurate(4096, 4096, OpenBlas.Doubles),
    ];

    private static Action Analyze(int shuffles) => WholeProcess.Analyze(Gpt2.Write(Path.GetTempPath()), shuffles);

    private static PeerRow Gemm(int n, int threads) =>
        new($"gemm {n}", "dgemm", threads, 2.0 * n * n * n, ProductTarget, count => OwnGemm(n, count), () => OpenBlas.Gemm(n));

    private static PeerRow Syrk(int order, int depth) => new($"syrk {order} x {depth}", "dsyrk", null, (double)order * order * depth, ProductTarget,
        threads =>
        {
            var a = Doubles(order, depth);
            return () =>
            {
                using var execution = new Execution(TileKernel.Best, threads, CancellationToken.None);
                LinearAlgebra.Gram.Of(a, 1, execution).Dispose();
            };
        },
        () => OpenBlas.Syrk(order, depth));

    private static PeerRow Values(int rows, int columns, string peer, double target, Func<FloatMatrix, Action> theirs) =>
        new($"all eigenvalues of {rows} x {columns} F32", peer, null, null, target, threads => Gram(FloatMatrix.Noise(rows, columns), threads), () => theirs(FloatMatrix.Noise(rows, columns)));

    private static PeerRow Accurate(int rows, int columns, Func<FloatMatrix, Action> theirs) => new($"all singular values of {rows} x {columns}, accurate", "dgesdd", null, null, 1,
        threads =>
        {
            var w = FloatMatrix.Noise(rows, columns);
            return () => Spectrum.Of(w, new SpectrumOptions { Route = SpectrumRoute.Accurate, Threads = threads });
        },
        () => theirs(FloatMatrix.Noise(rows, columns)));

    /// <summary>
    /// Against as many operations, sum (N M^2 + 4/3 M^3), at the speed of our own gemm 2048, as a whole number of these, rounded down: the share of the limit that is reached is at
    /// least 1 / ratio.
    /// </summary>
    private static PeerRow Limit(string work, double target, (int Rows, int Columns)[] shapes, Func<int, Action> ours)
    {
        const int N = 2048;
        var flops = shapes.Sum(shape => OperationsOf(Math.Max(shape.Rows, shape.Columns), Math.Min(shape.Rows, shape.Columns)));
        var times = (int)(flops / (2.0 * N * N * N));
        return new($"flops limit: {work}", "our gemm of as many flops", null, flops, target, ours, () => Repeated(OwnGemm(N, Environment.ProcessorCount), times));
    }

    private static double OperationsOf(double n, double m) => (n * m * m) + (4.0 / 3 * m * m * m);

    private static Action Repeated(Action action, int times) => () =>
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    };

    private static Action OwnGemm(int n, int threads)
    {
        var (a, b) = (Doubles(n, n), Doubles(n, n));
        return () => MatrixProduct.Of(a, b, threads);
    }

    private static DenseMatrix Doubles(int rows, int columns) => new(rows, columns, Array.ConvertAll(FloatMatrix.Noise(rows, columns).Values, value => (double)value));

    private static Action Gram(FloatMatrix w, int threads) => () => Spectrum.Of(w, new SpectrumOptions { Threads = threads });
}
