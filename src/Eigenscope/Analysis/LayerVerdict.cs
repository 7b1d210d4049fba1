using System.Globalization;
using Eigenscope.Metrics;
using Eigenscope.Statistics;

namespace Eigenscope.Analysis;

/// <summary>What a spectrum says of the training of its layer.</summary>
public enum Judgement
{
    /// <summary>Nothing that can be relied on.</summary>
    CannotTell,

    /// <summary>A random matrix of the same entries would look the same.</summary>
    LooksRandom,

    /// <summary>It has learned, but little: few directions, or no heavy tail.</summary>
    UnderTrained,

    /// <summary>It has a tail of the usual exponents, 2 to 6.</summary>
    WellTrained,

    /// <summary>Its tail is heavier than that: memorised, or dominated by a few directions.</summary>
    OverTrained,

    /// <summary>Its largest direction is the work of a few very large weights, whatever their order.</summary>
    Trap,

    /// <summary>Many of its directions are not used.</summary>
    RankCollapsed,
}

/// <summary>A judgement of a layer, and the numbers that it rests on. None is a measurement of the model's quality: a spectrum sees no data.</summary>
/// <param name="Judgement">The judgement.</param>
/// <param name="Reason">One clause.</param>
public sealed record LayerVerdict(Judgement Judgement, string Reason)
{
    private const double LeastAlpha = 2;
    private const double LargestAlpha = 6;
    private const int ShortTail = 10;

    /// <summary>The largest eigenvalue of a random matrix passes the Tracy-Widom edge with a p-value below this once in a thousand.</summary>
    private const double Level = 0.001;

    /// <summary>An expectation for one largest weight; several in one row add up to more.</summary>
    private const double Margin = 2;

    /// <summary>A few shuffles need not meet two large weights in one row, which happens often enough for heavy-tailed weights.</summary>
    private const double MarginBesideControls = 1.25;

    /// <summary>The largest shuffled eigenvalue scatters about its mean by a few per cent for the sizes at hand.</summary>
    private const double ControlMargin = 1.1;

    /// <summary>From this many times the edge of its random part on, the largest eigenvalue of shuffled entries is made by single weights.</summary>
    private const double TrapRatio = 1.5;

    /// <summary>Above this excess kurtosis entries in random order pass the edge more often than the Tracy-Widom law says.</summary>
    private const double HeavyKurtosis = 1;

    /// <summary>Critical distances of the random part from its law; random matrices stay below one in more than 95 %, and this far in all but a few in ten thousand.</summary>
    private const double NoRandomPart = 1.5;

    /// <summary>The ratio of the largest to the smallest eigenvalue up to which all count as equal.</summary>
    private const double Orthogonal = 1.05;

    /// <summary>The text of a judgement in results.</summary>
    public string Text => Judgement switch
    {
        Judgement.LooksRandom => "looks random",
        Judgement.UnderTrained => "under-trained",
        Judgement.WellTrained => "well trained",
        Judgement.OverTrained => "over-trained",
        Judgement.Trap => "trap",
        Judgement.RankCollapsed => "rank-collapsed",
        _ => "cannot tell",
    };

    /// <summary>The rules in their order, each with the text of its judgement: the first that applies decides.</summary>
    public static IReadOnlyList<(string Verdict, string Rule)> Rules { get; } =
    [
        ("rank-collapsed", "every weight is zero, or a tenth of the eigenvalues lies far below the others"),
        ("cannot tell", "64 eigenvalues or fewer; no random part; or a tail of fewer than ten"),
        ("looks random", "lambda_max does not pass the edge of the random part (edge_p at 0.001); with heavy-tailed weights (entry_kurtosis above 1), or with --randomize, it does not pass what the same weights make in random order: that of the shuffles, or twice entry_lambda_max"),
        ("trap", "the same, where the weights in random order pass the edge by half and more: single very large weights make the largest direction"),
        ("under-trained", "alpha above 6, or eigenvalues only just beyond the edge (phase bleeding_out)"),
        ("over-trained", "alpha below 2"),
        ("well trained", "alpha from 2 to 6"),
    ];

    /// <summary>Judges a layer; the first rule that applies decides.</summary>
    internal static LayerVerdict Of(LayerSpectrum layer) =>
        Collapsed(layer) ?? Unknown(layer) ?? Random(layer) ?? OfAlpha(layer);

    private static LayerVerdict? Collapsed(LayerSpectrum layer)
    {
        if (layer.Norm == 0)
        {
            return new(Judgement.RankCollapsed, "every weight is zero");
        }

        return layer.Phase is { Phase: Phase.RankCollapse } phase
            ? new(Judgement.RankCollapsed, Said($"{phase.Features.CollapsedShare:P0} of the eigenvalues lie far below the others or are zero"))
            : null;
    }

