using System.Text;

namespace Eigenscope.Training.Data;

/// <summary>Windows of a text: the characters of each are the inputs, those that follow them the labels.</summary>
internal sealed class Text : TrainingData
{
    /// <summary>The text is cut into as many pieces, of which the seed chooses the tenth part to be held out whole.</summary>
    private const int Pieces = 20;
    private const int HeldOutPieces = 2;
    private const int MostCharacters = 64 << 20;
    private const int MostTokens = 8192;

    private readonly int[] tokens;
    private readonly int context;
    private readonly int[] training;
    private readonly int[] heldOut;

    private Text(int[] tokens, IReadOnlyList<string> vocabulary, int context, int[] training, int[] heldOut)
    {
        (this.tokens, this.context, this.training, this.heldOut) = (tokens, context, training, heldOut);
        Vocabulary = vocabulary;
    }

    /// <inheritdoc/>
    public override int TrainingCount => training.Length;

    /// <inheritdoc/>
    public override int HeldOutCount => heldOut.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Vocabulary { get; }

    /// <inheritdoc/>
    internal override DataShape Shape => new(0, Vocabulary.Count);

    /// <summary>Reads a file of UTF-8.</summary>
    /// <exception cref="TrainingException">It is not there, or is none.</exception>
    public static Text OfFile(DataOptions options, int context)
    {
        var path = options.Path ?? throw new TrainingException("no file of text is named");
        try
        {
            TrainingException.Require(new FileInfo(path).Length <= MostCharacters, $"{path}: a text of more than {MostCharacters >> 20} MiB is not read");
            return Of(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)), path, options, context);
        }
        catch (DecoderFallbackException)
        {
            throw new TrainingException($"{path}: this is no text in UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: {e.Message}");
        }
    }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">The seed, and how many windows are held out.</param>
    /// <param name="context">Characters of a window.</param>
    /// <exception cref="TrainingException">It is too short, or has too many characters.</exception>
    public static Text Of(string text, string name, DataOptions options, int context)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        Rune[] known = [.. runes.Distinct().Order()];
        TrainingException.Require(known.Length is >= 2 and <= MostTokens, $"{name}: {known.Length} different characters are not among 2 to {MostTokens}");
        var length = runes.Length / Pieces;
        TrainingException.Require(length > context, $"{name}: a text of {runes.Length} characters is too short for a context of {context}; {Pieces * (context + 1)} are wanted");
        var numbers = Enumerable.Range(0, known.Length).ToDictionary(i => known[i]);
        var order = new int[Pieces];
        BatchOrder.Shuffle(Seeds.Of((ulong)options.Seed, Seeds.Use.Split), order);
        int[] all = [.. order[..HeldOutPieces].Order().SelectMany(piece => Starts(piece, length, context))];
        var count = Math.Min(options.HeldOut, all.Length);
        return new Text(
            Array.ConvertAll(runes, rune => numbers[rune]),
            Array.ConvertAll(known, rune => rune.ToString()),
            context,
            [.. order[HeldOutPieces..].Order().SelectMany(piece => Starts(piece, length, context))],
            [.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)])]);
    }

    /// <inheritdoc/>
    internal override void Fill(Batch batch, ReadOnlySpan<int> examples, bool isHeldOut)
    {
        var starts = isHeldOut ? heldOut : training;
        var (inputs, labels) = batch.Text(examples.Length * context);
        for (var i = 0; i < examples.Length; i++)
        {
            tokens.AsSpan(starts[examples[i]], context).CopyTo(inputs.AsSpan(i * context));
            tokens.AsSpan(starts[examples[i]] + 1, context).CopyTo(labels.AsSpan(i * context));
        }
    }

    /// <summary>Where windows begin that lie in a piece, the character after them included.</summary>
    private static IEnumerable<int> Starts(int piece, int length, int context) => Enumerable.Range(piece * length, length - context);
}
