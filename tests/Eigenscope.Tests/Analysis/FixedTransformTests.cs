using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Analysis;

public sealed class FixedTransformTests
{
    private const double SingleTolerance = 16 * 1.2e-7;
    private const string Sinusoids = "each line is a sinusoid, as in a table of positions or a Fourier basis", Basis = "each line is even or odd, as in a Fourier basis";

    [Fact]
    public void A_table_of_positions_is_recognised_in_any_precision()
    {
        static double Position(int t, int j) => j % 2 == 0 ? Math.Sin(t / Math.Pow(10000, j / 64.0)) : Math.Cos(t / Math.Pow(10000, (j - 1) / 64.0));
        Assert.Equal(Sinusoids, Of(200, 64, Position, SingleTolerance));
        Assert.Equal(Sinusoids, Of(64, 200, (i, j) => Position(j, i), SingleTolerance));
        Assert.Equal(Sinusoids, Of(200, 64, (t, j) => (double)(Half)Position(t, j), 16 * 9.8e-4));
    }

    [Fact]
    public void Fourier_and_cosine_bases_are_recognised_with_their_window()
    {
        static double Hann(int n) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / 64));
        Assert.Equal(Basis, Of(66, 64, (k, n) => (float)(Hann(n) * (k < 33 ? Math.Cos(2 * Math.PI * k * n / 64) : Math.Sin(2 * Math.PI * (k - 33) * n / 64))), SingleTolerance));
        Assert.Equal(Sinusoids, Of(64, 40, (n, k) => (float)(Hann(n) * Math.Cos(Math.PI * 2 * k * n / 64)), SingleTolerance));
        Assert.Equal(Basis, Of(40, 80, (k, n) => (float)(Math.Exp(-Math.Pow((n - 39.5) / 12, 2)) * Math.Cos(2 * Math.PI * k * (n - 39.5) / 80)), SingleTolerance));
    }

    [Fact]
    public void What_was_drawn_at_random_is_not()
    {
        foreach (var (rows, columns) in new[] { (8, 16), (16, 8), (64, 64), (300, 20) })
        {
            var values = new Draws(rows).Normals(rows * columns);
            Assert.Null(Of(rows, columns, (i, j) => values[(i * columns) + j], SingleTolerance));
            Assert.Null(Of(rows, columns, (i, j) => 0, SingleTolerance));
            Assert.Null(Of(rows, columns, (i, j) => 1, SingleTolerance));
        }
    }

    [Fact]
    public void A_fixed_transform_is_listed_and_left_out_of_the_summary()
    {
        var values = Enumerable.Range(0, 40 * 80).Select(k => (float)Math.Cos(2 * Math.PI * (k / 80 * (k % 80) % 80) / 80)).ToArray();
        var tensors = new[] { MemoryTensor.F32("frontend.conv.weight", [40, 1, 80], values), Layers.Normal("layers.0.mlp.fc1.weight", 80, 70), Layers.Normal("mel_basis", 80, 70) };
        var analysis = ModelAnalysis.Of(MemoryTensor.Model(null, tensors), Layers.Options, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, analysis.Summary.Analyzed);
        Assert.Contains("fixed-transform: computed, not learned: each line is a sinusoid, as in a table of positions or a Fourier basis", analysis.Layers[0].Warnings);
        Assert.Contains("fixed-transform: computed, not learned: a mel filter bank, by its name", analysis.Layers[2].Warnings);
        Assert.DoesNotContain(analysis.Layers.Take(1), layer => layer.Warnings.Any(warning => warning is LayerWarnings.OverTrained or LayerWarnings.UnderTrained));
        Assert.DoesNotContain(analysis.Layers[1].Warnings, warning => warning.StartsWith("fixed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_published_spectrogram_basis_is_recognised_without_its_name()
    {
        using var model = Model.Open(SharedFiles.Path("models", "silero"));
        var stored = model.Tensors.Single(tensor => tensor.Name == "stft_conv.weight");
        using var renamed = MemoryTensor.Model(null, new Tensor("first.weight", stored.Type, stored.Shape, stored.Bytes, stored.Offset));
        var analysis = ModelAnalysis.Of(renamed, Layers.Options, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(analysis.Layers[0].Warnings, warning => warning.EndsWith(Basis, StringComparison.Ordinal));
    }

    private static string? Of(int rows, int columns, Func<int, int, double> element, double tolerance) =>
        FixedTransform.Of(new DenseMatrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(k => element(k / columns, k % columns))]), tolerance);
}
