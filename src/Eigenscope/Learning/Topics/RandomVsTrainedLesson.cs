using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Learning;

/// <summary>The law of random matrices, drawn, and a layer before and after its training beside it.</summary>
internal static class RandomVsTrainedLesson
{
    private const int Largest = 256;
    private const int MostNumbers = 1 << 22;
    private const double Level = 0.01;
    private const double Changed = 0.03;
    private const string Resolved = "hard_rank";
    private const string Participation = "participation_ratio";
    private static readonly int[] Parts = [16, 4, 1];
    private static readonly string[] Compared = ["stable_rank", Participation, "effective_rank", "rank10_share", "alpha"];

    public static LessonTopic Topic { get; } = new(
        "random-vs-trained", "Random and trained", "Random matrices have a law of their own. A layer begins with it, and what training adds lies outside.", LessonSubject.TwoLayers, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var layers = input.Matrix is { } w ? [LayerMatrix.Reading(w, input.Cancellation)] : input.Layers;
        if (layers.Count == 0)
        {
            throw new LessonException($"{topic.Name} is worked on a layer before and after its training: BEFORE AFTER NAME, or --matrix");
        }

        var (rows, columns) = (layers[0].Rows, layers[0].Columns);
        if (layers.FirstOrDefault(layer => (layer.Rows, layer.Columns) != (rows, columns)) is { } other)
        {
            throw new LessonException($"{layers[0].Name} is {rows} x {columns} in {layers[0].Model} and {other.Rows} x {other.Columns} in {other.Model}; training does not change a shape");
        }

        IReadOnlyList<LessonStep> hand = input.Matrix is null ? [] : [MatrixSteps.Matrix(input.Matrix, $"Is this matrix more than chance?"), .. MatrixSteps.Decomposed(input.Matrix)];
        return new(topic, input.Matrix,
        [
            .. hand,
            TheLaw(rows, columns),
            Growing(rows, columns, input),
            .. layers.Select((layer, i) => Layer(layer, layers.Count == 2 ? i == 0 ? "Before training" : "After training" : input.Matrix is null ? "The layer beside it" : "The matrix beside it", i == 0 && layers.Count == 2)),
            .. layers.Count == 2 ? new[] { Change(layers[0], layers[1]) } : [],
        ]);
    }

    private static LessonStep TheLaw(int rows, int columns)
    {
        var law = new RandomSpectrum(rows, columns, 1);
        var step = new StepBuilder($"The law of Marchenko and Pastur");
        step.Say($"Fill a large matrix with independent random numbers of mean {0} and of one variance, whatever their kind. Every entry is chance, and yet the eigenvalues of WᵀW hardly depend on it: they fill one interval with one density, which only the shape decides.");
        step.Write($"λ± = N s² ({1} ± √(M / N))², s² the variance of an entry, N = {law.N} the longer side, M = {law.M} the shorter");
        return step.Say($"For this shape and s = {1} that is from {law.Lower} to {law.Upper}. Nothing of a random matrix lies far outside. So what lies outside in a layer is not chance.").Step;
    }

    private static LessonStep Growing(int rows, int columns, LessonInput input)
    {
        var (q, draws) = ((double)Math.Max(rows, columns) / Math.Min(rows, columns), new List<(RandomSpectrum Law, IReadOnlyList<double> Lambda)>());
        var largestSide = Math.Min(Largest, Math.Sqrt(MostNumbers / q));
        foreach (var (index, part) in Parts.Index())
        {
            var m = Math.Max(1, (int)(largestSide / part));
            var law = new RandomSpectrum((int)Math.Round(m * q), m, 1);
            var w = TestMatrices.Noise(NoiseKind.Gaussian, law.N, law.M, input.Seed + index);
            draws.Add((law, Spectrum.Of(w, SpectrumRoute.Accurate, input.Cancellation).Eigenvalues));
        }

        var step = new StepBuilder($"Random matrices of growing size");
        step.Say($"Drawn now, of normal numbers and of the same proportions. The larger they are, the closer they come to the law:");
        step.Tabulate(["shape", "largest λ / edge", "distance from the law"], draws.Select(draw => (IReadOnlyList<string>)
            [$"{draw.Law.N} × {draw.Law.M}", Digits.Text(draw.Lambda[^1] / draw.Law.Upper, 4), Digits.Text(draw.Law.Distance(draw.Lambda), 3)]));
        var (largest, lambda) = draws[^1];
        return step
            .Draw(largest.Figure("random-matrix", $"Singular values of a random matrix of {largest.N} × {largest.M}", $"The bars are one matrix, the line is the law; the largest distance between the two, as shares of all values, is {Digits.Percent(largest.Distance(lambda))}.", lambda))
            .Require($"the largest of them is closer to the law than the smallest", Math.Max(0, largest.Distance(lambda) - draws[0].Law.Distance(draws[0].Lambda)), 0).Step;
    }

