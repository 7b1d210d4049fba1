using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Data;

/// <summary>Examples that are worked on together; filled again and again.</summary>
internal sealed class Batch
{
    private RowMajor? inputs;
    private RowMajor? targets;

    /// <summary>A row of numbers for each example; null for text.</summary>
    public RowMajor? Inputs => inputs;

    /// <summary>The tokens of each example, one after another; null where there are inputs.</summary>
    public int[]? Tokens { get; private set; }

    /// <summary>The class of each row of outputs; null where there are targets.</summary>
    public int[]? Labels { get; private set; }

    /// <summary>The wanted outputs; null where there are classes.</summary>
    public RowMajor? Targets => targets;

    /// <summary>Room for examples with inputs and classes.</summary>
    public (RowMajor Inputs, int[] Labels) Classified(int examples, int width)
    {
        Labels = Labels?.Length == examples ? Labels : new int[examples];
        return (RowMajor.Reuse(ref inputs, examples, width), Labels);
    }

    /// <summary>Room for examples with inputs and targets.</summary>
    public (RowMajor Inputs, RowMajor Targets) Targeted(int examples, int width, int outputs) =>
        (RowMajor.Reuse(ref inputs, examples, width), RowMajor.Reuse(ref targets, examples, outputs));

    /// <summary>Room for tokens and those that follow them.</summary>
    public (int[] Tokens, int[] Labels) Text(int count)
    {
        Labels = Labels?.Length == count ? Labels : new int[count];
        return (Tokens = Tokens?.Length == count ? Tokens : new int[count], Labels);
    }
}
