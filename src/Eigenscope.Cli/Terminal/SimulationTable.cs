using Eigenscope.Dynamics;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Terminal;

/// <summary>The tables of <c>simulate</c>: the largest eigenvalues over time, all of them at the end, exact checks, fitted laws.</summary>
internal static class SimulationTable
{
    private const int MostOverTime = 6;
    private const int MostAtEnd = 12;

    public static void Print(TextScreen screen, PathEnsemble ensemble, StationaryFit? fit)
    {
        PrintHeading(screen, ensemble);
        PrintOverTime(screen, ensemble);
        PrintEnd(screen, ensemble);
        PrintMoments(screen, ensemble);
        if (fit is not null)
        {
            StationaryTable.Print(screen, fit);
        }
    }

    private static void PrintHeading(TextScreen screen, PathEnsemble ensemble)
    {
        var options = ensemble.Options;
        var pull = options.Drift.Name == "none" ? "no drift" : $"{options.Drift.Name} at rate {Numbers.Text(options.Drift.Rate)}";
        var grows = options.Noise.Kappa > 0 ? $" and kappa {Numbers.Text(options.Noise.Kappa)}" : "";
        screen.Line($"{options.Start.Rows} x {options.Start.Columns} from {options.Start.Description}: {pull}, noise s {Numbers.Text(options.Noise.Additive)}{grows}, {options.Paths} paths, {Method(options)}");
        if (options.PaperCompat)
        {
            screen.Marked("[yellow]--paper-compat: the drift of arXiv 2507.12709, not equal in law to the matrix process[/]");
        }

        if (options.Drift is { Name: "decay", Rate: > 0 } && options.Noise is { Kappa: 0, Additive: > 0 } && !options.PaperCompat)
        {
            var law = StationaryLaws.Large(options.Start.Rows, options.Start.Columns, options.Drift.Rate, options.Noise.Additive);
            screen.Line($"in the end: elements of variance {Numbers.Text(law.Mean / options.Start.Rows)}, eigenvalues by Marchenko and Pastur from {Numbers.Text(law.LambdaMinus)} to {Numbers.Text(law.LambdaPlus)}");
        }

        if (options.Drift is { Name: "decay" } && options.Noise.Kappa > 0)
        {
            screen.Line($"in the end: a tail of exponent alpha = 3/2 + beta / kappa^2 = {Numbers.Text(StationaryLaws.TailExponent(options.Drift.Rate, options.Noise.Kappa))}");
        }

        screen.Line();
    }

    private static string Method(SimulationOptions options) =>
        options.IsExact ? "the matrix itself, without steps" : $"integrator {SimulationJson.Name(options.Integrator)}, step {Numbers.Text(options.Step)}";

    private static void PrintOverTime(TextScreen screen, PathEnsemble ensemble)
    {
        var shown = Enumerable.Range(1, Math.Min(MostOverTime, ensemble.Size));
        IReadOnlyList<TableColumn<EnsemblePoint>> columns = [.. shown.Select(rank => new TableColumn<EnsemblePoint>($"lambda {rank}", point => Numbers.Text(point.Eigenvalues[rank - 1].Mean.Value), rank))];
        TableColumns.Print(screen, "time", ensemble.Points, point => Numbers.Text(point.Time), columns);
        screen.Line();
    }

    private static void PrintEnd(TextScreen screen, PathEnsemble ensemble)
    {
        var last = ensemble.Points[^1];
        List<EigenvalueSummary> rows = [.. last.Eigenvalues.Where(value => value.Rank < MostAtEnd || value.Rank == ensemble.Size)];
        TableColumns.Print(screen, $"at {Numbers.Text(last.Time)}", rows, value => $"lambda {value.Rank}",
        [
            new("mean", value => Numbers.Text(value.Mean.Value), 0),
            new("+-", value => Numbers.Text(value.Mean.StandardError), 1),
            new("deviation", value => Numbers.Text(value.Deviation), 4),
            new("5 %", value => Numbers.Text(value.Low), 2),
            new("median", value => Numbers.Text(value.Median), 3),
            new("95 %", value => Numbers.Text(value.High), 2),
        ]);
        if (rows.Count < ensemble.Size)
        {
            screen.Line($"{ensemble.Size - rows.Count} between are left out; --format json and csv hold all");
        }

        screen.Line();
    }

    private static void PrintMoments(TextScreen screen, PathEnsemble ensemble)
    {
        var last = ensemble.Points[^1];
        TableColumns.Print(screen, "symmetric polynomial", last.Moments, moment => $"e{moment.Order}",
        [
            new("mean", moment => Numbers.Text(moment.Value.Value), 2),
            new("+-", moment => Numbers.Text(moment.Value.StandardError), 3),
            new("exact", moment => Numbers.Text(moment.Exact), 1),
            new("z", moment => Numbers.Fixed(moment.Z, 2), 0, moment => moment.Z is { } z && Math.Abs(z) > 4 ? "red" : null),
        ], leastName: 10);
        if (last.Moments[0].Exact is not null)
        {
            screen.Line($"z: how many standard errors the mean is off what the matrix process has; beyond 4 the {(ensemble.Options.PaperCompat ? "law is another" : "step is too long")}");
        }
    }
}