    private static LessonStep Layer(LayerReading layer, string title, bool isBefore)
    {
        var step = new StepBuilder(LessonText.Template(title));
        step.Say(layer.Model.Length == 0 ? (LessonText)$"W, {layer.Rows} × {layer.Columns}:" : (LessonText)$"{layer.Name} of {layer.Model}, {layer.Rows} × {layer.Columns}:");
        if (!(layer.Eigenvalues[^1] > 0))
        {
            return step.Say($"All singular values are {0}; there is nothing to compare.").Step;
        }

        var (fit, reason) = BulkFit.Of([.. layer.Eigenvalues], Math.Max(layer.Rows, layer.Columns));
        var variance = fit?.Variance ?? (layer.Eigenvalues.Sum() / ((double)layer.Rows * layer.Columns));
        var law = new RandomSpectrum(layer.Rows, layer.Columns, variance);
        if (fit is null)
        {
            return step.Say(layer.Eigenvalues.Count < BulkFit.LeastSize
                ? (LessonText)$"The law is one of large matrices. With {Counted.Of(layer.Eigenvalues.Count, "singular value")} nobody can tell chance from intent by size alone."
                : $"No part of this spectrum fits the law: {reason!}.").Step;
        }

        if (layer.Metric(Resolved) <= fit.Spikes)
        {
            return step.Say($"What is left beside {Counted.Of((int)layer.Metric(Resolved)!, "direction")} is so small that rounding of the stored numbers may have left it: there is no random part to hold against the law.").Step;
        }

        var beyond = fit.Spikes;
        var test = EdgeTest.Upper([.. layer.Eigenvalues], Math.Max(layer.Rows, layer.Columns), EdgeVariance.Fitted, level: Level).Test;
        step.Draw(law.Figure(isBefore ? "before-training" : "after-training", $"{layer.Name}, {title.ToLowerInvariant()}", $"The bars are the layer, the line is the law for a random part whose entries have a standard deviation of {Math.Sqrt(variance)}: its edge lies at {Math.Sqrt(law.Upper)}, and {beyond} of {layer.Eigenvalues.Count} {(beyond == 1 ? "lies" : "lie")} farther out than chance puts them.", layer.Eigenvalues));
        step.Say($"The law is fitted to the part of the spectrum that can be chance. Its edge lies at λ = {law.Upper}, the largest eigenvalue at {layer.Eigenvalues[^1]}, {layer.Eigenvalues[^1] / law.Upper} times as far. {beyond} of {layer.Eigenvalues.Count} eigenvalues {(beyond == 1 ? "lies" : "lie")} so far beyond the edge that chance would hardly put them there.");
        if (test is not null)
        {
            step.Say($"Would chance put the largest eigenvalue so far out? By Tracy and Widom's law of the edge with {(test.PValue > 0 ? (LessonText)$"probability {test.PValue}" : $"a probability too small for a number")}: {(test.Rejects ? "no" : test.PValue > 1 - Level ? "it would put it farther out still" : "yes, that is what chance does")}.");
        }

        return step.Say($"The distance of the whole spectrum from the law is {Digits.Percent(law.Distance(layer.Eigenvalues))}. {Verdict(fit, test)}").Step;
    }

    private static string Verdict(BulkFit fit, EdgeTest? test) => (fit.Spikes, test) switch
    {
        (0, not { Rejects: true }) when fit.Ks * fit.Size > fit.CriticalDistance => "Nothing lies outside, and yet this is no spectrum of a random matrix.",
        (0, not { Rejects: true }) => "This is a random matrix, as far as its spectrum tells.",
        (_, { Rejects: false }) => "What lies outside may be chance.",
        _ => "What lies outside has been put there.",
    };

    private static LessonStep Change(LayerReading before, LayerReading after)
    {
        var step = new StepBuilder($"What training did");
        step.Tabulate(["", "before", "after"], Compared.Select(name => (IReadOnlyList<string>)[name.Replace('_', ' '), Value(before, name), Value(after, name)]));
        var (first, last) = (before.Eigenvalues.Sum(), after.Eigenvalues.Sum());
        return step
            .Say(before.Eigenvalues.SequenceEqual(after.Eigenvalues)
                ? (LessonText)$"All singular values are the same before and after."
                : $"The squared norm went from {first} to {last}, the largest singular value from {Math.Sqrt(before.Eigenvalues[^1])} to {Math.Sqrt(after.Eigenvalues[^1])}.{Spread(before, after)}")
            .Step;
    }

    /// <summary>What became of the number of directions that take part, where there is one and there can be several.</summary>
    private static LessonText Spread(LayerReading before, LayerReading after) => (before.Eigenvalues.Count, before.Metric(Participation), after.Metric(Participation)) switch
    {
        (1, _, _) or (_, null, _) or (_, _, null) => LessonText.None,
        (_, { } first, { } last) when last < (1 - Changed) * first => $" The participation ratio fell: fewer directions do more of the work, and that, more than the size of the numbers, tells what the layer has learned.",
        (_, { } first, { } last) when last > (1 + Changed) * first => $" The participation ratio rose: more directions share the work than before.",
        _ => $" The participation ratio hardly changed: about as many directions share the work as before.",
    };

    private static string Value(LayerReading layer, string metric) => layer.Metric(metric) is { } value ? metric == "rank10_share" ? Digits.Percent(value) : Digits.Text(value, 4) : "undefined";
}
