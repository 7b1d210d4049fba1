using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>Each row less its mean, divided by the root of its variance + 1e-5, times a scale, plus a shift (Ba, Kiros and Hinton 2016).</summary>
internal sealed class LayerNorm : ILayer
{
    private const double Epsilon = 1e-5;
    private const int Portion = 64;

    private readonly Parameter scale;
    private readonly Parameter shift;
    private RowMajor? standard;
    private RowMajor? outputs;
    private RowMajor? inputGradient;
    private double[] inverse = [];

    /// <param name="name">The name of the module: its scale is NAME.weight.</param>
    /// <param name="width">The length of a row.</param>
    public LayerNorm(string name, int width)
    {
        (scale, shift) = (new Parameter($"{name}.weight", width), new Parameter($"{name}.bias", width));
        scale.Value.Elements.Fill(1);
    }

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => [scale, shift];

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution)
    {
        var (y, normal) = (RowMajor.Reuse(ref outputs, inputs.Rows, inputs.Columns), RowMajor.Reuse(ref standard, inputs.Rows, inputs.Columns));
        Array.Resize(ref inverse, inputs.Rows);
        ForEachRow(inputs.Rows, execution, i =>
        {
            inverse[i] = Standardize(inputs.Row(i), normal.Row(i));
            shift.Value.Elements.CopyTo(y.Row(i));
            SpanSums.AddProduct(normal.Row(i), scale.Value.Elements, y.Row(i));
        });
        return y;
    }

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution)
    {
        var (dx, normal) = (RowMajor.Reuse(ref inputGradient, gradient.Rows, gradient.Columns), standard!);
        ForEachRow(gradient.Rows, execution, i => BackwardRow(gradient.Row(i), normal.Row(i), inverse[i], dx.Row(i)));
        scale.Gradient.Elements.Clear();
        shift.Gradient.Elements.Clear();
        for (var i = 0; i < gradient.Rows; i++)
        {
            SpanSums.AddProduct(gradient.Row(i), normal.Row(i), scale.Gradient.Elements);
            SpanSums.Add(gradient.Row(i), shift.Gradient.Elements);
        }

        return dx;
    }

    private static void ForEachRow(int rows, Execution execution, Action<int> work) => execution.ForEach((rows + Portion - 1) / Portion, piece =>
    {
        for (var i = piece * Portion; i < Math.Min(rows, (piece + 1) * Portion); i++)
        {
            work(i);
        }
    });

    /// <summary>Writes (x - mean) / root, and returns 1 / root.</summary>
    private static double Standardize(ReadOnlySpan<double> x, Span<double> normal)
    {
        SpanSums.Affine(1, x, -SpanSums.Sum(x) / x.Length, normal);
        var factor = 1 / Math.Sqrt((Lanes.Dot(normal, normal) / x.Length) + Epsilon);
        SpanSums.Affine(factor, normal, 0, normal);
        return factor;
    }

    /// <summary>With h = dy scale: dx = (h - mean(h) - normal mean(h normal)) / root.</summary>
    private void BackwardRow(ReadOnlySpan<double> dy, ReadOnlySpan<double> normal, double factor, Span<double> dx)
    {
        dx.Clear();
        SpanSums.AddProduct(dy, scale.Value.Elements, dx);
        var (mean, projection) = (SpanSums.Sum(dx) / dx.Length, Lanes.Dot(dx, normal) / dx.Length);
        SpanSums.AddScaled(-projection, normal, dx);
        SpanSums.Affine(factor, dx, -mean * factor, dx);
    }
}
