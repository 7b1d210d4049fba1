using Eigenscope.Learning;

namespace Eigenscope.Cli.Terminal;

/// <summary>A lesson on a terminal, at the pace of who reads it: a step, and the next after Enter.</summary>
internal static class LessonPace
{
    private const string Prompt = "Enter: the next step, q: the end ";

    /// <summary>Shows it.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="newScreen">Gives an empty screen for each step.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task Run(Lesson lesson, Func<TextScreen> newScreen, CancellationToken cancellation)
    {
        for (var i = 0; i < lesson.Steps.Count; i++)
        {
            var screen = newScreen();
            if (i == 0)
            {
                LessonScreen.PrintHeading(screen, lesson);
            }

            LessonScreen.PrintStep(screen, lesson.Steps[i], i + 1, lesson.Steps.Count);
            OutputFile.Write(null, screen.Content);
            if (i < lesson.Steps.Count - 1 && !await GoesOn(cancellation))
            {
                return;
            }
        }
    }

    private static async Task<bool> GoesOn(CancellationToken cancellation)
    {
        await Console.Error.WriteAsync($"\n{Prompt}");
        var line = await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellation);
        return line is not null && !line.Trim().StartsWith('q');
    }
}
