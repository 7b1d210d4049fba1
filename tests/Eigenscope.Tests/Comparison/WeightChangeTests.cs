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
    public void Equal_matrices_have_not_changed() => Assert.Equal(new WeightChange(1, 0, 1, 0, 1, 0, 0), Change([1, -2, 3, 4], [1, -2, 3, 4]));

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
    public void Shapes_must_agree() => Assert.Throws<ArgumentException>(() => WeightChange.Of(new DenseMatrix(2, 2, new double[4]), new DenseMatrix(1, 4, new double[4]), TestContext.Current.CancellationToken));

    private static WeightChange Change(double[] a, double[] b) => WeightChange.Of(new DenseMatrix(2, 2, a), new DenseMatrix(2, 2, b), TestContext.Current.CancellationToken);
}
