using System.Globalization;
using System.Text;

namespace Eigenscope.EndToEnd.Page;

/// <summary>Results as analyze writes them, of spectra that were drawn from a seed instead of computed.</summary>
internal static class MadeResult
{
    private const double Alpha = 3;

    private static readonly string[] Roles = ["attention_query", "attention_key", "attention_value", "attention_output", "mlp_up", "mlp_down"];
    private static readonly string[] Verdicts = ["well trained", "over-trained", "under-trained", "looks random"];

    /// <summary>Ascending values with a heavy tail: Pareto of exponent 3 beyond their bulk.</summary>
    public static double[] HeavyTailed(int count, int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => 0.01 * Math.Pow(1 - random.NextDouble(), -1 / (Alpha - 1)) * random.NextDouble())];
        Array.Sort(values);
        return values;
    }

    /// <summary>A result whose layers have the given eigenvalues.</summary>
    public static byte[] Of(IReadOnlyList<double[]> spectra)
    {
        var text = new StringBuilder(
            """
            {"schema": "eigenscope/analysis/1", "tool": {"name": "eigenscope", "version": "0.1.0"},
             "model": {"path": "made", "format": "safetensors", "architecture": null, "parameters": 1, "bytes": 4, "fingerprint": "0"},
             "settings": {"compat": null, "route": "automatic", "xmin": "ks", "xmax": "none"}, "layers": [
            """);
        text.AppendJoin(",\n", spectra.Select(Row));
        text.Append(CultureInfo.InvariantCulture, $"], \"summary\": {{\"layers_analyzed\": {spectra.Count}, \"layers_skipped\": 0, \"layers_failed\": 0, \"alpha\": 3, \"alpha_layers\": {spectra.Count}}}}}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Row(double[] eigenvalues, int index)
    {
        var (count, norm, largest, xmin) = (eigenvalues.Length, eigenvalues.Sum(), eigenvalues[^1], eigenvalues[^(eigenvalues.Length / 20)]);
        var alpha = 1 + (count / 20 / eigenvalues.TakeLast(count / 20).Sum(lambda => Math.Log(lambda / xmin)));
        return string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"id": {{index}}, "name": "layers.{{index / Roles.Length}}.{{Roles[index % Roles.Length]}}.weight", "tensor": "t", "role": "{{Roles[index % Roles.Length]}}", "block": {{index / Roles.Length}}, "kind": "dense", "dtype": "F16",
             "rows": {{count}}, "cols": {{count}}, "status": "analyzed", "reason": null, "metrics": {"N": {{count}}, "M": {{count}}, "Q": 1, "num_evals": {{count}}, "alpha": {{alpha}}, "sigma": {{(alpha - 1) / Math.Sqrt(count / 20)}},
             "D": 0.05, "xmin": {{xmin:R}}, "xmax": {{largest:R}}, "num_pl_spikes": {{count / 20}}, "mu": null, "alpha_weighted": {{alpha * Math.Log10(largest)}}, "lambda_max": {{largest:R}}, "log_norm": {{Math.Log10(norm)}},
             "stable_rank": {{norm / largest}}, "effective_rank": {{norm * norm / eigenvalues.Sum(lambda => lambda * lambda)}}, "bulk_sigma": null, "bulk_spikes": null},
             "warnings": [], "phase": null, "tail_law": null, "verdict": "{{Verdicts[index % Verdicts.Length]}}", "verdict_reason": "alpha {{alpha:F2}}", "spectrum": {"route": "gram", "floor": 1e-9},
             "eigenvalues": [{{string.Join(',', eigenvalues.Select(lambda => lambda.ToString("R", CultureInfo.InvariantCulture)))}}]}
            """);
    }
}
