using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra.Lapack;
using Eigenscope.Models;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra.Lapack;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Analysis;

public sealed class LapackAnalysisTests
{
    private static readonly AnalysisOptions Lapack = Layers.Options with { Solver = SpectrumSolver.Lapack };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Layers_have_the_same_metrics_by_either_solver(bool accurate)
    {
        var library = InstalledLapack.Require();
        Tensor[] tensors = [Layers.Normal("layers.0.mlp.fc1.weight", 90, 70), Layers.Normal("layers.1.mlp.fc1.weight", 20, 130), Layers.Normal("conv1.weight", 12, 7, 3, 3)];
        var (own, lapack) = (Analyze(Layers.Options with { Accurate = accurate }, tensors), Analyze(Lapack with { Accurate = accurate }, tensors));
        Assert.All(lapack.Layers, layer => Assert.Equal(library.Name, layer.Spectrum!.Spectrum.Library));
        foreach (var (expected, actual) in own.Layers.Zip(lapack.Layers))
        {
            Assert.Equal(expected["norm"]!.Value, actual["norm"]!.Value, 1e-10 * expected["norm"]!.Value);
            Assert.Equal(expected["alpha"]!.Value, actual["alpha"]!.Value, 1e-9);
        }
    }

    [Fact]
    public void Failures_stay_with_their_layer()
    {
        InstalledLapack.Require();
        var analysis = Analyze(
            Lapack,
            Layers.Normal("layers.0.mlp.fc1.weight", 8, 12),
            Layers.With("layers.1.mlp.fc1.weight", 17, float.NaN, 8, 12),
            new Tensor("layers.2.mlp.fc1.weight", DType.F32, [8, 12], new Unconverged(8 * 12 * sizeof(float)), 0));
        Assert.Equal([null, "the weight at [1, 5] is NaN", "dsyevd of a library did not converge (info = 7)"], analysis.Layers.Select(layer => layer.Reason));
    }

    private static ModelAnalysis Analyze(AnalysisOptions options, params Tensor[] tensors) =>
        ModelAnalysis.Of(MemoryTensor.Model(null, tensors), options, null, CancellationToken.None);

    /// <summary>Weights that end in the failure of a library, as no real ones do reliably.</summary>
    private sealed class Unconverged(long length) : ByteSource
    {
        public override string Path => "memory";

        public override long Length => length;

        public override void Read(long offset, Span<byte> destination) => throw new LapackException("dsyevd", "a library", 7);
    }
}
