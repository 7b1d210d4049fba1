using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>A merge under way: tensor after tensor is read, merged and written to its place, and noted in a journal, so that a run that was killed can go on.</summary>
/// <remarks>The bytes of the result depend on the plan, the weights, the seed and how numbers are rounded; never on threads, on the memory, or on how often a run was interrupted.</remarks>
internal sealed class MergeRun : IDisposable
{
    private static readonly KeyValuePair<string, string>[] Metadata = [new("format", "pt")];

    private readonly MergePlan plan;
    private readonly MergeOptions options;
    private readonly OutputLayout layout;
    private readonly OutputFolder folder;

    private MergeRun(MergePlan plan, MergeOptions options, OutputLayout layout, MergeNeeds needs, OutputFolder folder) =>
        (this.plan, this.options, this.layout, Needs, this.folder) = (plan, options, layout, needs, folder);

    /// <summary>What it takes.</summary>
    public MergeNeeds Needs { get; }

    /// <summary>The unfinished folder, a model that can be opened once <see cref="Merge"/> is done.</summary>
    public string Work => folder.Work;

    /// <summary>The tensors that a run before had finished.</summary>
    public int Found { get; private set; }

    /// <summary>Where the tensors of a plan go.</summary>
    public static OutputLayout Layout(MergePlan plan, MergeOptions options) =>
        OutputLayout.Of([.. plan.Tensors.Select(tensor => new OutputTensor(tensor.Name, tensor.Type, tensor.Shape))], options.ShardBytes, Metadata);

    /// <summary>Makes the unfinished folder.</summary>
    /// <param name="plan">A plan without problems.</param>
    /// <param name="path">The folder that is made.</param>
    /// <param name="options">How it is done.</param>
    /// <exception cref="MergeException">The folder is there, or memory or disk do not suffice.</exception>
    public static MergeRun Begin(MergePlan plan, string path, MergeOptions options)
    {
        var places = Layout(plan, options);
        var needs = MergeNeeds.Of(plan, places, path, options);
        if (plan.Problems.Concat(needs.Problems).FirstOrDefault() is { } problem)
        {
            throw new MergeException(problem);
        }

        return new(plan, options, places, needs, OutputFolder.Open(path, options.Resumes));
    }

    /// <summary>Merges and writes every tensor that is not there yet.</summary>
    /// <param name="progress">Told of every tensor.</param>
    /// <param name="cancellation">Stops within a fraction of a second; what is written stays for a run that goes on.</param>
    /// <returns>What was done to every tensor, in the order of the plan.</returns>
    public IReadOnlyList<MergedTensor> Merge(IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        using var execution = Execution.On(Needs.Threads, cancellation);
        using var journal = MergeJournal.Open(folder.At(MergeJournal.Name), MergeJournal.Identity(plan, layout, options));
        folder.Begin(layout);
        var surveys = Surveys(execution);
        var (merged, total, done) = (new List<MergedTensor>(), (double)Math.Max(1, plan.Tensors.Sum(tensor => tensor.Count)), 0.0);
        foreach (var planned in plan.Tensors)
        {
            cancellation.ThrowIfCancellationRequested();
            var run = new TensorRun(planned, layout[planned.Name], folder, options, execution);
            merged.Add(Known(journal, run, planned) ?? Made(journal, run, planned, surveys));
            done += planned.Count;
            progress?.Report(new AnalysisProgress(merged.Count, plan.Tensors.Count, done / total, planned.Name));
        }

        folder.WriteIndex(layout);
        return merged;
    }

    /// <summary>Writes a file beside the weights.</summary>
    public void WriteFile(string name, ReadOnlySpan<byte> content) => folder.WriteFile(name, content);

    /// <summary>Gives the folder its name.</summary>
    public void Complete()
    {
        File.Delete(folder.At(MergeJournal.Name));
        folder.Complete();
    }

    /// <summary>Removes all that was written.</summary>
    public void Abandon() => folder.Abandon();

    /// <summary>Closes the files.</summary>
    public void Dispose() => folder.Dispose();

    /// <summary>Methods that look at all tensors first.</summary>
    private Dictionary<MergeMethod, object> Surveys(Execution execution) =>
        plan.Tensors.Where(tensor => tensor.Method is not null).GroupBy(tensor => tensor.Method!)
            .Select(group => (Method: group.Key, Survey: group.Key.Survey([.. group.Select(tensor => MergeTasks.Of(tensor, options.Seed ?? 0, survey: null, execution))])))
            .Where(found => found.Survey is not null)
            .ToDictionary(found => found.Method, found => found.Survey!);

    private MergedTensor? Known(MergeJournal journal, TensorRun run, PlannedTensor planned)
    {
        if (journal.Of(planned.Name) is not { } made || !run.IsIntact(made))
        {
            return null;
        }

        Found++;
        return made;
    }

    private static MergedTensor Made(MergeJournal journal, TensorRun run, PlannedTensor planned, Dictionary<MergeMethod, object> surveys)
    {
        var made = run.Run(planned.Method is { } method ? surveys.GetValueOrDefault(method) : null);
        journal.Add(made);
        return made;
    }
}
