using System.Text;
using Eigenscope.Metrics;

namespace Eigenscope.Reports;

/// <summary>The definitions of all metrics as a page of Markdown: <c>docs/metrics.md</c>.</summary>
public static class MetricCatalogue
{
    private const string Opening = """
        # Metrics

        This page is generated from the metric table in `src/Eigenscope/Metrics`; a test keeps it true.

        W is a weight matrix as stored, of N x M elements with N the longer side and M the shorter; sigma are its M singular values and
        lambda = sigma^2 the eigenvalues of W^T W, never divided by N. A layer of several matrices (a convolution by kernel position, `--conv
        slices`) pools their eigenvalues. A metric that is undefined for a layer is null in JSON, empty in CSV and a dash in tables; a failed
        fit is null too, never a number, and summaries leave it out.

        Every spectrum states its route and its floor. The `gram` route squares the weights: lambda is right to about eps sqrt(M) lambda_max, so sigma is
        known down to `floor` = sigma_max sqrt(8 eps sqrt(M)), about 1e-7 to 4e-7 of the largest. The `accurate` route does not square them: floor = 8 eps
        sqrt(M) sigma_max. eps = 2^-52. All layers take it with `--accurate`, and else those that have singular values at the floor of the `gram` route.

        `warning` in CSV is WeightWatcher's label: `over-trained` where alpha < 2, `under-trained` where alpha > 6. It stands first in `warnings` in JSON,
        which also holds `no-fit`, `few-eigenvalues` (64 or fewer), `short-tail` (fewer than 10), `no-bulk` and `at-floor`, each with a sentence. With
        `--compat weightwatcher` a failed fit is labelled `over-trained`, as there; its alpha is null all the same.

        Names are WeightWatcher's wherever the definition is. What it defines otherwise appears under its name only with `--compat weightwatcher`.
        WeightWatcher's other columns: `layer_id` is `id`, `name` and `longname` are `name`, `layer_type` is `kind`, `has_esd` is `status` = analyzed,
        and its `status` of the fit is whether `alpha` is null.

        """;

    /// <summary>The page.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder(Opening);
        AppendScope(text, "In every result", MetricScope.Always);
        AppendScope(text, "Without --compat", MetricScope.Default);
        AppendScope(text, "With --compat weightwatcher only", MetricScope.WeightWatcher);
        AppendScope(text, "With --randomize only", MetricScope.Randomized);
        AppendScope(text, "With --bootstrap only", MetricScope.Bootstrap);
        AppendScope(text, "With --clip-xmax only", MetricScope.Clipped);
        AppendScope(text, "With --tpl only", MetricScope.Truncated);
        AppendScope(text, "With --farms only", MetricScope.Farms);
        AppendScope(text, "With --quasi-null only", MetricScope.QuasiNull);
        AppendScope(text, "With --vectors only", MetricScope.Vectors);
        AppendScope(text, "With --compat weightwatcher and --randomize only", MetricScope.WeightWatcherRandomized);
        return text.ToString();
    }

    /// <summary>Under which names other programs have a metric, or one near it.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["alpha"] = "`alpha` in WeightWatcher and in the packages powerlaw and poweRlaw",
        ["D"] = "`D` in WeightWatcher and powerlaw; `gof` in poweRlaw",
        ["sigma"] = "`sigma` in WeightWatcher and powerlaw",
        ["xmin"] = "`xmin` in WeightWatcher, powerlaw and poweRlaw",
        ["alpha_weighted"] = "`alpha_weighted` in WeightWatcher; alpha-hat in its papers",
        ["stable_rank"] = "`stable_rank` in WeightWatcher",
        ["hard_rank"] = "near `matrix_rank` in WeightWatcher, which counts by the precision of float64 whatever the weights are stored in",
        ["spectral_entropy"] = "near `entropy` in WeightWatcher, which divides by the logarithm of the rank",
        ["bulk_spikes"] = "near `num_spikes` in WeightWatcher, which has another fit and another edge",
        ["bulk_softrank"] = "near `mp_softrank` in WeightWatcher, which has another fit",
        ["correlation_traps"] = "near `rand_num_spikes` in WeightWatcher, which adds up five shuffles of a small layer",
        ["hill_median"] = "`PL_Alpha_Hill` in TempBalance, AlphaPruning, AlphaDecay and FARMS",
        ["farms_alpha"] = "FARMS",
        ["detX_num"] = "`detX_num` in WeightWatcher, which multiplies in floating point and is off from a few thousand eigenvalues on",
        ["pl_p"] = "`p` of `bootstrap_p` in poweRlaw",
        ["pl_vs_exponential"] = "`distribution_compare('power_law', 'exponential', normalized_ratio=True)` in powerlaw",
        ["pl_vs_lognormal"] = "`distribution_compare('power_law', 'lognormal', normalized_ratio=True)` in powerlaw",
        ["pl_vs_stretched"] = "`distribution_compare('power_law', 'stretched_exponential', normalized_ratio=True)` in powerlaw",
        ["tpl_fit_alpha"] = "near `alpha` with fit='TPL' in WeightWatcher",
        ["tpl_fit_lambda"] = "near `Lambda` with fit='TPL' in WeightWatcher",
    };

    private static void AppendScope(StringBuilder text, string title, MetricScope scope)
    {
        text.Append($"\n## {title}\n");
        foreach (var metric in MetricTable.All.Where(metric => metric.Scope == scope))
        {
            text.Append($"\n### {metric.Name}\n\n{Capitalized(metric.Title)}.\n\n");
            text.Append($"- Definition: `{metric.Formula}`\n- Range: {metric.Range}\n- Source: {metric.Source}\n- Beware: {metric.Pitfall}\n");
            if (Elsewhere.TryGetValue(metric.Name, out var others))
            {
                text.Append($"- Elsewhere: {others}\n");
            }
        }
    }

    private static string Capitalized(string title) => char.ToUpperInvariant(title[0]) + title[1..];
}
