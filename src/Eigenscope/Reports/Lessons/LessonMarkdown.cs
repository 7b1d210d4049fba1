using System.Globalization;
using System.Text;
using Eigenscope.Learning;

namespace Eigenscope.Reports;

/// <summary>Lessons as a page of Markdown: <c>docs/learn.md</c>.</summary>
public static class LessonMarkdown
{
    private const int Width = 110;

    private const string Opening = """
        # Learn

        This page is generated from the lessons in `src/Eigenscope/Learning`; a test keeps it true. Every number in it was computed, and what stands behind a ✓ was held against numbers, with the
        error that was found and the error that rounding may make.

        `eigenscope learn` lists the lessons. `eigenscope learn LESSON` goes through one step by step, `--matrix "3 2; 2 3"` works it on a matrix of your own: whole numbers, decimals or fractions,
        up to 4 x 4 by hand and exactly, up to 64 x 64 by numbers. `eigenscope serve` has the same steps in the browser, with a matrix to edit and a picture that follows.


        """;

    /// <summary>The page.</summary>
    /// <param name="lessons">The lessons with their numbers.</param>
    public static string Of(IReadOnlyList<Lesson> lessons)
    {
        var text = new StringBuilder(Opening);
        text.Append("| lesson | what one learns |\n|---|---|\n");
        foreach (var topic in lessons.Select(lesson => lesson.Topic))
        {
            text.Append(CultureInfo.InvariantCulture, $"| [{topic.Name}](#{topic.Name}) | {topic.About} |\n");
        }

        foreach (var lesson in lessons)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {lesson.Topic.Name}\n\n{lesson.Topic.About}\n");
            foreach (var (index, step) in lesson.Steps.Index())
            {
                Append(text, step, index + 1);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, LessonStep step, int number)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {number}. {step.Title}\n");
        LessonPart? before = null;
        foreach (var part in step.Parts)
        {
            var goesOn = (before, part) is (Formula, Formula) or (Claim, Claim);
            text.Append(goesOn || before is not Formula ? "" : "```\n");
            text.Append(goesOn ? FormulaLayout.AreApart(before, part) ? "\n" : "" : part is Formula ? "\n```text\n" : "\n");
            Append(text, part);
            before = part;
        }

        text.Append(before is Formula ? "```\n" : "");
    }

    private static void Append(StringBuilder text, LessonPart part)
    {
        switch (part)
        {
            case Paragraph paragraph:
                text.Append(Escaped(paragraph.Text.ToString())).Append('\n');
                break;
            case Formula formula:
                text.AppendJoin('\n', FormulaLayout.Lines(formula, Width)).Append('\n');
                break;
            case NumberTable table:
                AppendRow(text, table.Columns);
                AppendRow(text, table.Columns.Select(_ => "---"));
                table.Rows.ToList().ForEach(row => AppendRow(text, row));
                break;
            case Claim claim:
                text.Append(CultureInfo.InvariantCulture, $"- {(claim.Holds ? "✓" : "✗")} {Escaped(claim.ToString())}\n");
                break;
            case LessonFigure figure:
                text.Append("```text\n").AppendJoin('\n', FigureText.Lines(figure, Width).Select(line => line.TrimEnd())).Append("\n```\n");
                text.Append(CultureInfo.InvariantCulture, $"*{figure.Title}.* {Escaped(figure.Caption.ToString())}\n");
                break;
        }
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Escaped)).Append(" |\n");

    /// <summary>What Markdown would take for markup.</summary>
    private static string Escaped(string text) => text.Replace("|", "\\|").Replace("*", "\\*").Replace("_", "\\_").Replace("<", "&lt;");
}
