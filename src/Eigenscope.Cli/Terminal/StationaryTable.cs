using System.Globalization;
using Eigenscope.Dynamics;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Terminal;

/// <summary>Laws of stationary singular values beside a spectrum.</summary>
internal static class StationaryTable
{
    public static void Print(TextScreen screen, StationaryFit fit)
    {
        screen.Line();
        TableColumns.Print(screen, "law", fit.Candidates, candidate => candidate.Family.Text(),
        [
            new("distance", candidate => candidate.Law is null ? "-" : Numbers.Fixed(candidate.Ks, 4), 0),
            new("p", candidate => Numbers.Text(candidate.PValue), 1),
            new("AIC", candidate => candidate.Law is null ? "-" : candidate.Aic.ToString("F1", CultureInfo.InvariantCulture), 2),
            new("parameters", candidate => candidate.Reason is null ? string.Join(", ", candidate.Parameters.Select(parameter => $"{parameter.Name} {Numbers.Text(parameter.Value)}")) : "none is likeliest", 3, LeftAligned: true),
        ], leastName: 13);
        screen.Line($"Marchenko-Pastur of the same mean: distance {Numbers.Fixed(fit.TraceDistance, 4)}; beta-prime against gamma: 2 ln ratio {Numbers.Text(fit.LikelihoodRatio)}, p {Numbers.Text(fit.LikelihoodRatioP)}");
        if (fit.FittedExponent is { } fitted)
        {
            screen.Line($"exponent of the tail: fitted {Numbers.Text(fitted)}{(fit.PredictedExponent is { } predicted ? $", predicted {Numbers.Text(predicted)}" : "")}");
        }

        screen.Line($"note: {StationaryFit.Caution}");
    }
}
