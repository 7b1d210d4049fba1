namespace Eigenscope.Models.Gguf;

/// <summary>Writes the elements of one block.</summary>
internal delegate void BlockDecoder(ReadOnlySpan<byte> block, Span<double> to);

/// <summary>A quantisation of ggml that is decoded.</summary>
/// <param name="name">Its name.</param>
/// <param name="elements">Elements in a block.</param>
/// <param name="bytes">Bytes in a block.</param>
/// <param name="bits">The width of the integer, or of the code, that stands for an element.</param>
/// <param name="decode">Its formula.</param>
internal sealed class GgmlQuantization(string name, int elements, int bytes, int bits, BlockDecoder decode) : BlockQuantization
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>One step of the integer over half of its range, 2^-(bits - 1): values below the largest of a block differ by about as much of it.</summary>
    public override double Epsilon { get; } = 1.0 / (1 << (bits - 1));

    /// <inheritdoc/>
    public override int BlockElements => elements;

    /// <inheritdoc/>
    public override int BlockBytes => bytes;

    /// <inheritdoc/>
    public override void Decode(ReadOnlySpan<byte> block, Span<double> to) => decode(block, to);
}
