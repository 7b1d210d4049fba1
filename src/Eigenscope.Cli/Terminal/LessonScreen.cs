using Eigenscope.Learning;
using Eigenscope.Reports;
using Spectre.Console;
using Paragraph = Eigenscope.Learning.Paragraph;

namespace Eigenscope.Cli.Terminal;

/// <summary>Lessons for people: the list of them, and one step after another.</summary>
internal static class LessonScreen
{
    private const int WidestText = 110;

    /// <summary>What there is to learn.</summary>
    public static void PrintList(TextScreen screen)
    {
        var widest = LessonTopics.All.Max(topic => topic.Name.Length);
        foreach (var topic in LessonTopics.All)
        {
            screen.Marked($"[bold]{topic.Name.PadRight(widest)}[/]  {Markup.Escape(topic.About)}");
        }

        screen.Line();
        screen.Line("eigenscope learn LESSON begins one; --matrix \"3 2; 2 3\" works it on a matrix of your own; eigenscope serve has them in the browser");
    }

    /// <summary>All of a lesson.</summary>
    public static void Print(TextScreen screen, Lesson lesson)
    {
        PrintHeading(screen, lesson);
        foreach (var (index, step) in lesson.Steps.Index())
        {
            PrintStep(screen, step, index + 1, lesson.Steps.Count);
        }
    }

    /// <summary>The heading of a lesson.</summary>
    public static void PrintHeading(TextScreen screen, Lesson lesson)
    {
        screen.Marked($"[bold]{Markup.Escape(lesson.Topic.Title)}[/]");
        screen.Line(lesson.Topic.About);
    }

    /// <summary>A step.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="step">The step.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="count">How many there are.</param>
    public static void PrintStep(TextScreen screen, LessonStep step, int number, int count)
    {
        screen.Line();
        screen.Marked($"[bold]Step {number} of {count}. {Markup.Escape(step.Title.ToString())}[/]");
        LessonPart? before = null;
        foreach (var part in step.Parts)
        {
            if (FormulaLayout.AreApart(before, part))
            {
                screen.Line();
            }

            PrintPart(screen, part);
            before = part;
        }
    }

    private static void PrintPart(TextScreen screen, LessonPart part)
    {
        var width = Math.Min(screen.Width, WidestText);
        switch (part)
        {
            case Paragraph paragraph:
                PrintWrapped(screen, paragraph.Text.ToString(), width, "");
                break;
            case Formula formula:
                PrintLines(screen, FormulaLayout.Lines(formula, width - 2).Select(line => $"  {line}"));
                break;
            case NumberTable table:
                PrintTable(screen, table, width);
                break;
            case Claim claim:
                PrintClaim(screen, claim, width);
                break;
            case LessonFigure figure:
                screen.Line();
                PrintLines(screen, FigureText.Lines(figure, width));
                PrintWrapped(screen, $"{figure.Title}: {figure.Caption}", width, "  ");
                break;
        }
    }

    private static void PrintClaim(TextScreen screen, Claim claim, int width)
    {
        var (mark, color) = claim.Holds ? ("✓", "green") : ("✗", "red");
        foreach (var (index, line) in Wrapped(claim.ToString(), width - 4).Index())
        {
            screen.Marked(index == 0 ? $"  [{color}]{mark}[/] {Markup.Escape(line)}" : $"    {Markup.Escape(line)}");
        }
    }

    private static void PrintTable(TextScreen screen, NumberTable table, int width)
    {
        var widths = table.Columns.Select((head, j) => Math.Max(head.Length, table.Rows.Max(row => row[j].Length))).ToList();
        if (widths.Sum() + (2 * widths.Count) <= width)
        {
            PrintLines(screen, table.Rows.Prepend(table.Columns).Select(row => $"  {string.Join("  ", row.Select((cell, j) => cell.PadRight(widths[j])))}"));
            return;
        }

        foreach (var row in table.Rows)
        {
            PrintWrapped(screen, string.Join(", ", row.Zip(table.Columns, (cell, head) => head.Length == 0 ? cell : $"{head}: {cell}")), width, "  ");
        }
    }

    private static void PrintLines(TextScreen screen, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            screen.Line(line);
        }
    }

    private static void PrintWrapped(TextScreen screen, string text, int width, string indent) => PrintLines(screen, Wrapped(text, width - indent.Length).Select(line => indent + line));

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        yield return line;
    }
}
