namespace Eigenscope.Learning;

/// <summary>Puts a step of a lesson together, part after part.</summary>
/// <param name="title">What is done in it.</param>
internal sealed class StepBuilder(LessonText title)
{
    private readonly List<LessonPart> parts = [];

    /// <summary>The step.</summary>
    public LessonStep Step => new(title, parts);

    /// <summary>A piece of a formula.</summary>
    public static FormulaPiece Text(LessonText text) => new(text, null);

    /// <summary>Adds some sentences.</summary>
    public StepBuilder Say(LessonText text)
    {
        parts.Add(new Paragraph(text));
        return this;
    }

    /// <summary>Adds a line of mathematics.</summary>
    public StepBuilder Write(LessonText text) => Write(Text(text));

    /// <summary>Adds a line of mathematics.</summary>
    public StepBuilder Write(params IReadOnlyList<FormulaPiece> pieces)
    {
        parts.Add(new Formula(pieces));
        return this;
    }

    /// <summary>Adds a table.</summary>
    public StepBuilder Tabulate(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        parts.Add(new NumberTable(columns, [.. rows]));
        return this;
    }

    /// <summary>Adds something that must hold.</summary>
    public StepBuilder Require(LessonText text, double error, double bound)
    {
        parts.Add(new Claim(text, error, bound));
        return this;
    }

    /// <summary>Adds something that must hold exactly.</summary>
    public StepBuilder RequireExactly(LessonText text, Rational difference) => Require(text, difference.Magnitude.ToDouble(), 0);

    /// <summary>Adds a picture.</summary>
    public StepBuilder Draw(LessonFigure figure)
    {
        parts.Add(figure);
        return this;
    }
}
