using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Learning;

/// <summary>The five phases of training and the collapse of the rank, each by a matrix that is made for it.</summary>
internal static class HeavyTailsLesson
{
    private const int N = 400;
    private const int M = 250;
    private const int LeastGood = 2;
    private const int MostGood = 4;
    private const int Untrained = 6;

    private static readonly Phase[] Phases = [Phase.RandomLike, Phase.BleedingOut, Phase.BulkSpikes, Phase.BulkDecay, Phase.HeavyTailed, Phase.RankCollapse];

    public static LessonTopic Topic { get; } = new(
        "heavy-tails", "From noise to heavy tails", "The phases that layers pass in training: random-like, bleeding-out, bulk and spikes, bulk-decay, heavy-tailed, and the collapse of the rank.", LessonSubject.Draws, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        IReadOnlyList<LessonStep> own = input.Matrix is { } w ? [MatrixSteps.Matrix(w, $"Which phase is this matrix in? It is worked first, and then held against the six."), .. MatrixSteps.Decomposed(w), Own(w, input.Cancellation)] : [];
        var made = Phases.Select(phase => (Phase: phase, Lambda: Made(phase, input))).ToList();
        return new(topic, input.Matrix, [.. own, .. made.Select(item => Step(item.Phase, item.Lambda)), Overview(made)]);
    }

    private static IReadOnlyList<double> Made(Phase phase, LessonInput input) =>
        Spectrum.Of(TestMatrices.OfPhase(phase, N, M, input.Seed), SpectrumRoute.Accurate, input.Cancellation).Eigenvalues;

    private static LessonStep Step(Phase phase, IReadOnlyList<double> lambda)
    {
        var step = new StepBuilder(LessonText.Template(Title(phase)));
        step.Say(About(phase));
        step.Say(Facts(lambda, N));
        step.Draw(Figure(phase, lambda));
        return step.Say(Read(lambda, N)).Step;
    }

    private static LessonStep Own(LessonMatrix w, CancellationToken cancellation)
    {
        var lambda = LayerMatrix.Eigenvalues(w, Spectrum.Of(w.ToDense(), SpectrumRoute.Accurate, cancellation).Eigenvalues);
        var step = new StepBuilder($"Its phase");
        var (verdict, reason) = PhaseClassifier.Of([.. lambda], Math.Max(w.Rows, w.Columns));
        return verdict is null
            ? step.Say($"It has {Counted.Of(lambda.Count, "singular value")}, and {reason}: a phase is a shape of many values.").Step
            : step.Say(Facts(lambda, Math.Max(w.Rows, w.Columns))).Say(Read(lambda, Math.Max(w.Rows, w.Columns))).Step;
    }

    private static LessonStep Overview(IReadOnlyList<(Phase Phase, IReadOnlyList<double> Lambda)> made)
    {
        var step = new StepBuilder($"All six");
        step.Tabulate(["made as", "read as", "confidence", "largest λ / edge", "alpha of the tail"], made.Select(item =>
        {
            var verdict = PhaseClassifier.Of([.. item.Lambda], N).Verdict!;
            return (IReadOnlyList<string>)[Title(item.Phase), Title(verdict.Phase), Digits.Percent(verdict.Confidence), Edge(item.Lambda) is { } edge ? Digits.Text(item.Lambda[^1] / edge, 4) : "no edge", Alpha(item.Lambda) is { } alpha ? Digits.Text(alpha, 3) : "no tail"];
        }));
        return step.Say($"A layer that learns well moves down this list as far as heavy-tailed, and not into the collapse. Alpha is the exponent of the tail: Martin and Mahoney find {LeastGood} to {MostGood} in well-trained layers, more than {Untrained} where hardly anything has been learned, and less than {LeastGood} where a few huge weights rule or a layer was trained too far.").Step;
    }

    private static LessonText Facts(IReadOnlyList<double> lambda, int n)
    {
        var (fit, reason) = BulkFit.Of([.. lambda], n);
        return fit is { } bulk
            ? (LessonText)$"The edge of the part that can be chance is {bulk.LambdaPlus}, and {bulk.Spikes} of {lambda.Count} eigenvalues {(bulk.Spikes == 1 ? "lies" : "lie")} farther beyond it than chance would put them; the largest is {lambda[^1]}, {lambda[^1] / bulk.LambdaPlus} times as far out, the smallest {lambda[0]}."
            : $"No part of it fits chance ({reason}); the eigenvalues reach from {lambda[0]} to {lambda[^1]}.";
    }

    private static LessonText Read(IReadOnlyList<double> lambda, int n)
    {
        var verdict = PhaseClassifier.Of([.. lambda], n).Verdict!;
        return $"Eigenscope reads it as {Title(verdict.Phase).ToLowerInvariant()}, with a confidence of {Digits.Percent(verdict.Confidence)}{(Alpha(lambda) is { } alpha ? (LessonText)$"; the power law that fits its tail best has alpha = {Digits.Text(alpha, 3)}" : $"; no power law fits its tail")}.";
    }

    private static CurveFigure Figure(Phase phase, IReadOnlyList<double> lambda)
    {
        double[] logs = [.. lambda.Where(value => value > 1e-12 * lambda[^1]).Select(Math.Log10)];
        return new($"phase-{Title(phase).ToLowerInvariant().Replace(' ', '-')}", Title(phase), $"How the logarithms of {logs.Length} eigenvalues are spread, and how chance would spread the part of them that can be chance.", "log₁₀ λ", "density",
            [LessonHistogram.Of("eigenvalues", logs), .. BulkFit.Of([.. lambda], N).Fit is { } fit ? [new RandomSpectrum(N - fit.Spikes, M - fit.Spikes, fit.Variance).OverLogarithms((double)fit.Size / M)] : Array.Empty<LessonCurve>()]);
    }

    private static double? Edge(IReadOnlyList<double> lambda) => BulkFit.Of([.. lambda], N).Fit?.LambdaPlus;

    private static double? Alpha(IReadOnlyList<double> lambda) => PowerLawFit.Of([.. lambda.Where(value => value > 1e-12 * lambda[^1])]).Fit?.Alpha;

    private static string Title(Phase phase) => phase switch
    {
        Phase.RandomLike => "Random-like",
        Phase.BleedingOut => "Bleeding-out",
        Phase.BulkSpikes => "Bulk and spikes",
        Phase.BulkDecay => "Bulk-decay",
        Phase.HeavyTailed => "Heavy-tailed",
        _ => "Rank collapse",
    };

    private static LessonText About(Phase phase) => phase switch
    {
        Phase.RandomLike => $"A matrix of independent numbers: a layer before its training, or one that nothing has reached. All eigenvalues lie inside the edges of Marchenko and Pastur, or as little outside as chance puts them.",
        Phase.BleedingOut => $"Noise and a few weak signals, just strong enough to be seen: the first eigenvalues cross the edge.",
        Phase.BulkSpikes => $"Noise and a few strong signals, well apart from the bulk: directions that were learned beside many that were not. Small and older networks stay here.",
        Phase.BulkDecay => $"Signals of all strengths, the weaker ones so many that the edge dissolves: there is no place any more where noise ends.",
        Phase.HeavyTailed => $"No bulk is left: eigenvalues over orders of magnitude, their number falling as a power of their size. Large modern networks look like this, and it goes with good performance.",
        _ => $"Many eigenvalues have fallen to about nothing: the layer uses only some of its dimensions. It comes of too much regularisation, of dead units, or of a training gone wrong.",
    };
}
