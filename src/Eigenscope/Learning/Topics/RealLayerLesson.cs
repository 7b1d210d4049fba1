using Eigenscope.Spectra;

namespace Eigenscope.Learning;

/// <summary>A layer of a network read by its singular values: the numbers and the three panels.</summary>
internal static class RealLayerLesson
{
    private const int Ten = 10;

    /// <summary>Eigenvalues that differ by less than this share are as good as equal.</summary>
    private const double Level = 0.999;
    private static readonly double[] Shares = [0.5, 0.9, 0.99];

    public static LessonTopic Topic { get; } = new(
        "real-layer", "A real layer", "Any layer of any model: effective rank, condition number, what ten directions hold, and three pictures of its spectrum.", LessonSubject.Layer, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var layer = input switch
        {
            { Matrix: { } w } => LayerMatrix.Reading(w, input.Cancellation),
            { Layers: [var first, ..] } => first,
            _ => throw new LessonException($"{topic.Name} is worked on a layer: MODEL NAME, or --matrix"),
        };
        IReadOnlyList<LessonStep> hand = input.Matrix is null ? [] : MatrixSteps.Decomposed(input.Matrix);
        return layer.Eigenvalues[^1] > 0
            ? new(topic, input.Matrix, [Shape(layer, input.Matrix), .. hand, EffectiveRank(layer), Condition(layer), TenDirections(layer), Panels(layer), Takeaway(layer)])
            : new(topic, input.Matrix, [Shape(layer, input.Matrix), .. hand, Nothing(layer)]);
    }

    private static LessonStep Shape(LayerReading layer, LessonMatrix? matrix)
    {
        var (m, n) = (layer.Eigenvalues.Count, Math.Max(layer.Rows, layer.Columns));
        var step = new StepBuilder($"The layer");
        step.Say(matrix is null ? (LessonText)$"{layer.Name} of {layer.Model}." : $"The matrix is read as a layer of a network would be.");
        if (matrix is not null)
        {
            step.Write(StepBuilder.Text($"W ="), Cells.Of(matrix));
        }

        step.Say($"Weight matrix shape: {layer.Rows} × {layer.Columns}, {(double)layer.Rows * layer.Columns} {((double)layer.Rows * layer.Columns == 1 ? "number" : "numbers")}. So it has {Counted.Of(m, "singular value")}, one for each dimension of its smaller side{(n > m ? (LessonText)$"; of its larger side, {Counted.Of(n - m, "direction")} {(n - m == 1 ? "has" : "have")} none" : LessonText.None)}.");
        if (layer.ProductRank is { } rank && rank < m)
        {
            step.Say($"It is what an adapter adds to a weight, stored as two factors with {Counted.Of(rank, "direction")} between them: no more than {rank} of its singular values are above {0}, and {(m - rank == 1 ? (LessonText)$"the other one is" : $"the other {m - rank} are")} {0} by its making.");
        }

        return step.Say(layer.Rows == layer.Columns
            ? (LessonText)$"It is square, but what comes out lives in another space than what goes in, so it is singular values and not eigenvalues that tell what it does."
            : $"It is not square, so it has no eigenvalues; its singular values tell what it does.").Step;
    }

    private static LessonStep EffectiveRank(LayerReading layer)
    {
        var m = layer.Eigenvalues.Count;
        var (participation, entropy) = (Known(layer, "participation_ratio"), layer.Metric("effective_rank"));
        var random = Participation(Random(layer).Eigenvalues);
        var step = new StepBuilder($"Effective rank");
        step.Write($"participation ratio = (Σσ)² / Σσ² = {participation} of {m}");
        step.Say($"If k singular values were equal and the others zero, it would be k. This is what many articles call effective rank: {Digits.Percent(participation / m)} of the most that {Counted.Of(m, "singular value")} can have.");
        if (entropy is { } rank)
        {
            step.Write($"entropy rank = exp(−Σ p ln p), p = σ / Σσ: {rank} of {m}");
            step.Say($"Roy and Vetterli's effective rank weighs small singular values more, and so is never the smaller of the two.");
            step.Require($"it is not the smaller of the two", Math.Max(0, participation - rank), 1e-9 * m);
        }

        return step
            .Say($"A random matrix of this shape would have a participation ratio of about {random}, or {Digits.Percent(random / m)}, without having learned anything: {(participation > 1.03 * random ? "this layer is more evenly spread than that" : participation > 0.97 * random ? "this layer is as spread as that" : participation > 0.75 * random ? "this layer is somewhat more concentrated" : "this layer is far more concentrated")}.")
            .Require($"it lies between {1} and {m}", Math.Max(0, Math.Max(1 - participation, participation - m)), 1e-9 * m).Step;
    }