    private static LayerVerdict? Unknown(LayerSpectrum layer) =>
        layer.Eigenvalues.Count <= LayerWarnings.FewEigenvalues ? new(Judgement.CannotTell, $"{layer.Eigenvalues.Count} eigenvalues are too few")
        : !layer.IsWhole ? null
        : layer.Edge is null ? new(Judgement.CannotTell, $"no random part: {layer.Bulk.Reason}")
        : null;

    /// <summary>
    /// Weights of nearly normal law are random where nothing passes the edge of the random part, and that is one. For heavier ones, or with shuffles, the entries in random order are the null:
    /// measured where they were shuffled, else expected from the largest weight.
    /// </summary>
    private static LayerVerdict? Random(LayerSpectrum layer)
    {
        if (layer.Edge is not { } edge || layer.Phase is not { } phase)
        {
            return null;
        }

        if (phase.Features.Spread < Orthogonal)
        {
            return new(Judgement.LooksRandom, "all eigenvalues are equal, as an orthogonal initialisation leaves them");
        }

        var isBeyondEdge = edge.PValue < Level;
        if (layer.Controls.Count == 0 && layer.Entries is { ExcessKurtosis: < HeavyKurtosis })
        {
            return isBeyondEdge || phase.Features.BulkDistance > NoRandomPart ? null
                : new(Judgement.LooksRandom, Said($"lambda_max {layer.LambdaMax:G3} does not pass the edge of the random part (p = {edge.PValue:G2})"));
        }

        var (ceiling, source) = Null(layer);
        var isTrap = ceiling > TrapRatio * layer.Norm / ((double)layer.N * layer.M) * Math.Pow(Math.Sqrt(layer.N) + Math.Sqrt(layer.M), 2);
        return !isBeyondEdge ? new(Judgement.LooksRandom, Said($"lambda_max {layer.LambdaMax:G3} does not pass the edge of the random part (p = {edge.PValue:G2})"))
            : layer.LambdaMax > ceiling ? null
            : isTrap ? new(Judgement.Trap, Said($"lambda_max {layer.LambdaMax:G3} is what single large weights make: up to {ceiling:G3} {source}"))
            : new(Judgement.LooksRandom, Said($"lambda_max {layer.LambdaMax:G3} does not pass what its weights make in random order: up to {ceiling:G3} {source}"));
    }

    private static (double Largest, string Source) Null(LayerSpectrum layer)
    {
        var expected = layer.Entries?.ExpectedLargest(layer.N, layer.M) ?? 0;
        return layer.Controls.Count == 0
            ? (Margin * expected, "expected; --randomize measures it")
            : (Math.Max(ControlMargin * layer.Controls.Max(control => control.Eigenvalues[^1]), MarginBesideControls * expected), $"in {layer.Controls.Count} shuffle{(layer.Controls.Count == 1 ? "" : "s")}");
    }

    private static LayerVerdict OfAlpha(LayerSpectrum layer) => layer.Tail.Fit switch
    {
        null => new(Judgement.CannotTell, $"no power law: {layer.Tail.Reason}"),
        { TailCount: < ShortTail } fit => new(Judgement.CannotTell, $"alpha rests on {fit.TailCount} eigenvalues"),
        { Alpha: > LargestAlpha } fit => new(Judgement.UnderTrained, Said($"alpha {fit.Alpha:0.00} ± {fit.Sigma:0.00} is above 6{Signal(layer)}")),
        { Alpha: < LeastAlpha } fit => new(Judgement.OverTrained, Said($"alpha {fit.Alpha:0.00} ± {fit.Sigma:0.00} is below 2{Near(fit)}")),
        { } fit when layer.Phase is { Phase: Phase.BleedingOut or Phase.RandomLike } => new(Judgement.UnderTrained, Said($"alpha {fit.Alpha:0.00}, but the largest eigenvalues only just pass the edge of the random part")),
        { } fit => new(Judgement.WellTrained, Said($"alpha {fit.Alpha:0.00} ± {fit.Sigma:0.00} over {fit.TailCount} eigenvalues{Signal(layer)}{Near(fit)}")),
    };

    private static string Signal(LayerSpectrum layer) =>
        layer.Signal is { } signal ? Said($"; {signal.Rank} directions beyond the random part hold {signal.EnergyShare:P0} of the squared norm") : "";

    private static string Near(PowerLawFit fit) =>
        Math.Abs(fit.Alpha - LeastAlpha) < 2 * fit.Sigma || Math.Abs(fit.Alpha - LargestAlpha) < 2 * fit.Sigma ? "; within two standard errors of a border" : "";

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
