using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>The vector of each token plus that of its place, both learned.</summary>
/// <param name="tokenName">The name of the module of tokens.</param>
/// <param name="positionName">The name of the module of places.</param>
/// <param name="vocabulary">How many tokens there are.</param>
/// <param name="length">The places of a sequence.</param>
/// <param name="width">The length of a vector.</param>
/// <param name="isShared">True where the vectors of tokens are the weight of another layer too, which has set its gradient before.</param>
internal sealed class TokenEmbedding(string tokenName, string positionName, int vocabulary, int length, int width, bool isShared)
{
    private RowMajor? outputs;
    private int[] last = [];

    /// <summary>A vector for each token.</summary>
    public Parameter Tokens { get; } = new($"{tokenName}.weight", vocabulary, width);

    /// <summary>A vector for each place.</summary>
    public Parameter Positions { get; } = new($"{positionName}.weight", length, width);

    /// <summary>A row for each token; sequences of equal length follow one another.</summary>
    public RowMajor Forward(int[] tokens)
    {
        last = tokens;
        var y = RowMajor.Reuse(ref outputs, tokens.Length, width);
        for (var i = 0; i < tokens.Length; i++)
        {
            Tokens.Value.Row(tokens[i]).CopyTo(y.Row(i));
            SpanSums.Add(Positions.Value.Row(i % length), y.Row(i));
        }

        return y;
    }

    /// <summary>Sets the gradients.</summary>
    public void Backward(RowMajor gradient)
    {
        Positions.Gradient.Elements.Clear();
        if (!isShared)
        {
            Tokens.Gradient.Elements.Clear();
        }

        for (var i = 0; i < last.Length; i++)
        {
            SpanSums.Add(gradient.Row(i), Tokens.Gradient.Row(last[i]));
            SpanSums.Add(gradient.Row(i), Positions.Gradient.Row(i % length));
        }
    }
}
