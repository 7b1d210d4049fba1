using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Training.Networks;

namespace Eigenscope.Training.Gradients;

/// <summary>
/// Means and variances of the gradients by one weight matrix, gradient after gradient: none is kept. With D = g - mean so far, n gradients so far, the sum of squared deviations grows by D D^T n / (n + 1)
/// (Welford 1962).
/// </summary>
internal sealed class GradientAccumulator
{
    private readonly Parameter parameter;
    private readonly RowMajor mean;
    private readonly RowMajor deviation;
    private readonly RowMajor rows;
    private readonly RowMajor columns;
    private readonly RowMajor left;
    private readonly RowMajor right;
    private readonly RowMajor projected;
    private readonly double[] eigenvalues;
    private readonly double[] modeSquares;
    private int count;

    /// <summary>Begins with the singular vectors of the present weights.</summary>
    public GradientAccumulator(Parameter parameter, CancellationToken cancellation)
    {
        this.parameter = parameter;
        var (n, m) = (parameter.Value.Rows, parameter.Value.Columns);
        (mean, deviation, rows, columns) = (new RowMajor(n, m), new RowMajor(n, m), new RowMajor(n, n), new RowMajor(m, m));
        var vectors = LeadingVectors.Of(parameter.Value.ToDense(), Math.Min(n, m), cancellation: cancellation);
        (left, right) = (Stacked(vectors.Left, n), Stacked(vectors.Right, m));
        projected = new RowMajor(left.Rows, m);
        eigenvalues = [.. vectors.SingularValues.Select(sigma => sigma * sigma)];
        modeSquares = new double[eigenvalues.Length];
    }

    /// <summary>Takes in the present gradient of the parameter.</summary>
    public void Add(Execution execution)
    {
        var weight = Math.Sqrt(count / (count + 1.0));
        parameter.Gradient.Elements.CopyTo(deviation.Elements);
        SpanSums.AddScaled(-1, mean.Elements, deviation.Elements);
        AddModes(execution);
        SpanSums.AddScaled(1.0 / (count + 1), deviation.Elements, mean.Elements);
        SpanSums.Affine(weight, deviation.Elements, 0, deviation.Elements);
        RowProduct.Of(deviation.View, deviation.View.Transposed, rows.View, TileKernel.Update.Add, execution);
        RowProduct.Of(deviation.View.Transposed, deviation.View, columns.View, TileKernel.Update.Add, execution);
        count++;
    }

    /// <summary>The statistics of what was taken in: two gradients or more.</summary>
    public MatrixGradientStatistics Finish()
    {
        var (n, m) = (mean.Rows, mean.Columns);
        var trace = 0.0;
        for (var i = 0; i < n; i++)
        {
            trace += rows.Row(i)[i];
        }

        var variance = trace / (count - 1) / ((double)n * m);
        SpanSums.Affine(1.0 / (count - 1) / m, rows.Elements, 0, rows.Elements);
        SpanSums.Affine(variance == 0 ? 0 : 1.0 / (count - 1) / (n * variance), columns.Elements, 0, columns.Elements);
        return new(parameter.Name, mean.ToDense(), rows.ToDense(), columns.ToDense(), variance, Array.ConvertAll(modeSquares, sum => sum / (count - 1)), eigenvalues);
    }

    /// <summary>With d_k = u_k^T D v_k, the sum of squared deviations grows by d_k^2 n / (n + 1).</summary>
    private void AddModes(Execution execution)
    {
        if (eigenvalues.Length == 0)
        {
            return;
        }

        RowProduct.Of(left.View, deviation.View, projected.View, TileKernel.Update.Set, execution);
        for (var k = 0; k < eigenvalues.Length; k++)
        {
            var d = Lanes.Dot(projected.Row(k), right.Row(k));
            modeSquares[k] += d * d * (count / (count + 1.0));
        }
    }

    private static RowMajor Stacked(IReadOnlyList<double[]> vectors, int length)
    {
        var matrix = new RowMajor(vectors.Count, length);
        for (var k = 0; k < vectors.Count; k++)
        {
            vectors[k].CopyTo(matrix.Row(k));
        }

        return matrix;
    }
}
