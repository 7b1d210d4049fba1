using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.Spectra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class ThinQrTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(30, 7)]
    [InlineData(7, 7)]
    [InlineData(3, 5)]
    public void Has_the_singular_values_of_the_matrix(int rows, int columns)
    {
        foreach (var scale in new[] { 1, 1e150, 1e-150 })
        {
            var w = Matrices.Normal(rows, columns, 1).Times(scale);
            var r = ThinQr.Factor([.. Enumerable.Range(0, columns).Select(j => Enumerable.Range(0, rows).Select(i => w[i, j]).ToArray())]);
            var expected = Accuracy.Of(w, SpectrumRoute.Accurate).SingularValues;
            var actual = Accuracy.Of(Matrices.Of(columns, columns, (i, j) => r[i, j]), SpectrumRoute.Accurate).SingularValues;
            Accuracy.Near(expected, actual.TakeLast(expected.Count), 1e-14 * expected[^1]);
            Assert.All(Enumerable.Range(0, columns * columns), k => Assert.True(k / columns <= k % columns || r[k / columns, k % columns] == 0));
        }
    }

    [Fact]
    public void Zero_columns_stay_zero() => Assert.Equal(new double[2, 2], ThinQr.Factor([new double[4], new double[4]]));
}
