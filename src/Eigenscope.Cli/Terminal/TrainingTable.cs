using System.Globalization;
using Eigenscope.Training;

namespace Eigenscope.Cli.Terminal;

/// <summary>The table of <c>train</c>: a line for each checkpoint.</summary>
internal static class TrainingTable
{
    private const int LeastName = 4;

    public static void Print(TextScreen screen, string run, IReadOnlyList<TrainingLogEntry> log)
    {
        TableColumns.Print(screen, "step", log, entry => entry.Step.ToString(CultureInfo.InvariantCulture),
        [
            new("loss", entry => Numbers.Fixed(entry.Loss, 4), 2),
            new("held-out loss", entry => Numbers.Fixed(entry.HeldOutLoss, 4), 1),
            new("accuracy", entry => Numbers.Percent(entry.HeldOutAccuracy), 1),
            new("learning rate", entry => Numbers.Text(entry.LearningRate), 3),
            new("gradient", entry => Numbers.Text(entry.GradientNorm), 4),
        ], LeastName);
        screen.Line();
        screen.Line($"{run}: {Plural.Of(log.Count, "checkpoint")}");
    }
}
