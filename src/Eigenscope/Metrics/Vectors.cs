using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>How the singular vectors of the shorter side are spread over their elements, in the tail and below it.</summary>
internal static class Vectors
{
    private const string Source = "Martin, Peng and Mahoney (2021), WeightWatcher";
    private const string Entropy = "vec_entropy", Localization = "loc_ratio", Participation = "part_ratio";

    private static readonly (string Suffix, string Words, string Formula, Func<VectorStatistics, double> Value)[] Measures =
    [
        (Entropy, "entropy", "the entropy of a histogram of |v_i| in 100 bins", vector => vector.Entropy),
        (Localization, "localization ratio", "sum |v_i| / max |v_i|", vector => vector.LocalizationRatio),
        (Participation, "participation ratio", "|v|_2 / |v|_4", vector => vector.ParticipationRatio),
    ];

    /// <summary>Means and variances, in the order of results.</summary>
    public static IReadOnlyList<Metric> All { get; } =
        [.. from place in new[] { "bulk", "tail" } from measure in Measures from moment in new[] { "mean", "var" } select Of(place, moment, measure.Suffix, measure.Words, measure.Formula, measure.Value)];

    private static Metric Of(string place, string moment, string suffix, string words, string formula, Func<VectorStatistics, double> value) => new(
        $"{place}_{moment}_{suffix}", $"{(moment == "mean" ? "mean" : "variance of the")} {words} of the vectors in the {place}", $"{formula}, v an eigenvector of the smaller of W^T W and W W^T; {(place == "tail" ? "lambda >= xmin" : "lambda < xmin")}",
        "from 0", Source, "Undefined without a fit of the tail. Vectors of equal eigenvalues are an arbitrary basis.",
        layer => layer.Vectors.Count > 0 && layer.Tail.Fit is { } fit ? Moment(moment, [.. layer.Vectors.Where(vector => vector.Lambda >= fit.Xmin == (place == "tail")).Select(vector => value(vector.Spread))]) : null)
    { Scope = MetricScope.Vectors };

    private static double? Moment(string moment, double[] values)
    {
        if (values.Length == 0)
        {
            return null;
        }

        var mean = values.Average();
        return moment == "mean" ? mean : values.Average(value => (value - mean) * (value - mean));
    }
}
