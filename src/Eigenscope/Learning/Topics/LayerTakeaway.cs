using Eigenscope.Spectra;

namespace Eigenscope.Learning;

/// <summary>What the numbers of a real layer say together.</summary>
internal static class LayerTakeaway
{
    private const int Ten = 10;
    private const double Most = 0.9;

    /// <summary>Directions that hold this many times what chance gives them are preferred.</summary>
    private const double Preferred = 1.5;

    /// <summary>The step.</summary>
    public static LessonStep Of(LayerSpread spread)
    {
        var (lambda, edge) = (spread.Layer.Eigenvalues, spread.Random.Upper);
        var (m, beyond) = (lambda.Count, lambda.Count(value => value > edge));
        return new StepBuilder($"What they say together")
            .Say(m <= Ten ? $"With {Counted.Of(m, "singular value")} there is no spectrum to speak of; the numbers above say all that can be said." : Sentence(spread))
            .Say($"Were its entries independent, of mean {0} and of the mean square that they have, nearly all eigenvalues would lie below {edge} (Marchenko and Pastur): {beyond} of {m} {(beyond == 1 || m == 1 ? "lies" : "lie")} above. The lesson random-vs-trained draws that edge.").Step;
    }

    private static LessonText Sentence(LayerSpread spread)
    {
        var ordinary = LayerSpread.TopShare(spread.Random.Eigenvalues, Ten);
        var surplus = spread.Layer.Known("rank10_share") / ordinary;
        return surplus >= Preferred ? Surplus(spread.Layer, surplus)
            : Preferred * ordinary >= 1 && !spread.IsSpread ? Crowded(spread.Layer, ordinary)
            : $"The {Ten} strongest of {spread.Layer.Eigenvalues.Count} directions hold {surplus} times what chance gives them, so they are hardly preferred. {Hardly(spread)}";
    }

    private static LessonText Surplus(LayerReading layer, double surplus)
    {
        var most = Truncation.RankFor(layer.Eigenvalues, Most);
        return $"{(most == 1 ? "One direction does nearly all of its work" : most <= Ten ? "A few directions do nearly all of its work" : "The layer has preferred directions, and many others work beside them")}: its {Ten} strongest hold {surplus} times what chance would give them. That surplus is {(layer.ProductRank is null ? "not chance: training has put it there, or the layer was made with it" : "what training, and the few directions of the adapter, have put there")}.";
    }

    /// <summary>Ten directions are nearly all, and chance gives them nearly everything.</summary>
    private static LessonText Crowded(LayerReading layer, double ordinary)
    {
        var (m, most) = (layer.Eigenvalues.Count, Truncation.RankFor(layer.Eigenvalues, Most));
        return $"Of {m} directions, {Ten} are so many that chance alone gives them {Digits.Percent(ordinary)}; their share says little here. The participation ratio says more: the layer is more concentrated than a random matrix, and {Counted.Of(most, "direction")} {(most == 1 ? "holds" : "hold")} {Digits.Percent(Most)} of its squared norm.";
    }

    /// <summary>No ten directions are preferred; what else may tell the layer from a random matrix.</summary>
    private static LessonText Hardly(LayerSpread spread)
    {
        var (m, rank) = (spread.Layer.Eigenvalues.Count, spread.Layer.Rank);
        return !spread.IsSpread ? $"And yet the layer is more concentrated than a random matrix: its weakest directions are weaker than chance would have them."
            : rank < m ? $"And yet this is no random matrix: {m - rank} of its {m} singular values {Counted.Is(m - rank)} {0}, and can be left out without loss."
            : spread.IsEven ? (LessonText)$"The layer spreads its work more evenly than a random matrix does: chance alone would have made some directions stronger and others weaker."
            : $"The layer spreads its work as a random matrix does: by these numbers alone it can hardly be told from its initialisation, and it cannot be compressed without loss.";
    }
}
