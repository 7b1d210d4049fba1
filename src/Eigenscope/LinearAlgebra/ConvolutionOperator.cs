namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The linear map of a convolution of stride 1 on a periodic input: in the Fourier basis one matrix of outputs by inputs for each frequency f,
/// P(f) = sum_k K_k exp(-2 pi i f k / n), whose singular values together are those of the map (Sedghi, Gupta and Long 2019, theorem 6).
/// </summary>
/// <remarks>
/// The matrices are real here. Frequencies f and -f have the same singular values, and [Re -Im; Im Re] has those of P twice: it stands for both. Where f and -f are the
/// same, P is real and stands for itself.
/// </remarks>
/// <param name="kernel">The elements K[output, input, position], row-major.</param>
/// <param name="outputs">The number of outputs of a group.</param>
/// <param name="inputs">The number of inputs of a group.</param>
/// <param name="window">The sides of the window; positions count through them in row-major order.</param>
/// <param name="groups">How many groups of outputs there are, each with inputs of its own.</param>
/// <param name="grid">The least side n of the input; along an axis on which the window is longer, n is the window's.</param>
internal sealed class ConvolutionOperator(double[] kernel, int outputs, int inputs, IReadOnlyList<int> window, int groups, int grid)
{
    private readonly int positions = window.Aggregate(1, (product, size) => product * size);
    private readonly int[] sides = [.. window.Select(size => Math.Max(size, grid))];

    /// <summary>How many frequencies there are.</summary>
    public static long Frequencies(IEnumerable<int> window, int grid) => window.Aggregate(1L, (product, size) => product * Math.Max(size, grid));

    /// <summary>The matrices, in a fixed order.</summary>
    public IEnumerable<IMatrix> Matrices()
    {
        foreach (var frequency in Indices(sides))
        {
            int[] opposite = [.. frequency.Select((f, axis) => f == 0 ? 0 : sides[axis] - f)];
            var order = frequency.AsSpan().SequenceCompareTo(opposite);
            for (var group = 0; group < groups && order <= 0; group++)
            {
                yield return order == 0 ? Real(frequency, group) : Complex(frequency, group);
            }
        }
    }

    private DenseMatrix Real(int[] frequency, int group) => new(outputs, inputs, Sum(Waves(frequency, Math.Cos), group));

    private DenseMatrix Complex(int[] frequency, int group)
    {
        var (re, im) = (Sum(Waves(frequency, Math.Cos), group), Sum(Waves(frequency, Math.Sin), group));
        var values = new double[4 * re.Length];
        for (var i = 0; i < outputs; i++)
        {
            for (var j = 0; j < inputs; j++)
            {
                var (x, y) = (re[(i * inputs) + j], im[(i * inputs) + j]);
                values[(i * 2 * inputs) + j] = values[((outputs + i) * 2 * inputs) + inputs + j] = x;
                values[(i * 2 * inputs) + inputs + j] = y;
                values[((outputs + i) * 2 * inputs) + j] = -y;
            }
        }

        return new(2 * outputs, 2 * inputs, values);
    }

    /// <summary>cos or sin of 2 pi f k / n at every position k of the window.</summary>
    private double[] Waves(int[] frequency, Func<double, double> wave) =>
        [.. Indices(window).Select(position => wave(2 * Math.PI * position.Select((k, axis) => (double)frequency[axis] * k / sides[axis]).Sum()))];

    /// <summary>The sum over positions, for each output and input of a group.</summary>
    private double[] Sum(double[] waves, int group)
    {
        var sums = new double[outputs * inputs];
        for (var element = 0; element < sums.Length; element++)
        {
            var at = kernel.AsSpan(((group * sums.Length) + element) * positions, positions);
            for (var k = 0; k < at.Length; k++)
            {
                sums[element] += at[k] * waves[k];
            }
        }

        return sums;
    }

    /// <summary>All indices of a grid, the last axis fastest.</summary>
    private static IEnumerable<int[]> Indices(IReadOnlyList<int> sizes)
    {
        var count = sizes.Aggregate(1L, (product, size) => product * size);
        for (var k = 0L; k < count; k++)
        {
            var (index, rest) = (new int[sizes.Count], k);
            for (var axis = sizes.Count - 1; axis >= 0; axis--)
            {
                (rest, var digit) = Math.DivRem(rest, sizes[axis]);
                index[axis] = (int)digit;
            }

            yield return index;
        }
    }
}
