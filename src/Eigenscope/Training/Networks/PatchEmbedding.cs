using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>
/// Square pieces of an image, each projected to a vector, plus that of its place; before them, where wanted, a learned vector that belongs to no piece (Dosovitskiy et al. 2020).
/// </summary>
internal sealed class PatchEmbedding
{
    private readonly Linear projection;
    private readonly Parameter? first;
    private readonly Parameter positions;
    private readonly int side;
    private readonly int patch;
    private RowMajor? pieces;
    private RowMajor? outputs;
    private RowMajor? pieceGradient;

    /// <param name="name">The name of the network.</param>
    /// <param name="side">The rows and columns of an image.</param>
    /// <param name="patch">The rows and columns of a piece, a divisor of the side.</param>
    /// <param name="width">The length of a vector.</param>
    /// <param name="hasClassToken">True for the vector before the pieces.</param>
    public PatchEmbedding(string name, int side, int patch, int width, bool hasClassToken)
    {
        (this.side, this.patch) = (side, patch);
        projection = new Linear($"{name}.patch_embed.proj", patch * patch, width, isFirst: true);
        first = hasClassToken ? new Parameter($"{name}.cls_token", width) : null;
        positions = new Parameter($"{name}.pos_embed", Length, width);
    }

    /// <summary>What is trained.</summary>
    public IEnumerable<Parameter> Parameters => first is null ? [.. projection.Parameters, positions] : [.. projection.Parameters, first, positions];

    /// <summary>The vectors of places and of no piece: neither has inputs.</summary>
    public IEnumerable<Parameter> Vectors => first is null ? [positions] : [first, positions];

    /// <summary>The rows of a sequence.</summary>
    public int Length => Pieces + Offset;

    private int Pieces => side / patch * (side / patch);

    private int Offset => first is null ? 0 : 1;

    /// <summary>From images, a row each, to sequences of vectors.</summary>
    public RowMajor Forward(RowMajor images, Execution execution)
    {
        var projected = projection.Forward(Cut(images), execution);
        var y = RowMajor.Reuse(ref outputs, images.Rows * Length, projected.Columns);
        for (var i = 0; i < y.Rows; i++)
        {
            Source(projected, i).CopyTo(y.Row(i));
            SpanSums.Add(positions.Value.Row(i % Length), y.Row(i));
        }

        return y;
    }

    /// <summary>Sets the gradients.</summary>
    public void Backward(RowMajor gradient, Execution execution)
    {
        var dy = RowMajor.Reuse(ref pieceGradient, gradient.Rows / Length * Pieces, gradient.Columns);
        positions.Gradient.Elements.Clear();
        first?.Gradient.Elements.Clear();
        for (var i = 0; i < gradient.Rows; i++)
        {
            SpanSums.Add(gradient.Row(i), positions.Gradient.Row(i % Length));
            if (i % Length < Offset)
            {
                SpanSums.Add(gradient.Row(i), first!.Gradient.Elements);
            }
            else
            {
                gradient.Row(i).CopyTo(dy.Row(PieceOf(i)));
            }
        }

        projection.Backward(dy, execution);
    }

    private int PieceOf(int row) => (row / Length * Pieces) + (row % Length) - Offset;

    private Span<double> Source(RowMajor projected, int row) => row % Length < Offset ? first!.Value.Elements : projected.Row(PieceOf(row));

    /// <summary>The pieces of all images, a row each.</summary>
    private RowMajor Cut(RowMajor images)
    {
        var x = RowMajor.Reuse(ref pieces, images.Rows * Pieces, patch * patch);
        for (var i = 0; i < x.Rows; i++)
        {
            var (piece, across) = (i % Pieces, side / patch);
            var corner = (piece / across * patch * side) + (piece % across * patch);
            for (var row = 0; row < patch; row++)
            {
                images.Row(i / Pieces).Slice(corner + (row * side), patch).CopyTo(x.Row(i)[(row * patch)..]);
            }
        }

        return x;
    }
}
