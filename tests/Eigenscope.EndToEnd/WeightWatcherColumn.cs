using System.Globalization;

namespace Eigenscope.EndToEnd;

/// <summary>A column of WeightWatcher's table and how closely --compat weightwatcher must repeat it.</summary>
internal static class WeightWatcherColumn
{
    private const double Dense = 1e-10;
    private const double Convolution = 1e-6;
    private const double Fit = 1e-8;

    private const double Search = 1e-6;

    /// <summary>The share of the largest eigenvalue below which one is rounding.</summary>
    private const double Zero = 1e-14;

    private static readonly HashSet<string> Integers = ["N", "M", "rf", "num_evals", "num_pl_spikes", "matrix_rank", "rank_loss", "weak_rank_loss", "num_spikes", "detX_num", "num_fingers"];
    private static readonly HashSet<string> OfTheSearch = ["sigma_mp", "bulk_max", "bulk_min", "mp_softrank"];
    private static readonly HashSet<string> OfTheFit = ["alpha", "D", "sigma", "xmin", "xmax", "alpha_weighted", "log_alpha_norm", "num_pl_spikes", "num_fingers", "raw_alpha"];

    /// <summary>All of equal eigenvalues: its fit is rounding noise.</summary>
    private const string WithoutFit = "edge_ortho_100x100";

    /// <summary>Columns that name or time a layer and do not measure it.</summary>
    public static bool IsMeasured(string column) => column is not ("name" or "layer_id" or "status");

    /// <summary>True where a field repeats the reference; a failed fit is empty where WeightWatcher has -1.</summary>
    public static bool Agrees(string column, Dictionary<string, string> reference, Dictionary<string, string> own)
    {
        var ofTheFit = OfTheFit.Contains(column);
        return column == "xmax" && reference[column].Length == 0 ? true
            : column == "warning" ? own[column] == reference[column]
            : ofTheFit && reference["matrix"] == WithoutFit ? true
            : ofTheFit && reference["alpha"] == "-1.0" ? own[column].Length == 0
            : own[column].Length > 0 && AgreesInNumber(column, reference, own);
    }

    private static bool AgreesInNumber(string column, Dictionary<string, string> reference, Dictionary<string, string> own)
    {
        var (expected, actual) = (Number(reference[column]), Number(own[column]));
        return Integers.Contains(column) ? expected == actual : Math.Abs(actual - expected) <= Allowed(column, reference, expected);
    }

    private static double Allowed(string column, Dictionary<string, string> reference, double expected)
    {
        var general = reference["layer_type"] == "conv2d" ? Convolution : Dense;
        return column switch
        {
            "sv_min" => Math.Max(1e-9, general) * Number(reference["sv_max"]),
            "entropy" => general * Math.Max(1, Math.Abs(expected)),
            _ when column.StartsWith("log_", StringComparison.Ordinal) && !OfTheFit.Contains(column) => general * Math.Max(1, Math.Abs(expected)),
            _ when OfTheFit.Contains(column) => Math.Max(Fit, general) * Math.Abs(expected),
            _ when OfTheSearch.Contains(column) => Search * Math.Abs(expected),
            "detX_val" or "detX_val_unrescaled" when reference["matrix"] == WithoutFit => double.PositiveInfinity,
            "detX_val" => Math.Max(general * Math.Abs(expected), Zero * Number(reference["lambda_max"])),
            "detX_val_unrescaled" => Math.Max(general * Math.Abs(expected), Zero * Number(reference["lambda_max"]) * Number(reference["W_scale"]) * Number(reference["W_scale"])),
            _ => general * Math.Abs(expected),
        };
    }

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
