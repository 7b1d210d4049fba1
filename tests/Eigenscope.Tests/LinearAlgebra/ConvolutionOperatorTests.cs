using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class ConvolutionOperatorTests
{
    /// <summary>
    /// Against the matrix of the map itself, written out: as many rows as outputs have elements. Both by the accurate route, whose error is below 8 eps sqrt(M) of the largest value;
    /// the sums over positions add a few roundings more.
    /// </summary>
    [Theory]
    [InlineData(2, 3, 1, 3, 4)]
    [InlineData(3, 2, 1, 5, 5)]
    [InlineData(1, 1, 1, 2, 7)]
    [InlineData(2, 2, 2, 3, 4)]
    [InlineData(3, 2, 2, 2, 3)]
    [InlineData(1, 2, 2, 3, 3)]
    [InlineData(2, 1, 3, 2, 3)]
    public void Has_the_singular_values_of_the_map(int outputs, int inputs, int axes, int window, int grid)
    {
        var sizes = Enumerable.Repeat(window, axes).ToArray();
        var kernel = new Draws(17).Normals(outputs * inputs * (int)Math.Pow(window, axes));
        var matrices = new ConvolutionOperator(kernel, outputs, inputs, sizes, 1, grid).Matrices();
        var found = matrices.SelectMany(matrix => Spectrum.Of(matrix, SpectrumRoute.Accurate).SingularValues).Order().ToArray();
        var expected = Spectrum.Of(Map(kernel, outputs, inputs, sizes, grid), SpectrumRoute.Accurate, TestContext.Current.CancellationToken).SingularValues;
        Assert.Equal(expected.Count, found.Length);
        var allowed = expected[^1] * 16 * Math.Pow(2, -52) * Math.Sqrt(expected.Count);
        Assert.All(found.Zip(expected), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, allowed));
    }

    [Fact]
    public void Groups_are_maps_of_their_own()
    {
        var kernel = new Draws(3).Normals(3 * 2 * 3);
        var together = Values(new ConvolutionOperator(kernel, 1, 2, [3], 3, 6));
        var apart = Enumerable.Range(0, 3).SelectMany(group => Values(new ConvolutionOperator(kernel[(6 * group)..(6 * (group + 1))], 1, 2, [3], 1, 6))).Order();
        Assert.Equal(apart, together);
    }

    [Fact]
    public void A_window_longer_than_the_grid_counts_instead()
    {
        var kernel = new Draws(3).Normals(9);
        Assert.Equal(Values(new ConvolutionOperator(kernel, 1, 1, [9], 1, 9)), Values(new ConvolutionOperator(kernel, 1, 1, [9], 1, 2)));
        Assert.Equal(9 * 4, ConvolutionOperator.Frequencies([9, 2], 4));
    }

    private static double[] Values(ConvolutionOperator map) => [.. map.Matrices().SelectMany(matrix => Spectrum.Of(matrix, SpectrumRoute.Gram).SingularValues).Order()];

    /// <summary>Element (output, place), (input, place + position) is K[output, input, position], places counted round.</summary>
    private static DenseMatrix Map(double[] kernel, int outputs, int inputs, int[] window, int grid)
    {
        var places = (int)Math.Pow(grid, window.Length);
        var positions = kernel.Length / (outputs * inputs);
        var values = new double[outputs * places * inputs * places];
        for (var k = 0; k < kernel.Length; k++)
        {
            var (output, input, position) = (k / (inputs * positions), k / positions % inputs, k % positions);
            for (var place = 0; place < places; place++)
            {
                values[(((output * places) + place) * inputs * places) + (input * places) + Shifted(place, position, window, grid)] += kernel[k];
            }
        }

        return new DenseMatrix(outputs * places, inputs * places, values);
    }

    private static int Shifted(int place, int position, int[] window, int grid)
    {
        var (shifted, step) = (0, 1);
        for (var axis = window.Length - 1; axis >= 0; axis--)
        {
            shifted += ((place % grid) + (position % window[axis])) % grid * step;
            (place, position, step) = (place / grid, position / window[axis], step * grid);
        }

        return shifted;
    }
}
