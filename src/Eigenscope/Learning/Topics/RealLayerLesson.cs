using Eigenscope.Spectra;

namespace Eigenscope.Learning;

/// <summary>A layer of a network read by its singular values: the numbers and the three panels.</summary>
internal static class RealLayerLesson
{
    private const int Ten = 10;

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
        return new(topic, input.Matrix, [Shape(layer, input.Matrix), .. hand, .. layer.Rank > 0 ? Read(new LayerSpread(layer)) : [Nothing(layer)]]);
    }

    private static IReadOnlyList<LessonStep> Read(LayerSpread spread) => [EffectiveRank(spread), Condition(spread), TenDirections(spread), Panels(spread), LayerTakeaway.Of(spread)];

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
        if (layer.IsConvolution)
        {
            step.Say($"It is a convolution: a kernel with more than two axes, which is read as one matrix of that shape.");
        }

        if (layer.ProductRank is { } rank && rank < m)
        {
            step.Say($"It is what an adapter adds to a weight, stored as two factors with {Counted.Of(rank, "direction")} between them: no more than {rank} of its singular values are above {0}, and {(m - rank == 1 ? (LessonText)$"the other one is" : $"the other {m - rank} are")} {0} by its making.");
        }

        return step.Say(layer.Rows == layer.Columns
            ? (LessonText)$"It is square, but what comes out lives in another space than what goes in, so it is singular values and not eigenvalues that tell what it does."
            : $"It is not square, so it has no eigenvalues; its singular values tell what it does.").Step;
    }

    private static LessonStep EffectiveRank(LayerSpread spread)
    {
        var layer = spread.Layer;
        var m = layer.Eigenvalues.Count;
        var (participation, entropy) = (spread.Participation, layer.Metric("effective_rank"));
        var random = spread.Ordinary;
        var step = new StepBuilder($"Effective rank");
        step.Write($"participation ratio = (Σσ)² / Σσ² = {participation} of {m}");
        if (m == 1)
        {
            return step.Say($"If k singular values were equal and the others zero, it would be k. A single one always gives {1}.").Step;
        }

        step.Say($"If k singular values were equal and the others zero, it would be k. This is what many articles call effective rank: {Digits.Percent(participation / m)} of the most that {Counted.Of(m, "singular value")} can have.");
        if (entropy is { } rank)
        {
            step.Write($"entropy rank = exp(−Σ p ln p), p = σ / Σσ: {rank} of {m}");
            step.Say($"Roy and Vetterli's effective rank weighs small singular values more, and so is never the smaller of the two.");
            step.Require($"it is not the smaller of the two", Math.Max(0, participation - rank), 1e-9 * m);
        }

        return step
            .Say($"A random matrix of this shape would have a participation ratio of about {random}, or {Digits.Percent(random / m)}, without having learned anything: this layer is {spread.Words}.")
            .Require($"it lies between {1} and {m}", Math.Max(0, Math.Max(1 - participation, participation - m)), 1e-9 * m).Step;
    }

    private static LessonStep Condition(LayerSpread spread)
    {
        var layer = spread.Layer;
        var step = new StepBuilder($"Condition number");
        var (largest, smallest) = (Math.Sqrt(layer.Eigenvalues[^1]), Math.Sqrt(Math.Max(0, layer.Eigenvalues[0])));
        if (layer.Metric("condition_number") is not { } condition)
        {
            var isMadeZero = layer.ProductRank is { } rank && rank < layer.Eigenvalues.Count;
            step.Write($"σ₁ = {largest}, the smallest σ {(isMadeZero ? "is" : "cannot be told from")} {0}");
            return step.Say($"The condition number is the largest singular value over the smallest. Here that is no number: some direction of the smaller side is lost altogether{(isMadeZero ? "" : ", as far as the analysis can tell")}.").Step;
        }

        step.Write($"condition number = σ₁ / σ{Digits.Subscript(layer.Eigenvalues.Count)} = {largest} / {smallest} = {condition}");
        return step.Say(layer.Eigenvalues.Count == 1
            ? (LessonText)$"There is a single singular value, so none is larger than another."
            : spread.IsLevel ? (LessonText)$"All directions that have a singular value come out equally long, as from a turn."
            : $"Some input directions come out {condition} times as long as others. {(condition < 2 ? "That is close to a turn: the directions that have a singular value are treated nearly alike" : condition < 1000 ? "That is moderate stretching, and no cause for worry" : condition < 1e6 ? "That is strong stretching: the weakest directions hardly pass" : "That is extreme: the weakest directions are lost for all practical purposes")}. It hangs on a single value, the smallest, so it says little of the rest.").Step;
    }

    private static LessonStep TenDirections(LayerSpread spread)
    {
        var layer = spread.Layer;
        var (m, share) = (layer.Eigenvalues.Count, layer.Known("rank10_share"));
        var random = LayerSpread.TopShare(spread.Random.Eigenvalues, Ten);
        var step = new StepBuilder($"What ten directions hold");
        step.Write($"rank-{Ten} share = {(m == 1 ? (LessonText)$"λ₁" : $"(λ₁ + … + λ{Digits.Subscript(Math.Min(Ten, m))})")} / Σλ = {Digits.Percent(share)}");
        step.Say(m <= Ten
            ? (LessonText)$"There {Counted.Is(m)} only {Counted.Of(m, "singular value")}, so {(m == 1 ? "it holds" : "they hold")} all of it."
            : layer.Rank <= Ten
            ? (LessonText)$"Only {layer.Rank} of its {m} singular values {Counted.Is(layer.Rank)} above {0}, so {(layer.Rank == 1 ? "it holds" : "they hold")} all of it."
            : (LessonText)$"Kept to its {Ten} strongest directions of {m}, that is {Digits.Percent((double)Ten / m)} of them, the layer would keep {Digits.Percent(share)} of its squared norm. A random matrix of this shape would keep {Digits.Percent(random)}.");
        step.Tabulate(["share", "directions it takes", "of all"], Shares.Select(wanted => (IReadOnlyList<string>)
            [Digits.Percent(wanted), Digits.Text(Truncation.RankFor(layer.Eigenvalues, wanted)), Digits.Percent((double)Truncation.RankFor(layer.Eigenvalues, wanted) / m)]));
        return step.Require(m <= Ten ? (LessonText)$"{(m == 1 ? "it holds" : "all of them hold")} all of the norm" : $"{Ten} of {m} directions, being the strongest, hold at least their share of the norm", Math.Max(0, ((double)Math.Min(Ten, m) / m) - share), 1e-12).Step;
    }

    private static LessonStep Panels(LayerSpread spread)
    {
        var layer = spread.Layer;
        var m = layer.Eigenvalues.Count;
        double[] lambda = [.. layer.Eigenvalues.Reverse().Select(value => Math.Max(0, value))];
        var total = lambda.Sum();
        var sum = 0.0;
        double[] index = [.. Enumerable.Range(1, m).Select(k => (double)k)];
        double[] cumulative = [.. lambda.Select(value => (sum += value) / total)];
        double[] random = [.. spread.Random.Eigenvalues.Reverse()];
        var (curve, law) = m == 1 ? (CurveKind.Points, CurveKind.Points) : (CurveKind.Line, CurveKind.Dashed);
        var ninety = Truncation.RankFor(layer.Eigenvalues, 0.9);
        return new StepBuilder($"Three panels")
            .Draw(new CurveFigure("singular-value-spectrum", "Singular value spectrum", m == 1 ? (LessonText)$"The only singular value, {Math.Sqrt(lambda[0])}." : $"The singular values from the largest, {Math.Sqrt(lambda[0])}, down to {Math.Sqrt(lambda[^1])}. {spread.Fall}", "index", "singular value",
                [new("this layer", index, [.. lambda.Select(Math.Sqrt)], curve), new("a random matrix of this shape", index, [.. random.Select(Math.Sqrt)], law)])
            { IsLogY = true })
            .Draw(new CurveFigure("cumulative-variance", "Cumulative variance explained", m == 1 ? (LessonText)$"The only direction holds all of the squared norm." : $"The share of the squared norm that the first k directions hold: {Digits.Percent(0.9)} are reached with {ninety} of {m}. The faster it rises, the better the layer can be compressed.", "number of components", "share of Σλ",
                [new("this layer", index, cumulative, curve), new("a random matrix of this shape", index, Cumulative(random), law)]))
            .Draw(new CurveFigure("gram-eigenvalues", layer.Rows > layer.Columns ? "Eigenvalues of WᵀW" : "Eigenvalues of W Wᵀ", m == 1 ? (LessonText)$"The same on a squared scale: λ = σ² = {lambda[0]}." : $"The same on a squared scale: λ = σ², from {lambda[0]} down to {lambda[^1]}.", "index", "eigenvalue",
                [new("this layer", index, lambda, curve), new("a random matrix of this shape", index, random, law)])
            { IsLogY = true }).Step;
    }

    private static LessonStep Nothing(LayerReading layer) =>
        new StepBuilder($"Nothing to be read").Say($"{(layer.Eigenvalues.Count == 1 ? (LessonText)$"The only singular value is" : $"All {layer.Eigenvalues.Count} singular values are")} {0}: the layer gives {0} whatever comes in. Effective rank, condition number and shares are quotients by {0} here, and undefined.").Step;

    private static double[] Cumulative(double[] descending)
    {
        var (total, sum) = (descending.Sum(), 0.0);
        return Array.ConvertAll(descending, value => (sum += value) / total);
    }
}
