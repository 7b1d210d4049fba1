using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;

namespace Eigenscope.Forecasting;

/// <summary>What a <see cref="LinearStudent"/> learns, and how.</summary>
public sealed record LinearStudentOptions
{
    /// <summary>N, the outputs.</summary>
    public int N { get; init; } = 200;

    /// <summary>M, the inputs, at most N.</summary>
    public int M { get; init; } = 60;

    /// <summary>The rank of the teacher.</summary>
    public int Rank { get; init; } = 6;

    /// <summary>The singular values of the teacher fall evenly from this to a third of it.</summary>
    public double TeacherStrength { get; init; } = 3;

    /// <summary>The standard deviation of a weight at the beginning, times sqrt(N).</summary>
    public double InitialScale { get; init; } = 0.3;

    /// <summary>Input j has the variance j^-p, j from 1.</summary>
    public double InputDecay { get; init; } = 0.8;

    /// <summary>The standard deviation of the noise of labels.</summary>
    public double LabelNoise { get; init; } = 0.4;

    /// <summary>eta.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>B, the examples of a mini-batch.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>mu of heavy-ball momentum.</summary>
    public double Momentum { get; init; }

    /// <summary>w, the weight decay.</summary>
    public double WeightDecay { get; init; }
}

/// <summary>
/// A linear layer that learns a teacher of low rank by stochastic gradient descent on squared errors: y = A x + noise, inputs of unequal variance. The plainest training in which a random part stays,
/// signals grow at several speeds, and gradients are noisy.
/// </summary>
/// <remarks>Not for several threads at once.</remarks>
public sealed class LinearStudent
{
    private readonly LinearStudentOptions options;
    private readonly Sampling random;
    private readonly double[][] weights;
    private readonly double[][] teacher;
    private readonly double[][] velocity;
    private readonly double[] deviation;

    /// <summary>Begins a training.</summary>
    /// <param name="options">What is learned, and how.</param>
    /// <param name="seed">The same seed gives the same training.</param>
    public LinearStudent(LinearStudentOptions options, long seed)
    {
        (this.options, random) = (options, new Sampling((ulong)seed));
        weights = [.. Enumerable.Range(0, options.N).Select(_ => Normals(options.M, options.InitialScale / Math.Sqrt(options.N)))];
        teacher = Teacher();
        velocity = [.. Enumerable.Range(0, options.N).Select(_ => new double[options.M])];
        deviation = [.. Enumerable.Range(1, options.M).Select(j => Math.Pow(j, -options.InputDecay / 2))];
    }

    /// <summary>The steps that were made.</summary>
    public long Step { get; private set; }

    /// <summary>A copy of the weights, N x M, as they are.</summary>
    public TimedWeights Checkpoint => new(Step, Dense(weights));

    /// <summary>Makes one step.</summary>
    /// <returns>It, with the gradient of its mini-batch.</returns>
    public GradientStep Advance()
    {
        var gradient = Gradient();
        for (var i = 0; i < options.N; i++)
        {
            for (var j = 0; j < options.M; j++)
            {
                velocity[i][j] = (options.Momentum * velocity[i][j]) + gradient[i][j] + (options.WeightDecay * weights[i][j]);
                weights[i][j] -= options.LearningRate * velocity[i][j];
            }
        }

        return new(++Step, Dense(gradient), options.LearningRate);
    }

    /// <summary>Trains to a step.</summary>
    /// <param name="last">The step.</param>
    /// <param name="every">The distance of checkpoints.</param>
    /// <returns>The checkpoints on the way, the one now among them.</returns>
    public IReadOnlyList<TimedWeights> Train(long last, long every)
    {
        List<TimedWeights> kept = [Checkpoint];
        while (Step < last)
        {
            Advance();
            if (Step % every == 0)
            {
                kept.Add(Checkpoint);
            }
        }

        return kept;
    }

    /// <summary>A mini-batch's gradient of the squared error over two, by rows: (W - A) X^T X / B - noise^T X / B.</summary>
    public double[][] Gradient()
    {
        var inputs = Enumerable.Range(0, options.M).Select(j => Normals(options.Batch, deviation[j])).ToArray();
        var second = inputs.Select(x => inputs.Select(y => Lanes.Dot(x, y) / options.Batch).ToArray()).ToArray();
        return [.. weights.Select((row, i) => RowOfGradient(row, teacher[i], second, inputs))];
    }

    private double[] RowOfGradient(double[] row, double[] taught, double[][] second, double[][] inputs)
    {
        double[] off = [.. row.Zip(taught, (w, a) => w - a)];
        var noise = Normals(options.Batch, options.LabelNoise);
        return [.. second.Select((column, j) => Lanes.Dot(off, column) - (Lanes.Dot(noise, inputs[j]) / options.Batch))];
    }

    private double[][] Teacher()
    {
        double[][] left = Orthonormal.Of(Enumerable.Range(0, options.Rank).Select(_ => Normals(options.N, 1)));
        double[][] right = Orthonormal.Of(Enumerable.Range(0, options.Rank).Select(_ => Normals(options.M, 1)));
        var strengths = Enumerable.Range(0, options.Rank).Select(k => options.TeacherStrength * (1 - (2.0 / 3 * k / Math.Max(1, options.Rank - 1)))).ToArray();
        return [.. Enumerable.Range(0, options.N).Select(i => Enumerable.Range(0, options.M).Select(j => strengths.Select((s, k) => s * left[k][i] * right[k][j]).Sum()).ToArray())];
    }

    private double[] Normals(int count, double scale)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = scale * random.Normal();
        }

        return values;
    }

    private static DenseMatrix Dense(double[][] rows) => Entries.Rows(rows);
}