    private static LessonStep Condition(LayerReading layer)
    {
        var step = new StepBuilder($"Condition number");
        var (largest, smallest) = (Math.Sqrt(layer.Eigenvalues[^1]), Math.Sqrt(Math.Max(0, layer.Eigenvalues[0])));
        if (layer.Metric("condition_number") is not { } condition)
        {
            step.Write($"σ₁ = {largest}, the smallest σ cannot be told from {0}");
            return step.Say($"The condition number is the largest singular value over the smallest. Here that is no number: some input direction is lost altogether, as far as the digits of the weights can tell.").Step;
        }

        step.Write($"condition number = σ₁ / σ{Digits.Subscript(layer.Eigenvalues.Count)} = {largest} / {smallest} = {condition}");
        return step.Say(layer.Eigenvalues.Count == 1
            ? (LessonText)$"There is a single singular value, so none is larger than another."
            : $"Some input directions come out {condition} times as long as others. {(condition < 2 ? "That is close to a turn: the directions that have a singular value are treated nearly alike" : condition < 1000 ? "That is moderate stretching, and no cause for worry" : condition < 1e6 ? "That is strong stretching: the weakest directions hardly pass" : "That is extreme: the weakest directions are lost for all practical purposes")}. It hangs on a single value, the smallest, so it says little of the rest.").Step;
    }

    private static LessonStep TenDirections(LayerReading layer)
    {
        var (m, share) = (layer.Eigenvalues.Count, Known(layer, "rank10_share"));
        var random = TopShare(Random(layer).Eigenvalues, Ten);
        var step = new StepBuilder($"What ten directions hold");
        step.Write($"rank-{Ten} share = {(m == 1 ? (LessonText)$"λ₁" : $"(λ₁ + … + λ{Digits.Subscript(Math.Min(Ten, m))})")} / Σλ = {Digits.Percent(share)}");
        step.Say(m <= Ten
            ? (LessonText)$"There {Counted.Is(m)} only {Counted.Of(m, "singular value")}, so {(m == 1 ? "it holds" : "they hold")} all of it."
            : (LessonText)$"Kept to its {Ten} strongest directions of {m}, that is {Digits.Percent((double)Ten / m)} of them, the layer would keep {Digits.Percent(share)} of its squared norm. A random matrix of this shape would keep {Digits.Percent(random)}.");
        step.Tabulate(["share", "directions it takes", "of all"], Shares.Select(wanted => (IReadOnlyList<string>)
            [Digits.Percent(wanted), Digits.Text(Truncation.RankFor(layer.Eigenvalues, wanted)), Digits.Percent((double)Truncation.RankFor(layer.Eigenvalues, wanted) / m)]));
        return step.Require(m <= Ten ? (LessonText)$"all of them hold all of the norm" : $"{Ten} of {m} directions, being the strongest, hold at least their share of the norm", Math.Max(0, ((double)Math.Min(Ten, m) / m) - share), 1e-12).Step;
    }

    private static LessonStep Panels(LayerReading layer)
    {
        var m = layer.Eigenvalues.Count;
        double[] lambda = [.. layer.Eigenvalues.Reverse().Select(value => Math.Max(0, value))];
        var total = lambda.Sum();
        var sum = 0.0;
        double[] index = [.. Enumerable.Range(1, m).Select(k => (double)k)];
        double[] cumulative = [.. lambda.Select(value => (sum += value) / total)];
        double[] random = [.. Random(layer).Eigenvalues.Reverse()];
        var ninety = Truncation.RankFor(layer.Eigenvalues, 0.9);
        return new StepBuilder($"Three panels")
            .Draw(new CurveFigure("singular-value-spectrum", "Singular value spectrum", $"The singular values from the largest, {Math.Sqrt(lambda[0])}, down to {Math.Sqrt(lambda[^1])}. {Shaped(layer)}", "index", "singular value",
                [new("this layer", index, [.. lambda.Select(Math.Sqrt)]), new("a random matrix of this shape", index, [.. random.Select(Math.Sqrt)], CurveKind.Dashed)])
            { IsLogY = true })
            .Draw(new CurveFigure("cumulative-variance", "Cumulative variance explained", $"The share of the squared norm that the first k directions hold: {Digits.Percent(0.9)} are reached with {ninety} of {m}. The faster it rises, the better the layer can be compressed.", "number of components", "share of Σλ",
                [new("this layer", index, cumulative), new("a random matrix of this shape", index, Cumulative(random), CurveKind.Dashed)]))
            .Draw(new CurveFigure("gram-eigenvalues", "Eigenvalues of W Wᵀ", $"The same on a squared scale: λ = σ², from {lambda[0]} down to {lambda[^1]}.", "index", "eigenvalue",
                [new("this layer", index, lambda), new("a random matrix of this shape", index, random, CurveKind.Dashed)])
            { IsLogY = true }).Step;
    }

