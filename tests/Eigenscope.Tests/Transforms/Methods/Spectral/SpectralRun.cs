using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>A spectral merge of matrices in memory: the base, the changes of the models from it, and what a recipe says.</summary>
internal sealed record SpectralRun(string Method, DenseMatrix Base, IReadOnlyList<DenseMatrix> Changes)
{
    public IReadOnlyList<double>? Weights { get; init; }

    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public IReadOnlyList<LowRankChange>? Adapters { get; init; }

    public double Epsilon { get; init; } = Math.ScaleB(1, -52);

    public int Threads { get; init; } = 1;

    /// <summary>The recorded inputs with some prefix.</summary>
    public static SpectralRun Recorded(string method, string prefix = "")
    {
        var start = SpectralReference.Array($"inputs/{prefix}base").ToDense();
        return new(method, start, [.. Enumerable.Range(1, 3).Select(model => SpectralReference.Change(prefix, model).ToDense())]);
    }

    /// <summary>Changes of a few directions each, one of them in common, and noise.</summary>
    public static SpectralRun Drawn(string method, int rows, int columns, int models = 3, int seed = 1)
    {
        var common = Matrices.WithSingularValues(rows, columns, [2, .. new double[Math.Min(rows, columns) - 1]], seed);
        return new(method, Matrices.Normal(rows, columns, seed + 1), [.. Enumerable.Range(0, models).Select(i => Change(i))]);

        DenseMatrix Change(int i)
        {
            double[] sigma = [1.5, 1 + (0.2 * i), 0.5, .. Enumerable.Range(0, Math.Min(rows, columns) - 3).Select(k => 0.02 / (k + 1))];
            return common.Plus(Matrices.WithSingularValues(rows, columns, sigma, seed + 10 + i));
        }
    }

    public SpectralRun With(string name, object value) => this with { Parameters = new Dictionary<string, object>(Parameters, StringComparer.Ordinal) { [name] = value } };

    public (DenseMatrix Result, MergeFacts Facts) Run()
    {
        using var execution = new Execution(TileKernel.Best, Threads, TestContext.Current.CancellationToken);
        var method = MergeMethods.Of(Method)!;
        long[] shape = [Base.Rows, Base.Columns];
        MergeInput[] inputs = [.. Changes.Select((change, i) => new MergeInput(i, new ArrayElements(shape, Base.Plus(change).Values.ToArray()), new TensorParameters(method.Parameters, Given(i)))
        {
            Adapter = Adapters?[i],
        })];
        var task = new MergeTask("layers.0.weight", shape, inputs, new TensorParameters(method.Parameters, Parameters), execution) { Base = new ArrayElements(shape, Base.Values.ToArray()), Epsilon = Epsilon };
        var result = new double[task.Count];
        using var merge = method.Begin(task);
        task.ForEachBlock(block => merge.Merge(block, result.AsSpan((int)block.First, block.Count)));
        return (new DenseMatrix(Base.Rows, Base.Columns, result), merge.Facts);
    }

    /// <summary>The merged change.</summary>
    public DenseMatrix Change() => Run().Result.Plus(Base.Times(-1));

    private Dictionary<string, object> Given(int model)
    {
        var given = new Dictionary<string, object>(StringComparer.Ordinal);
        if (Weights is not null)
        {
            given["weight"] = Weights[model];
        }

        return given;
    }
}

/// <summary>What the tests do with matrices and facts.</summary>
internal static class SpectralAssertions
{
    public static DenseMatrix Plus(this DenseMatrix a, DenseMatrix b) => Matrices.Of(a.Rows, a.Columns, (i, j) => a[i, j] + b[i, j]);

    public static double Fact(this MergeFacts facts, string name) => Assert.Single(facts.Values, pair => pair.Key == name).Value;

    public static double[] Facts(this MergeFacts facts, string name) => Assert.Single(facts.PerModel, pair => pair.Key == name).Value;

    public static void Near(DenseMatrix expected, DenseMatrix actual, double tolerance)
    {
        Assert.Equal((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
        var difference = 0.0;
        for (var i = 0; i < expected.Rows; i++)
        {
            for (var j = 0; j < expected.Columns; j++)
            {
                difference = Math.Max(difference, Math.Abs(expected[i, j] - actual[i, j]));
            }
        }

        Assert.True(difference <= tolerance, $"differs by {difference}, more than {tolerance}");
    }

    public static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
