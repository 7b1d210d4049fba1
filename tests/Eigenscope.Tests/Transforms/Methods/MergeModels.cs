using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>A model of a merge: its elements and what a recipe says of it.</summary>
internal sealed record MergeModel(int Place, IElements Elements, IReadOnlyDictionary<string, object> Parameters, bool IsBase = false);

/// <summary>A merge of one tensor, ready to be run.</summary>
internal sealed record MergeSetup(string Method, IReadOnlyList<long> Shape, IElements? Base, IReadOnlyList<MergeModel> Models, IReadOnlyDictionary<string, object> Parameters)
{
    public UniformSource? Uniforms { get; init; }

    public IReadOnlyList<IElements> Statistics { get; init; } = [];

    public string Name { get; init; } = "layers.0.weight";

    public double Epsilon { get; init; } = DType.F64.Epsilon();

    public MergeSetup With(string name, object value) => this with { Parameters = new Dictionary<string, object>(Parameters, StringComparer.Ordinal) { [name] = value } };

    public MergeSetup WithEach(string name, Func<int, object> value) =>
        this with { Models = [.. Models.Select(model => model with { Parameters = new Dictionary<string, object>(model.Parameters, StringComparer.Ordinal) { [name] = value(model.Place) } })] };

    public bool Has(string parameter) => MergeMethods.Of(Method)!.Parameters.Any(definition => definition.Name == parameter);

    public MergeTask Task(Execution execution)
    {
        var definitions = MergeMethods.Of(Method)!.Parameters;
        var inputs = Models.Select(model => new MergeInput(model.Place, model.Elements, new TensorParameters(definitions, model.Parameters), model.IsBase)).ToArray();
        var task = new MergeTask(Name, Shape, inputs, new TensorParameters(definitions, Parameters), execution) { Base = Base, Seed = 7, Epsilon = Epsilon, Statistics = Statistics };
        return Uniforms is null ? task : new MergeTask(Name, Shape, inputs, new TensorParameters(definitions, Parameters), execution) { Base = Base, Seed = 7, Epsilon = Epsilon, Statistics = Statistics, Uniforms = Uniforms };
    }
}

/// <summary>Runs merges.</summary>
internal static class MergedElements
{
    public static double[] Of(MergeSetup setup) => WithFacts(setup).Result;

    public static (double[] Result, MergeFacts Facts) WithFacts(MergeSetup setup, int threads = 1, Func<int, int>? order = null)
    {
        using var execution = new Execution(TileKernel.Best, threads, TestContext.Current.CancellationToken);
        var method = MergeMethods.Of(setup.Method)!;
        var task = setup.Task(execution);
        var survey = method.Survey([task]);
        var surveyed = new MergeTask(task.Name, task.Shape, task.Inputs, task.Parameters, execution) { Base = task.Base, Seed = task.Seed, Epsilon = task.Epsilon, Statistics = task.Statistics, Uniforms = task.Uniforms, Survey = survey };
        return Run(method, surveyed, order);
    }

    /// <summary>Merges several tensors as one model, with what the method finds over all of them.</summary>
    public static double[][] Model(params MergeSetup[] setups)
    {
        var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        var method = MergeMethods.Of(setups[0].Method)!;
        var tasks = setups.Select(setup => setup.Task(execution)).ToArray();
        var survey = method.Survey(tasks);
        return [.. tasks.Select(task => Run(method, new MergeTask(task.Name, task.Shape, task.Inputs, task.Parameters, execution) { Base = task.Base, Seed = task.Seed, Epsilon = task.Epsilon, Survey = survey }, null).Result)];
    }

    private static (double[] Result, MergeFacts Facts) Run(MergeMethod method, MergeTask task, Func<int, int>? order)
    {
        var result = new double[task.Count];
        using var merge = method.Begin(task);
        if (order is null)
        {
            task.ForEachBlock(block => merge.Merge(block, result.AsSpan((int)block.First, block.Count)));
        }
        else
        {
            for (var i = 0; i < task.Blocks; i++)
            {
                var block = task.Read(order(i));
                merge.Merge(block, result.AsSpan((int)block.First, block.Count));
            }
        }

        return (result, merge.Facts);
    }
}
