using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>The tracked singular values after a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="SingularValues">sigma, descending.</param>
public sealed record StreamedPoint(long Step, IReadOnlyList<double> SingularValues);

/// <summary>
/// The k largest singular values of a layer from its weights at one step and the gradients of all later ones (the setting of arXiv 2507.12709): the weights are not read again.
/// </summary>
/// <remarks>
/// Not a forecast: it needs the gradients of the steps that it covers. What of a gradient lies outside of the tracked vectors on both sides is lost, and with it directions that are still weak and
/// grow later: with k &lt; M the error grows with the steps (docs/forecast.md), with k = M it is that of rounding. A step costs three products with k columns and a decomposition of order 2 k;
/// with momentum or weight decay in it a velocity as large as W is held. Not for several threads at once.
/// </remarks>
public sealed class StreamedSpectrum
{
    private readonly StreamedOptions options;
    private readonly bool isWide;
    private readonly double[]? velocity;
    private readonly int rows;
    private readonly int columns;
    private Triplets tracked;

    /// <summary>Begins at a step.</summary>
    /// <param name="start">The weights, N x M or M x N.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="NonFiniteElementException">The weights hold a NaN or an infinity.</exception>
    public StreamedSpectrum(TimedWeights start, StreamedOptions options, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Modes, 1, nameof(options));
        if (!(options.Momentum is >= 0 and < 1) || !(options.WeightDecay >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), "a momentum lies from 0 to below 1, and a weight decay is not negative");
        }

        this.options = options;
        isWide = start.Weights.Rows < start.Weights.Columns;
        var w = Upright(start.Weights);
        NonFiniteElementException.ThrowFirst(w);
        (rows, columns, Step) = (w.Rows, w.Columns, start.Step);
        velocity = options.Momentum > 0 ? new double[rows * columns] : null;
        tracked = Triplets.Of(w, Math.Min(options.Modes, columns), options.Threads, cancellation);
    }

    /// <summary>The last step that was applied.</summary>
    public long Step { get; private set; }

    /// <summary>The tracked singular values, descending.</summary>
    public IReadOnlyList<double> SingularValues => tracked.SingularValues;

    /// <summary>Their left vectors, each as long as W has rows.</summary>
    public IReadOnlyList<double[]> Left => isWide ? tracked.Right : tracked.Left;

    /// <summary>Their right vectors, each as long as W has columns.</summary>
    public IReadOnlyList<double[]> Right => isWide ? tracked.Left : tracked.Right;

    /// <summary>Applies one step.</summary>
    /// <param name="step">It, after the last one.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The gradient has another shape than W, or the step does not come after the last one.</exception>
    /// <exception cref="NonFiniteElementException">The gradient holds a NaN or an infinity.</exception>
    public void Apply(GradientStep step, CancellationToken cancellation = default)
    {
        var gradient = Upright(step.Gradient);
        if (gradient.Rows != rows || gradient.Columns != columns || isWide != step.Gradient.Rows < step.Gradient.Columns)
        {
            throw new ArgumentException($"a gradient of {step.Gradient.Rows} x {step.Gradient.Columns} does not go with these weights", nameof(step));
        }

        if (step.Step <= Step)
        {
            throw new ArgumentException($"step {step.Step} does not come after step {Step}", nameof(step));
        }

        var decay = step.LearningRate * options.WeightDecay;
        if (velocity is not null)
        {
            gradient = Accelerated(gradient, cancellation);
        }

        if (options.IsDecayDecoupled || velocity is null)
        {
            tracked = tracked with { SingularValues = Array.ConvertAll(tracked.SingularValues, sigma => Math.Abs(1 - decay) * sigma), Left = decay > 1 ? Turned(tracked.Left) : tracked.Left };
        }

        tracked = TripletUpdate.Of(options.Method, tracked, new ScaledMatrix(-step.LearningRate, gradient), options.Threads, cancellation);
        Step = step.Step;
    }

    /// <summary>Applies steps in turn and reports the singular values at each that is wanted.</summary>
    /// <param name="steps">The steps, ascending.</param>
    /// <param name="report">The steps to report, null for all.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    public IEnumerable<StreamedPoint> Run(IEnumerable<GradientStep> steps, IReadOnlyCollection<long>? report = null, CancellationToken cancellation = default)
    {
        foreach (var step in steps)
        {
            Apply(step, cancellation);
            if (report is null || report.Contains(step.Step))
            {
                yield return new(step.Step, [.. tracked.SingularValues]);
            }
        }
    }

    private IMatrix Upright(IMatrix matrix) => isWide ? new TransposedMatrix(matrix) : matrix;

    private static double[][] Turned(double[][] vectors) => Array.ConvertAll(vectors, vector => Array.ConvertAll(vector, x => -x));

    /// <summary>v := mu v + g, and + w W of the tracked part of W where decay goes through the velocity.</summary>
    private DenseMatrix Accelerated(IMatrix gradient, CancellationToken cancellation)
    {
        NonFiniteElementException.ThrowFirst(gradient);
        var added = Entries.Of(gradient);
        for (var i = 0; i < added.Length; i++)
        {
            velocity![i] = (options.Momentum * velocity[i]) + added[i];
        }

        if (options.WeightDecay > 0 && !options.IsDecayDecoupled)
        {
            double[][] scaled = [.. tracked.Left.Zip(tracked.SingularValues, (u, sigma) => Array.ConvertAll(u, x => options.WeightDecay * sigma * x))];
            var decay = Entries.Of(MatrixProduct.Of(Entries.Columns(scaled), Entries.Rows(tracked.Right), options.Threads, cancellation));
            for (var i = 0; i < decay.Length; i++)
            {
                velocity![i] += decay[i];
            }
        }

        return new DenseMatrix(rows, columns, velocity!);
    }
}
