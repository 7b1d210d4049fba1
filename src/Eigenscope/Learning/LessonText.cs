using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Eigenscope.Learning;

/// <summary>A sentence or a line of mathematics made of a template and of what was computed for it; it remembers which is which.</summary>
/// <remarks>An interpolated string becomes one by itself: what stands in braces is computed. Numbers are written with a proper minus sign and without regard to the culture.</remarks>
[InterpolatedStringHandler]
public sealed class LessonText
{
    private readonly List<(string Text, bool IsComputed)> runs = [];

    /// <summary>Begins a text; called by the compiler.</summary>
    /// <param name="literalLength">The length of the template.</param>
    /// <param name="formattedCount">The number of holes in it.</param>
    [SuppressMessage("Style", "IDE0060", Justification = "the compiler passes both")]
    public LessonText(int literalLength, int formattedCount)
    {
    }

    private LessonText()
    {
    }

    /// <summary>The parts in order; computed ones came from a hole of the template.</summary>
    public IReadOnlyList<(string Text, bool IsComputed)> Runs => runs;

    /// <summary>No text.</summary>
    public static LessonText None { get; } = new();

    /// <summary>A template without holes.</summary>
    public static LessonText Template(string template)
    {
        var text = new LessonText();
        text.AppendLiteral(template);
        return text;
    }

    /// <summary>A text that was computed as a whole.</summary>
    public static LessonText Computed(string computed)
    {
        var text = new LessonText();
        text.AppendFormatted(computed);
        return text;
    }

    /// <summary>Several texts, with one between each two.</summary>
    public static LessonText Join(string between, IEnumerable<LessonText> texts)
    {
        var joined = new LessonText();
        foreach (var (index, text) in texts.Index())
        {
            joined.AppendLiteral(index == 0 ? "" : between);
            joined.runs.AddRange(text.runs);
        }

        return joined;
    }

    /// <summary>Adds a part of the template; called by the compiler.</summary>
    public void AppendLiteral(string literal)
    {
        if (literal.Length > 0)
        {
            runs.Add((literal, IsComputed: false));
        }
    }

    /// <summary>Adds what was computed; called by the compiler.</summary>
    public void AppendFormatted(string? value) => runs.Add((value ?? "", IsComputed: true));

    /// <summary>Adds a letter; called by the compiler.</summary>
    public void AppendFormatted(char value) => AppendFormatted(value.ToString());

    /// <summary>Adds a text that is itself made of both; called by the compiler.</summary>
    public void AppendFormatted(LessonText value) => runs.AddRange(value.runs);

    /// <summary>Adds a number; called by the compiler.</summary>
    public void AppendFormatted(int value) => AppendFormatted(value.ToString(CultureInfo.InvariantCulture).Replace('-', '\u2212'));

    /// <summary>Adds a number with as many digits as a reader wants; called by the compiler.</summary>
    public void AppendFormatted(double value) => AppendFormatted(Digits.Text(value));

    /// <inheritdoc/>
    public override string ToString() => runs.Aggregate(new StringBuilder(), (text, run) => text.Append(run.Text)).ToString();
}
