using System.Text.Json;
using Eigenscope.Statistics;

namespace Eigenscope.Reports.Page;

/// <summary>The Marchenko-Pastur law of the random part as a curve between its edges, and where the largest eigenvalue of such a matrix lies.</summary>
internal static class BulkCurve
{
    private const int Points = 96;

    /// <summary>Writes the law that a row's metrics tell of; nothing where there is none.</summary>
    public static void Write(Utf8JsonWriter json, string name, ResultLayer layer)
    {
        if (layer["bulk_sigma"] is not (> 0 and var sigma) || layer["bulk_spikes"] is not { } spikes || layer["N"] is not { } n || layer["M"] is not { } m || !(m - spikes >= 1 && n >= m && n <= int.MaxValue))
        {
            return;
        }

        var (rows, columns, variance) = ((int)(n - spikes), (int)(m - spikes), sigma * sigma);
        var law = new MarchenkoPastur((double)rows / columns, rows * variance);
        var places = Places(law);
        json.WriteStartObject(name);
        json.WriteNumber("share", columns / m);
        json.WriteNumber("lambda_minus", law.LambdaMinus);
        json.WriteNumber("lambda_plus", law.LambdaPlus);
        json.WriteNumber("edge", variance * TracyWidomEdge.Of(rows, columns).Threshold99);
        Curve.Write(json, "x", places);
        Curve.Write(json, "density", places.Select(law.Density));
        json.WriteEndObject();
    }

    /// <summary>Places between the edges, closest where the density rises and falls like a square root; at 0, where that of a square matrix is infinite, there is none.</summary>
    private static double[] Places(MarchenkoPastur law)
    {
        var skipped = law.LambdaMinus == 0 ? 1 : 0;
        return [.. Enumerable.Range(skipped, Points).Select(i => At((double)i / (Points - 1 + skipped)))];

        double At(double share) => law.LambdaMinus + ((law.LambdaPlus - law.LambdaMinus) * Math.Pow(Math.Sin(Math.PI / 2 * share), 2));
    }
}
