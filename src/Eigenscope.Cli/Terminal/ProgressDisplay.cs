using Eigenscope.Analysis;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>What a user wants of progress.</summary>
/// <param name="IsQuiet">None.</param>
/// <param name="NoColor">No colours.</param>
internal readonly record struct ProgressWish(bool IsQuiet, bool NoColor);

/// <summary>A bar with the time left on standard error, where that is a terminal.</summary>
internal static class ProgressDisplay
{
    private const int LongestName = 32;

    public static T Run<T>(ProgressWish wish, Func<IProgress<AnalysisProgress>?, T> work)
    {
        if (wish.IsQuiet || Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
        {
            return work(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            ColorSystem = !wish.NoColor && TextScreen.WantsColor() ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(Console.Error),
        });
        return console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(Spinner.Known.Ascii), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask("reading", maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value)
        {
            task.Description = Markup.Escape($"{value.LayersDone}/{value.Layers} {Elision.Middle(value.Layer, LongestName)}");
            task.Value = value.WorkDone;
        }
    }
}
