namespace Eigenscope.Training.Data;

/// <summary>Examples for training and examples held out. Never changes, so any number of trainings may use it at once.</summary>
public abstract class TrainingData
{
    /// <summary>Examples for training.</summary>
    public abstract int TrainingCount { get; }

    /// <summary>Examples held out.</summary>
    public abstract int HeldOutCount { get; }

    /// <summary>The characters that tokens stand for, in their order; null where there is no text.</summary>
    public virtual IReadOnlyList<string>? Vocabulary => null;

    /// <summary>What a network must fit.</summary>
    internal abstract DataShape Shape { get; }

    /// <summary>Makes or reads the data.</summary>
    /// <param name="options">The options: of the network only the context counts.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="TrainingException">The options or a file cannot be used; the message says why.</exception>
    public static TrainingData Of(TrainingOptions options, CancellationToken cancellation = default)
    {
        options.Data.Check();
        return options.Data.Kind switch
        {
            DataKind.Digits => Digits.Of(options.Data, cancellation),
            DataKind.ImageFiles => ImageFiles.Of(options.Data),
            DataKind.LinearTeacher => LinearTeacher.Of(options.Data, cancellation),
            DataKind.ClassTeacher => ClassTeacher.Of(options.Data, cancellation),
            DataKind.Grammar => Text.Of(GrammarText.Write((ulong)options.Data.Seed, GrammarText.CharactersPerExample * options.Data.Examples), "the grammar's text", options.Data, options.Network.Context),
            DataKind.TextFile => Text.OfFile(options.Data, options.Network.Context),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Data.Kind, null),
        };
    }

    /// <summary>Fills a batch with some examples.</summary>
    internal abstract void Fill(Batch batch, ReadOnlySpan<int> examples, bool isHeldOut);
}
