using System.Text.Json;
using Eigenscope.Dynamics;

namespace Eigenscope.Reports;

/// <summary>Laws of stationary singular values as JSON.</summary>
internal static class StationaryJson
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter json, string name, StationaryFit fit)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", fit.Count);
        json.WriteString("caution", StationaryFit.Caution);
        json.WriteStartArray("laws");
        foreach (var candidate in fit.Candidates)
        {
            json.WriteStartObject();
            json.WriteString("law", candidate.Family.Text());
            json.WriteString("reason", candidate.Reason);
            json.WriteStartObject("parameters");
            foreach (var (parameter, value) in candidate.Parameters)
            {
                WriteFinite(json, parameter, value);
            }

            json.WriteEndObject();
            WriteFinite(json, "log_likelihood", candidate.LogLikelihood);
            WriteFinite(json, "aic", candidate.Aic);
            WriteFinite(json, "bic", candidate.Bic(fit.Count));
            WriteFinite(json, "ks", candidate.Ks);
            WriteFinite(json, "p_value", candidate.PValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteFinite(json, "likelihood_ratio", fit.LikelihoodRatio);
        WriteFinite(json, "likelihood_ratio_p", fit.LikelihoodRatioP);
        WriteFinite(json, "fitted_exponent", fit.FittedExponent);
        WriteFinite(json, "predicted_exponent", fit.PredictedExponent);
        json.WriteStartObject("marchenko_pastur");
        json.WriteNumber("mean", fit.TraceLaw.Mean);
        json.WriteNumber("lambda_minus", fit.TraceLaw.LambdaMinus);
        json.WriteNumber("lambda_plus", fit.TraceLaw.LambdaPlus);
        json.WriteNumber("ks", fit.TraceDistance);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFinite(Utf8JsonWriter json, string name, double? value) => JsonReport.WriteNumber(json, name, value is { } number && double.IsFinite(number) ? number : null);
}
