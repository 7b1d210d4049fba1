using Eigenscope.Comparison;
using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Comparison;

public sealed class WeightChangeTests
{
    [Fact]
    public void By_hand()
    {
        var change = Change([3, 0, -1, 2], [4, 2, 1, 0]);
        Assert.Equal(11 / Math.Sqrt(14 * 21), change.Cosine!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(13.0 / 21), change.RelativeNorm!.Value, 1e-15);
        Assert.Equal(11.0 / 21, change.Scale!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(1 - (121.0 / (14 * 21))), change.RelativeResidual!.Value, 1e-15);
        Assert.Equal((0.5, 1, 0.25), (change.SignAgreement!.Value, change.Changed, change.NewZeros));
    }

    [Fact]
    public void Equal_matrices_have_not_changed()
    {
        var change = Change([1, -2, 3, 4], [1, -2, 3, 4]);
        Assert.Equal((1, 1, 0, 1, 0), (change.Cosine, change.Correlation!.Value, change.RelativeNorm, change.Scale, change.RelativeResidual));
        Assert.Equal((1, 0, 0, 0, 4), (change.SignAgreement, change.Changed, change.NewZeros, change.LostZeros, change.Elements));
        Assert.Null(change.Kurtosis);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(33, 7)]
    [InlineData(70, 24)]
    [InlineData(100, 131)]
    public void Sums_do_not_depend_on_threads_and_agree_with_a_plain_sum(int rows, int columns)
    {
        var draws = new Draws(5);
        double[] a = [.. draws.Normals(rows * columns)], b = [.. draws.Normals(rows * columns)];
        var (first, second) = (new DenseMatrix(rows, columns, a), new DenseMatrix(rows, columns, b));
        var change = WeightChange.Of(first, second, 1, TestContext.Current.CancellationToken);
        Assert.Equal(change, WeightChange.Of(first, second, 2, TestContext.Current.CancellationToken));
        double[] d = [.. a.Zip(b, (x, y) => x - y)];
        Assert.Equal(Math.Sqrt(d.Sum(x => x * x) / b.Sum(x => x * x)), change.RelativeNorm!.Value, 1e-12);
        Assert.Equal(d.Average(x => x * x * x * x) / Math.Pow(d.Average(x => x * x), 2), change.Kurtosis!.Value, 1e-11);
        Assert.Equal(a.Zip(b).Average(pair => pair.First > 0 == pair.Second > 0 ? 1.0 : 0), change.SignAgreement!.Value, 1e-12);
    }

    [Fact]
    public void Kurtosis_of_rounding_is_that_of_a_uniform_law()
    {
        double[] b = [.. new Draws(8).Normals(64 * 64)];
        var change = WeightChange.Of(new DenseMatrix(64, 64, Array.ConvertAll(b, x => Math.Round(16 * x) / 16)), new DenseMatrix(64, 64, b), 1, TestContext.Current.CancellationToken);
        Assert.Equal(1.8, change.Kurtosis!.Value, 0.05);
    }

    [Fact]
    public void What_was_zeroed_has_a_norm()
    {
        var change = Change([0, 2, 0, 4], [1, 2, 3, 4]);
        Assert.Equal((0.5, 0.0), (change.NewZeros, change.LostZeros));
        Assert.Equal(Math.Sqrt(10.0 / 30), change.NormOfZeroed!.Value, 1e-15);
    }

    [Fact]
    public void Rescaling_leaves_no_residual()
    {
        double[] b = [.. new Draws(3).Normals(4)];
        var change = Change(Array.ConvertAll(b, x => 1.5 * x), b);
        Assert.Equal(1.5, change.Scale!.Value, 1e-15);
        Assert.InRange(change.RelativeResidual!.Value, 0, 1e-7);
    }

    [Fact]
    public void Zeros_have_no_direction()
    {
        var change = Change([0, 0, 0, 0], [1, 0, 2, 0]);
        Assert.Equal((null, 1.0, 0.0, null), (change.Cosine, change.RelativeNorm, change.Scale, change.SignAgreement));
        Assert.Equal((0.5, 0.5), (change.Changed, change.NewZeros));
        Assert.Null(Change([1, 1, 1, 1], [0, 0, 0, 0]).RelativeNorm);
    }

    [Fact]
    public void Tiny_weights_keep_their_signs() => Assert.Equal(0.75, Change([1e-200, -1e-200, 1e-200, 1e-200], [1e-200, -1e-200, -1e-200, 1e-200]).SignAgreement);

    [Fact]
    public void Shapes_must_agree() => Assert.Throws<ArgumentException>(() => WeightChange.Of(new DenseMatrix(2, 2, new double[4]), new DenseMatrix(1, 4, new double[4]), cancellation: TestContext.Current.CancellationToken));

    private static WeightChange Change(double[] a, double[] b) => WeightChange.Of(new DenseMatrix(2, 2, a), new DenseMatrix(2, 2, b), cancellation: TestContext.Current.CancellationToken);
}