    private static LessonStep Takeaway(LayerReading layer)
    {
        var (m, random) = (layer.Eigenvalues.Count, Random(layer));
        var beyond = layer.Eigenvalues.Count(lambda => lambda > random.Upper);
        var (share, ordinary) = (Known(layer, "rank10_share"), TopShare(random.Eigenvalues, Ten));
        var step = new StepBuilder($"What they say together");
        step.Say(m <= Ten
            ? (LessonText)$"With {Counted.Of(m, "singular value")} there is no spectrum to speak of; the numbers above say all that can be said."
            : share < 1.5 * ordinary
                ? (LessonText)$"The {Ten} strongest of {m} directions hold {share / ordinary} times what chance gives them, so they are hardly preferred. {(IsSpread(layer) ? (LessonText)$"The layer spreads its work as a random matrix does: by these numbers alone it can hardly be told from its initialisation, and it cannot be compressed without loss." : $"And yet the layer is more concentrated than a random matrix: its weakest directions are weaker than chance would have them.")}"
                : (LessonText)$"{(IsConcentrated(layer) ? "A few directions do nearly all of its work" : "The layer spreads its work, and yet has preferred directions")}: its {Ten} strongest hold {share / ordinary} times what chance would give them. That surplus is what {(layer.ProductRank is null ? "training has" : "training, and the few directions of the adapter, have")} put there.");
        step.Say($"Were its entries independent, with the variance that they have, nearly all eigenvalues would lie below {random.Upper} (Marchenko and Pastur): {beyond} of {m} {(beyond == 1 ? "lies" : "lie")} above. The lesson random-vs-trained draws that edge.");
        return step.Step;
    }

    private static LessonStep Nothing(LayerReading layer) =>
        new StepBuilder($"Nothing to be read").Say($"{(layer.Eigenvalues.Count == 1 ? (LessonText)$"The only singular value is" : $"All {layer.Eigenvalues.Count} singular values are")} {0}: the layer gives {0} whatever comes in. Effective rank, condition number and shares are quotients by {0} here, and undefined.").Step;

    private static LessonText Shaped(LayerReading layer) =>
        layer.Eigenvalues.Count == 1 ? (LessonText)$"There is no other."
            : layer.Eigenvalues[0] > Level * layer.Eigenvalues[^1] ? (LessonText)$"They are as good as equal: no direction rules."
            : IsSpread(layer) ? (LessonText)$"They fall slowly: many directions, no few that rule."
            : $"They fall steeply: a few directions rule.";

    /// <summary>True where nearly as many directions take part as in a random matrix.</summary>
    private static bool IsSpread(LayerReading layer) => Known(layer, "participation_ratio") > 0.75 * Participation(Random(layer).Eigenvalues);

    /// <summary>True where hardly any directions take part beside those of a random matrix.</summary>
    private static bool IsConcentrated(LayerReading layer) => Known(layer, "participation_ratio") < 0.25 * Participation(Random(layer).Eigenvalues);

    /// <summary>A random matrix of the shape and of the mean square of the entries.</summary>
    private static RandomSpectrum Random(LayerReading layer) => new(layer.Rows, layer.Columns, layer.Eigenvalues.Sum() / ((double)layer.Rows * layer.Columns));

    private static double Known(LayerReading layer, string metric) => layer.Metric(metric) ?? throw new LessonException($"{layer.Name}: {metric} is undefined");

    private static double Participation(IReadOnlyList<double> lambda)
    {
        var sum = lambda.Sum(Math.Sqrt);
        return sum * sum / lambda.Sum();
    }

    private static double TopShare(IReadOnlyList<double> ascending, int count) => ascending.TakeLast(count).Sum() / ascending.Sum();

    private static double[] Cumulative(double[] descending)
    {
        var (total, sum) = (descending.Sum(), 0.0);
        return Array.ConvertAll(descending, value => (sum += value) / total);
    }
}
