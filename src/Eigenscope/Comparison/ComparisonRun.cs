using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>The work of a comparison: each layer of the reference is analysed and compared together with its counterparts, so that no more than these are held.</summary>
internal sealed class ComparisonRun : IDisposable
{
    /// <summary>Directions of a change that a look at merging takes at most.</summary>
    private const int MostTaskVectors = 512;

    private readonly ComparisonPlan plan;
    private readonly IProgress<AnalysisProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly AnalysisSchedule schedule;
    private readonly PairComparer comparer;

    public ComparisonRun(ComparisonPlan plan, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        (this.plan, this.progress, this.cancellation) = (plan, progress, cancellation);
        schedule = new AnalysisSchedule(plan.Analysis, progress: null, cancellation);
        comparer = new PairComparer(plan.Options, schedule, cancellation);
    }

    /// <summary>Does parts; hands out what comes of each as soon as it is there, from any thread.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="isDone">True, when its turn comes, for a part that need not be done.</param>
    /// <param name="done">Takes the results.</param>
    public void Run(IEnumerable<ComparisonPart> parts, Func<ComparisonPart, bool> isDone, Action<ComparedPart> done) => new WorkSchedule(plan.Options.Analysis.Threads, progress, cancellation).Run(
        [.. parts.Select(part => new WorkItem(part.Layer.Name, plan.CostOf(part), AnalysisSchedule.IsWorthThreads(part.Layer), threads =>
        {
            if (!isDone(part))
            {
                done(Compare(part, threads));
            }
        }))]);

    /// <summary>What the directions of all changes of a part take, where there are several, in bytes.</summary>
    public static long TaskBytes(ComparisonPart part) => part.Counterparts.Count < 2 ? 0
        : sizeof(double) * part.Counterparts.Sum(item => Math.Min(MostTaskVectors, Math.Min(item.Match.A.Rows, item.Match.A.Columns)) * ((long)item.Match.A.Rows + item.Match.A.Columns));

    public void Dispose() => schedule.Dispose();

    private ComparedPart Compare(ComparisonPart part, int threads)
    {
        if (part.Counterparts.Count == 0)
        {
            return new(part, schedule.Analyze(part.Layer, threads), null);
        }

        using var b = comparer.Analyze(part.Layer, threads, keepsKernel: true);
        var analyses = new LayerAnalysis?[plan.Models.Count];
        analyses[plan.Reference] = b.Analysis;
        var (pairs, changes) = (new List<PairComparison>(), new List<IMatrix>());
        foreach (var (model, match) in part.Counterparts)
        {
            (analyses[model], var pair, var change) = Compare(model, match, b, threads);
            pairs.Add(pair);
            if (change is not null && pair.Change is not null)
            {
                changes.Add(change);
            }
        }

        return new(part, null, new(analyses.First(row => row is not null)!.Layer.Name, analyses, pairs) { Merge = OutlookOf(changes, threads) });
    }

    private (LayerAnalysis A, PairComparison Pair, IMatrix? Change) Compare(int model, LayerMatch match, AnalyzedLayer b, int threads) => plan.Adapters.Contains(model) && match.A.Product is not null
        ? comparer.CompareAdapter(match, model, b, threads)
        : comparer.Compare(match, (model, plan.Models[model]), plan.Models[plan.Reference], b, threads);

    private MergeOutlook? OutlookOf(List<IMatrix> changes, int threads)
    {
        if (changes.Count < 2)
        {
            return null;
        }

        var order = Math.Min(changes[0].Rows, changes[0].Columns);
        return changes.TrueForAll(change => change.Rows == changes[0].Rows && change.Columns == changes[0].Columns)
            ? MergeOutlook.Of(changes.ConvertAll(change => TaskOf(change, Math.Min(order, MostTaskVectors), threads)), cancellation)
            : null;
    }

    private TaskChange TaskOf(IMatrix change, int count, int threads)
    {
        var (spectrum, vectors) = Spectrum.OfGramWithVectors(change, count, threads, cancellation);
        return new(change, spectrum.SingularValues, vectors);
    }
}
