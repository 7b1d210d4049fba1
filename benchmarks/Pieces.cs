using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Benchmarks;

/// <summary>The steps from a matrix to its eigenvalues, each by itself on one thread: <c>pieces --filter '*'</c>.</summary>
[MemoryDiagnoser]
public class Pieces
{
    private readonly Execution execution = Execution.OneThread(CancellationToken.None);
    private FloatMatrix w = null!;
    private SymmetricMatrix gram = null!;
    private SymmetricBand band = null!;
    private Tridiagonal tridiagonal = null!;

    /// <summary>The order of the square matrix.</summary>
    [Params(256, 768, 2048)]
    public int Order { get; set; }

    /// <summary>Runs what the options of BenchmarkDotNet choose.</summary>
    public static void Run(string[] options) => BenchmarkSwitcher.FromTypes([typeof(Pieces)])
        .Run(options, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));

    [GlobalSetup]
    public void Prepare()
    {
        w = FloatMatrix.Noise(Order, Order);
        tridiagonal = Tridiagonalization.Of(Gram.Of(w, 1, execution), execution);
    }

    [IterationSetup(Target = nameof(Band))]
    public void PrepareGram() => gram = Gram.Of(w, 1, execution);

    [IterationSetup(Target = nameof(Chase))]
    public void PrepareBand() => band = BandReduction.Of(Gram.Of(w, 1, execution), BandWidth.OfSymmetric(Order), execution);

    [Benchmark]
    public void GramMatrix() => Gram.Of(w, 1, execution).Dispose();

    [Benchmark]
    public void Band() => BandReduction.Of(gram, BandWidth.OfSymmetric(Order), execution).Dispose();

    [Benchmark]
    public Tridiagonal Chase() => BulgeChase.Of(band, execution);

    [Benchmark]
    public double[] Eigenvalues() => TridiagonalEigenvalues.Of(tridiagonal, 0, execution);
}
