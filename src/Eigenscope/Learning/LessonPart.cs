namespace Eigenscope.Learning;

/// <summary>Something that a step of a lesson shows.</summary>
public abstract record LessonPart;

/// <summary>Some sentences.</summary>
/// <param name="Text">The sentences.</param>
public sealed record Paragraph(LessonText Text) : LessonPart;

/// <summary>A line of mathematics: texts and matrices side by side.</summary>
/// <param name="Pieces">At least one.</param>
public sealed record Formula(IReadOnlyList<FormulaPiece> Pieces) : LessonPart;

/// <summary>A part of a line of mathematics: either a text or a matrix.</summary>
/// <param name="Text">The text; null for a matrix.</param>
/// <param name="Matrix">The matrix; null for a text.</param>
public sealed record FormulaPiece(LessonText? Text, CellMatrix? Matrix)
{
    /// <summary>A text.</summary>
    public static implicit operator FormulaPiece(LessonText text) => new(text, null);

    /// <summary>A matrix.</summary>
    public static implicit operator FormulaPiece(CellMatrix matrix) => new(null, matrix);

}

/// <summary>A matrix as it is written.</summary>
/// <param name="Cells">The rows, each with its cells.</param>
/// <param name="RowNames">What its rows stand for; null where nothing is said.</param>
/// <param name="ColumnNames">What its columns stand for; null where nothing is said.</param>
public sealed record CellMatrix(IReadOnlyList<IReadOnlyList<string>> Cells, IReadOnlyList<string>? RowNames = null, IReadOnlyList<string>? ColumnNames = null);

/// <summary>A table.</summary>
/// <param name="Columns">The heading of each column.</param>
/// <param name="Rows">The rows, each with a cell a column.</param>
public sealed record NumberTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : LessonPart;

/// <summary>Something that must hold, held against numbers: how far it is off, and how far rounding may put it off.</summary>
/// <param name="Text">What must hold.</param>
/// <param name="Error">How far it is off, in the units of what is compared; 0 where it was compared exactly.</param>
/// <param name="Bound">How far it may be off.</param>
public sealed record Claim(LessonText Text, double Error, double Bound) : LessonPart
{
    /// <summary>True where it holds.</summary>
    public bool Holds => Error <= Bound;

    /// <summary>What must hold, and how exactly it does.</summary>
    public override string ToString() => $"{Text} ({(this is { Error: 0, Bound: 0 } ? "exactly" : $"off by {Digits.Error(Error)}, allowed {Digits.Error(Bound)}")})";
}
