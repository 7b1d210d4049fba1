using System.Text.Json;
using Eigenscope.Statistics;

namespace Eigenscope.Reports.Page;

/// <summary>The power law of a tail and its rivals, each as a curve from xmin to the largest eigenvalue, with what the test between them says.</summary>
internal static class TailCurves
{
    /// <summary>Writes the laws that were fitted to the eigenvalues from xmin on; an empty array where there are too few.</summary>
    public static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> ascending, double? xmin)
    {
        json.WriteStartArray(name);
        if (xmin is > 0 and var start && TailComparison.Of(ascending, start).Comparison is { } comparison)
        {
            var places = Curve.Places(start, ascending[^1]);
            WriteLaw(json, comparison.PowerLaw, places, null);
            foreach (var rival in comparison.Rivals)
            {
                WriteLaw(json, rival.Model, places, rival);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteLaw(Utf8JsonWriter json, TailModel? model, double[] places, RivalTest? test)
    {
        if (model is null)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("law", model.Law.Text());
        json.WriteString("parameters", Parameters(model));
        if (test is not null)
        {
            json.WriteNumber("ratio", test.Normalized);
            json.WriteNumber("p", test.P);
            json.WriteString("verdict", Text(test.Verdict));
        }

        Curve.Write(json, "x", places);
        Curve.Write(json, "survival", places.Select(model.Survival));
        Curve.Write(json, "density", places.Select(x => Math.Exp(model.LogDensity(x))));
        json.WriteEndObject();
    }

    private static string Parameters(TailModel model) => FormattableString.Invariant(model switch
    {
        PowerLawTail law => $"alpha {law.Alpha:G4}",
        TruncatedPowerLawTail law => $"alpha {law.Alpha:G4}, Lambda {law.Lambda:G4}",
        ExponentialTail law => $"rate {law.Rate:G4}",
        StretchedExponentialTail law => $"beta {law.Beta:G4}, c {law.C:G4}",
        LognormalTail law => $"mu {law.Mu:G4}, sigma {law.Sigma:G4}",
        _ => throw new InvalidOperationException($"{model.Law} has no text"),
    });

    private static string Text(RivalVerdict verdict) => verdict switch
    {
        RivalVerdict.PowerLaw => "power_law",
        RivalVerdict.Rival => "rival",
        RivalVerdict.Undecided => "undecided",
        _ => "indistinguishable",
    };
}
