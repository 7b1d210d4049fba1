using Eigenscope.Forecasting;
using Eigenscope.Spectra;
using Eigenscope.Training;

namespace Eigenscope.Experiments;

/// <summary>A kind of training whose spectra are forecast.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Options">What is trained; null for the linear student.</param>
/// <param name="Streamed">The layer whose spectrum is followed through gradients; null for none.</param>
/// <param name="KnowsGradients">True where forecasts are told the mean gradient and its noise.</param>
internal sealed record ForecastCase(string Name, int Steps, TrainingOptions? Options, string? Streamed, bool KnowsGradients = false);

/// <summary>A spectrum followed through gradients, beside what came.</summary>
/// <param name="Origin">The step at which it was decomposed.</param>
/// <param name="Step">The step that is compared.</param>
/// <param name="Method">How it was followed; null for the values at the origin.</param>
/// <param name="Error">The root of the mean squared relative error of the largest singular values.</param>
/// <param name="Alignment">|u_1^T u_1'|.</param>
internal sealed record StreamedError(int Origin, int Step, StreamedMethod? Method, double Error, double Alignment);

/// <summary>A training, kept in memory at evenly spaced steps, and what was streamed along the way.</summary>
internal sealed class ForecastedTraining
{
    /// <summary>The distance of checkpoints, as a share of the steps: one in forty.</summary>
    public const int Checkpoints = 40;

    private const int TrackedModes = 20;
    private const int ScoredModes = 5;

    private readonly ForecastCase kind;
    private readonly SortedDictionary<string, List<TimedWeights>> layers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Layer, int Step), GradientStatistics> gradients = [];
    private readonly List<Stream> streams = [];
    private readonly List<StreamedError> streamed = [];

    private ForecastedTraining(ForecastCase kind) => this.kind = kind;

    /// <summary>Every weight matrix at every checkpoint.</summary>
    public IReadOnlyDictionary<string, List<TimedWeights>> Layers => layers;

    /// <summary>What the streams made of it.</summary>
    public IReadOnlyList<StreamedError> Streamed => streamed;

    /// <summary>The last held-out loss; NaN for the linear student.</summary>
    public double Loss { get; private set; } = double.NaN;

    private int Every => kind.Steps / Checkpoints;

    /// <summary>What is known of a layer's gradients at a step; null where nothing is.</summary>
    public GradientStatistics? GradientsOf(string layer, int step) => gradients.GetValueOrDefault((layer, step));

    /// <summary>Trains.</summary>
    public static ForecastedTraining Of(ForecastCase kind, long seed)
    {
        var training = new ForecastedTraining(kind);
        if (kind.Options is { } options)
        {
            training.Train(options with { Steps = kind.Steps, Seed = seed, SaveAt = CheckpointSteps.Every(training.Every, kind.Steps), KeptGradients = kind.Streamed is null ? null : (0, kind.Steps - 1) });
        }
        else
        {
            training.Learn(new LinearStudent(new LinearStudentOptions(), seed));
        }

        return training;
    }

    private void Train(TrainingOptions options) => TrainingRun.Start(
        options,
        checkpoint =>
        {
            Loss = checkpoint.Log.HeldOutLoss;
            foreach (var weights in checkpoint.Weights.Where(weights => weights.IsMatrix))
            {
                Keep(weights.Name, new TimedWeights(checkpoint.Step, weights.Values));
            }

            foreach (var statistics in checkpoint.Gradients)
            {
                gradients.Add((statistics.Name, checkpoint.Step), new GradientStatistics(statistics.Mean, options.GradientBatches, statistics.Variance, options.Optimizer.LearningRate)
                {
                    Modes = [.. statistics.ModeEigenvalues.Zip(statistics.ModeVariance, (lambda, variance) => new ModeVariance(lambda, variance))],
                });
            }
        },
        atGradient: gradient => Apply(new GradientStep(gradient.Step + 1, gradient.Gradients.Single(one => one.Name == kind.Streamed).Values, gradient.LearningRate)));

    private void Learn(LinearStudent student)
    {
        Keep(kind.Streamed!, student.Checkpoint);
        while (student.Step < kind.Steps)
        {
            Apply(student.Advance());
            if (student.Step % Every == 0)
            {
                Keep(kind.Streamed!, student.Checkpoint);
            }
        }
    }

    private void Keep(string layer, TimedWeights checkpoint)
    {
        if (!layers.TryGetValue(layer, out var kept))
        {
            layers.Add(layer, kept = []);
        }

        kept.Add(checkpoint);
        if (layer == kind.Streamed)
        {
            CompareStreams(checkpoint);
            BeginStreams(checkpoint);
        }
    }

    private void Apply(GradientStep step) => streams.ForEach(stream => stream.Spectrum?.Apply(step));

    private void BeginStreams(TimedWeights checkpoint)
    {
        if (checkpoint.Step == 0 || checkpoint.Step * 4 == kind.Steps)
        {
            streams.AddRange(Enum.GetValues<StreamedMethod>().Select(method => new Stream((int)checkpoint.Step, method, new StreamedSpectrum(checkpoint, new StreamedOptions { Modes = TrackedModes, Method = method }), null)));
            streams.Add(new Stream((int)checkpoint.Step, null, null, LeadingVectors.Of(checkpoint.Weights, ScoredModes)));
        }
    }

    private void CompareStreams(TimedWeights checkpoint)
    {
        var came = streams.Count == 0 ? null : LeadingVectors.Of(checkpoint.Weights, ScoredModes);
        foreach (var stream in streams)
        {
            var (sigma, left) = (stream.Spectrum?.SingularValues ?? stream.Still!.SingularValues, stream.Spectrum?.Left[0] ?? stream.Still!.Left[0]);
            var error = Math.Sqrt(Enumerable.Range(0, ScoredModes).Average(k => Math.Pow((sigma[k] / came!.SingularValues[k]) - 1, 2)));
            streamed.Add(new(stream.Origin, (int)checkpoint.Step, stream.Method, error, Math.Abs(left.Zip(came!.Left[0], (x, y) => x * y).Sum())));
        }
    }

    /// <summary>A spectrum on its way, or one that stays as it is.</summary>
    private sealed record Stream(int Origin, StreamedMethod? Method, StreamedSpectrum? Spectrum, LeadingVectors? Still);
}
