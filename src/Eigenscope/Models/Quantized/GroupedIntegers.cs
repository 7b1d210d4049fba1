namespace Eigenscope.Models.Quantized;

/// <summary>
/// Integers of a few bits with a scale and a zero point for each output and group of inputs, w = (q - z) s, stored [in, out] in 32-bit words: those of GPTQ
/// (Frantar et al. 2023) hold neighbours along the inputs, those of AWQ (Lin et al. 2024) along the outputs, in an order of its own.
/// </summary>
/// <param name="Words">The packed integers.</param>
/// <param name="Zeros">The packed zero points, [groups, out].</param>
/// <param name="Scales">The scales, [groups, out].</param>
/// <param name="Groups">The group of each input; null for groups of equal length, one after another.</param>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Outputs">The number of outputs.</param>
/// <param name="Bits">Bits of an integer.</param>
/// <param name="IsAwq">True for AWQ's layout.</param>
/// <param name="ZeroOffset">What is added to every stored zero point: 1 in the first format of GPTQ.</param>
internal sealed record GroupedIntegers(Tensor Words, Tensor Zeros, Tensor Scales, Tensor? Groups, long Inputs, long Outputs, int Bits, bool IsAwq, int ZeroOffset)
{
    /// <summary>Where in a word AWQ keeps the output j mod 8.</summary>
    private static readonly int[] AwqPlaces = [0, 4, 1, 5, 2, 6, 3, 7];

    private int PerWord => 32 / Bits;

    private uint Mask => (1u << Bits) - 1;

    /// <summary>Writes a part of the row of an input.</summary>
    public void ReadRow(long input, long column, Span<double> to)
    {
        var group = GroupOf(input);
        var (weights, zeros, scales) = (new uint[to.Length], new uint[to.Length], new float[to.Length]);
        ReadWeights(input, column, weights);
        Unpack(Zeros, group, column, zeros, IsAwq);
        Companions.ReadScales(Scales, (group * Outputs) + column, scales);
        for (var j = 0; j < to.Length; j++)
        {
            to[j] = ((int)weights[j] - (int)zeros[j] - ZeroOffset) * scales[j];
        }
    }

    private long GroupOf(long input)
    {
        if (Groups is null)
        {
            return input / (Inputs / Scales.Shape[0]);
        }

        Span<uint> group = stackalloc uint[1];
        Companions.ReadWords(Groups, input, group);
        return group[0] < Scales.Shape[0] ? group[0]
            : throw new ModelFormatException(ModelFault.Inconsistent, Groups.Bytes.Path, $"tensor '{Groups.Name}' gives input {input} the group {group[0]}, and there are {Scales.Shape[0]}");
    }

    private void ReadWeights(long input, long column, Span<uint> to)
    {
        if (IsAwq)
        {
            Unpack(Words, input, column, to, awq: true);
            return;
        }

        Companions.ReadWords(Words, (input / PerWord * Outputs) + column, to);
        var shift = (int)(input % PerWord) * Bits;
        foreach (ref var word in to)
        {
            word = (word >> shift) & Mask;
        }
    }

    /// <summary>Integers that are packed along the outputs.</summary>
    private void Unpack(Tensor packed, long row, long column, Span<uint> to, bool awq)
    {
        var first = column / PerWord;
        var words = new uint[((column + to.Length - 1) / PerWord) - first + 1];
        Companions.ReadWords(packed, (row * (Outputs / PerWord)) + first, words);
        for (var j = 0; j < to.Length; j++)
        {
            var place = (int)((column + j) % PerWord);
            to[j] = (words[((column + j) / PerWord) - first] >> ((awq ? AwqPlaces[place] : place) * Bits)) & Mask;
        }
    }
}

/// <summary>The matrix of <see cref="GroupedIntegers"/>.</summary>
internal sealed class GroupedQuantization(GroupedIntegers integers) : MatrixQuantization(integers.Words, integers.Outputs)
{
    /// <inheritdoc/>
    public override string Name => $"{(integers.IsAwq ? "AWQ" : "GPTQ")} int{integers.Bits}";

    /// <inheritdoc/>
    public override double Epsilon => 2.0 / (1 << integers.Bits);

    /// <inheritdoc/>
    protected override void ReadRow(long row, long column, Span<double> to) => integers.ReadRow(row, column, to);
}
