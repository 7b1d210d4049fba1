namespace Eigenscope.Experiments;

/// <summary>Independent trainings at the same time, one thread each; results in the order of the inputs.</summary>
internal static class SideBySide
{
    /// <summary>Runs them.</summary>
    public static IReadOnlyList<TResult> Run<T, TResult>(IReadOnlyList<T> inputs, int threads, Func<T, TResult> work)
    {
        var results = new TResult[inputs.Count];
        Parallel.For(0, inputs.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => results[i] = work(inputs[i]));
        return results;
    }
}
