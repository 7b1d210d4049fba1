using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.Training.Networks;

/// <summary>
/// Attention of several heads among the rows of each sequence: O = softmax(Q K^T / sqrt(d)) V for each head of width d, all heads side by side, then a projection (Vaswani et al. 2017). Causal attention
/// gives no weight to later rows.
/// </summary>
internal sealed class SelfAttention : ILayer
{
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;
    private readonly Linear output;
    private readonly int width;
    private readonly int heads;
    private readonly int length;
    private readonly bool isCausal;
    private RowMajor? weights;
    private RowMajor? weightGradients;
    private RowMajor? mixed;
    private RowMajor? queryGradient;
    private RowMajor? keyGradient;
    private RowMajor? valueGradient;
    private RowMajor? inputGradient;
    private (RowMajor Q, RowMajor K, RowMajor V) last;

    /// <param name="name">The name of the module: its weights are NAME.q_proj.weight and so on.</param>
    /// <param name="width">The width of a row, a multiple of the heads.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="length">The rows of a sequence.</param>
    /// <param name="isCausal">True where a row sees only itself and those before.</param>
    public SelfAttention(string name, int width, int heads, int length, bool isCausal)
    {
        (this.width, this.heads, this.length, this.isCausal) = (width, heads, length, isCausal);
        query = new Linear($"{name}.q_proj", width, width);
        key = new Linear($"{name}.k_proj", width, width);
        value = new Linear($"{name}.v_proj", width, width);
        output = new Linear($"{name}.o_proj", width, width);
    }

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => [.. query.Parameters, .. key.Parameters, .. value.Parameters, .. output.Parameters];

    /// <summary>The weight through which it writes to the stream.</summary>
    public Parameter OutputWeight => output.Weight;

    private int HeadWidth => width / heads;

    private double Scale => 1 / Math.Sqrt(HeadWidth);

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution)
    {
        last = (query.Forward(inputs, execution), key.Forward(inputs, execution), value.Forward(inputs, execution));
        var p = RowMajor.Reuse(ref weights, inputs.Rows * heads, length);
        var o = RowMajor.Reuse(ref mixed, inputs.Rows, width);
        execution.ForEach(inputs.Rows / length * heads, piece => ForwardHead(piece, p, o, execution.Kernel));
        return output.Forward(o, execution);
    }

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution)
    {
        var d = output.Backward(gradient, execution);
        var rows = d.Rows;
        var dp = RowMajor.Reuse(ref weightGradients, rows * heads, length);
        var (dq, dk, dv) = (RowMajor.Reuse(ref queryGradient, rows, width), RowMajor.Reuse(ref keyGradient, rows, width), RowMajor.Reuse(ref valueGradient, rows, width));
        execution.ForEach(rows / length * heads, piece => BackwardHead(piece, d, dp, (dq, dk, dv), execution.Kernel));
        var dx = RowMajor.Reuse(ref inputGradient, rows, width);
        query.Backward(dq, execution).Elements.CopyTo(dx.Elements);
        SpanSums.Add(key.Backward(dk, execution).Elements, dx.Elements);
        SpanSums.Add(value.Backward(dv, execution).Elements, dx.Elements);
        return dx;
    }

    /// <summary>The part of a matrix that belongs to one head of one sequence.</summary>
    private MatrixView Head(RowMajor x, int piece) => x.View.Part(piece / heads * length, piece % heads * HeadWidth, length, HeadWidth);

    /// <summary>The attention weights of one head of one sequence.</summary>
    private MatrixView Weights(RowMajor p, int piece) => p.View.Part(piece * length, 0, length, length);

    private void ForwardHead(int piece, RowMajor p, RowMajor o, TileKernel kernel)
    {
        RowProduct.Of(Head(last.Q, piece), Head(last.K, piece).Transposed, Weights(p, piece), TileKernel.Update.Set, kernel);
        for (var i = 0; i < length; i++)
        {
            Softmax(p.Row((piece * length) + i), isCausal ? i + 1 : length);
        }

        RowProduct.Of(Weights(p, piece), Head(last.V, piece), Head(o, piece), TileKernel.Update.Set, kernel);
    }

    /// <summary>Puts softmax(x scale) in the place of the scores that are seen, and zero in that of the others.</summary>
    private void Softmax(Span<double> scores, int seen)
    {
        scores[seen..].Clear();
        scores = scores[..seen];
        SpanSums.Affine(Scale, scores, 0, scores);
        Exponential.OfDifference(scores, scores[SpanSums.Largest(scores)]);
        SpanSums.Affine(1 / SpanSums.Sum(scores), scores, 0, scores);
    }

    private void BackwardHead(int piece, RowMajor d, RowMajor dp, (RowMajor Q, RowMajor K, RowMajor V) gradients, TileKernel kernel)
    {
        var p = weights!;
        RowProduct.Of(Weights(p, piece).Transposed, Head(d, piece), Head(gradients.V, piece), TileKernel.Update.Set, kernel);
        RowProduct.Of(Head(d, piece), Head(last.V, piece).Transposed, Weights(dp, piece), TileKernel.Update.Set, kernel);
        for (var i = piece * length; i < (piece + 1) * length; i++)
        {
            ScoreGradient(p.Row(i), dp.Row(i));
        }

        RowProduct.Of(Weights(dp, piece), Head(last.K, piece), Head(gradients.Q, piece), TileKernel.Update.Set, kernel);
        RowProduct.Of(Weights(dp, piece).Transposed, Head(last.Q, piece), Head(gradients.K, piece), TileKernel.Update.Set, kernel);
    }

    /// <summary>From the derivatives by the weights p to those by the scores: p (dp - p . dp) scale.</summary>
    private void ScoreGradient(ReadOnlySpan<double> p, Span<double> dp)
    {
        SpanSums.Affine(Scale, dp, -Lanes.Dot(p, dp) * Scale, dp);
        SpanSums.Multiply(p, dp);
    }
}
