using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Shards;
using Eigenscope.Cli.Terminal;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Eigenscope.Tracking;

namespace Eigenscope.Cli.Commands;

/// <summary>One run of <c>track</c>.</summary>
internal sealed class TrackRun
{
    private readonly ParseResult parsed;
    private readonly TrackOptions options;
    private readonly string? folder;
    private readonly StoppingRuleOption ruleOption;
    private readonly OutputOptions output;
    private readonly PageOptions page;
    private readonly CancellationToken cancellation;
    private readonly ICheckpointStore store;
    private bool isTroubleSaid;
    private readonly Tracker tracker;
    private readonly TrajectoryAssembly assembly;

    public TrackRun(ParseResult parsed, TrackOptions options, string? folder, StoppingRuleOption ruleOption, OutputOptions output, PageOptions page, CancellationToken cancellation)
    {
        (this.parsed, this.options, this.folder, this.ruleOption, this.output, this.page, this.cancellation) = (parsed, options, folder, ruleOption, output, page, cancellation);
        store = folder is null ? new MemoryStore() : new CheckpointStore(folder, options);
        tracker = new Tracker(options, store);
        assembly = new TrajectoryAssembly(options, store);
    }

    private bool IsQuiet => output.Progress(parsed).IsQuiet;

    /// <summary>The checkpoints that are there now.</summary>
    public int Once(string[] paths, IReadOnlyList<StoppingRule> rules)
    {
        var checkpoints = CheckpointSeries.Find(paths);
        var tracked = checkpoints.Select((checkpoint, i) => ProgressDisplay.Run(output.Progress(parsed), progress => tracker.Track(checkpoint, Within(progress, i, checkpoints.Count), cancellation))).ToList();
        RequireLayers(tracked);
        var trajectory = assembly.Of(tracked);
        var met = Evaluated(trajectory, rules);
        Write(trajectory, met);
        Note($"{Plural.Of(tracker.Computed, "layer")} analysed, {tracked.Sum(one => one.Layers.Count) - tracker.Computed} known from earlier runs");
        return CodeOf(trajectory, met);
    }

    /// <summary>The checkpoints of a shard, every n-th from the i-th on, into the store and no further.</summary>
    public int Shard(string[] paths, ShardNumber number)
    {
        var checkpoints = CheckpointSeries.Find(paths).Where((_, index) => index % number.Count == number.Index).ToList();
        var tracked = checkpoints.Select((checkpoint, i) => ProgressDisplay.Run(output.Progress(parsed), progress => tracker.Track(checkpoint, Within(progress, i, checkpoints.Count), cancellation))).ToList();
        foreach (var failure in tracked.Select(one => one.Failure).OfType<string>())
        {
            CommandLine.Fail(ExitCode.RunFailed, failure);
        }

        Note($"shard {number.Index} of {number.Count}: {Plural.Of(checkpoints.Count, "checkpoint")}, {Plural.Of(tracker.Computed, "layer")} analysed, {tracked.Sum(one => one.Layers.Count) - tracker.Computed} were there");
        return store is CheckpointStore { Trouble: not null } || tracked.Exists(one => one.Failure is not null) ? ExitCode.RunFailed : ExitCode.Done;
    }

    /// <summary>Checkpoints as they come, until a rule holds or the plan says so.</summary>
    public int Watch(string[] paths, WatchPlan plan, IReadOnlyList<StoppingRule> rules)
    {
        RequireWatchable(paths);
        var watch = new CheckpointWatch(paths, tracker, store, folder is null ? null : new WatchJournal(folder, paths, options));
        watch.Restore();
        var (lines, quiet) = (new WatchLines(), 0.0);
        while (true)
        {
            var events = watch.Look(progress: null, cancellation);
            if (events.Count > 0 || (quiet == 0 && watch.Checkpoints.Count > 0 && lines.IsEmpty))
            {
                quiet = 0;
                if (watch.Checkpoints.Count > 0)
                {
                    var trajectory = assembly.Of(watch.Checkpoints);
                    var met = Evaluated(trajectory, rules);
                    Say(lines, events, trajectory);
                    WriteFiles(trajectory, met);
                    if (met.Any(item => item.Met is not null) || trajectory.Checkpoints.Any(one => one.Checkpoint.Step >= plan.Until))
                    {
                        return CodeOf(trajectory, met);
                    }
                }
                else
                {
                    Say(lines, events, null);
                }
            }

            if (quiet >= plan.Idle && watch.IsIdle)
            {
                return watch.Checkpoints.Count == 0 ? throw new UsageException($"{string.Join(", ", paths)}: no checkpoint came") : CodeOf(assembly.Of(watch.Checkpoints), []);
            }

            quiet += plan.Interval.TotalSeconds;
            cancellation.WaitHandle.WaitOne(plan.Interval);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static CheckpointProgress? Within(IProgress<AnalysisProgress>? progress, int checkpoint, int checkpoints) =>
        progress is null ? null : new CheckpointProgress(progress, checkpoint, checkpoints);

    private void Say(WatchLines lines, IReadOnlyList<WatchEvent> events, Trajectory? trajectory)
    {
        foreach (var note in lines.NotesOf(events))
        {
            Note(note);
        }

        if (trajectory is not null && !output.IsForPrograms(parsed))
        {
            Console.Out.Write(lines.Of(trajectory));
            Console.Out.Flush();
        }
    }

    /// <summary>What is written again with every checkpoint: the files that were asked for.</summary>
    private void WriteFiles(Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules)
    {
        if (output.HasFile(parsed))
        {
            WriteResult(trajectory, rules);
        }

        page.Write(parsed, () => HtmlReport.Of(TrajectoryDocument.Of(trajectory, rules)), cancellation);
    }

    private void Write(Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules)
    {
        WriteResult(trajectory, rules);
        page.Write(parsed, () => HtmlReport.Of(TrajectoryDocument.Of(trajectory, rules)), cancellation);
    }

    private void WriteResult(Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules) =>
        output.Write(parsed, screen => TrajectoryTable.Print(screen, trajectory, rules), () => TrajectoryJson.Of(trajectory, rules), () => TrajectoryCsv.Of(trajectory));

    private static IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> Evaluated(Trajectory trajectory, IReadOnlyList<StoppingRule> rules) => [.. rules.Select(rule => (rule, rule.First(trajectory)))];

    private int CodeOf(Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules) =>
        ruleOption.Report(parsed, trajectory, rules) ? ExitCode.ThresholdCrossed : trajectory.HasFailures ? ExitCode.SomeLayersFailed : ExitCode.Done;

    private void RequireLayers(List<TrackedCheckpoint> tracked)
    {
        if (tracked.TrueForAll(one => one.Failure is not null))
        {
            throw new UsageException(tracked[0].Failure!);
        }

        if (tracked.TrueForAll(one => one.Layers.Count == 0))
        {
            throw new UsageException(options.Analysis.Filter == LayerFilter.All ? $"{tracked[0].Checkpoint.Path}: no checkpoint has a weight matrix" : $"{tracked[0].Checkpoint.Path}: no layer of any checkpoint is chosen by --layers, --exclude and --role; inspect lists their names");
        }
    }

    private void RequireWatchable(string[] paths)
    {
        if (paths.FirstOrDefault(path => ModelArgument.IsAddress(path) || File.Exists(path)) is { } path)
        {
            throw new UsageException($"{path}: --watch follows a folder of checkpoints, or a pattern");
        }

        if (paths.FirstOrDefault(one => !one.AsSpan().ContainsAny('*', '?') && !Directory.Exists(one)) is { } missing)
        {
            throw new UsageException($"{missing}: there is no such folder to watch");
        }

        if (output.IsForPrograms(parsed) && !output.HasFile(parsed))
        {
            throw new UsageException("--watch writes JSON and CSV into a file, again with every checkpoint; -o names it");
        }
    }

    private void Note(string text)
    {
        if (!IsQuiet)
        {
            Console.Error.WriteLine($"eigenscope: {text}");
        }

        if (store is CheckpointStore { Trouble: { } trouble } && !IsQuiet && !isTroubleSaid)
        {
            isTroubleSaid = true;
            Console.Error.WriteLine($"eigenscope: layers are not kept for later runs: {trouble}");
        }
    }

    /// <summary>The progress of a checkpoint as a share of that of all.</summary>
    private sealed class CheckpointProgress(IProgress<AnalysisProgress> progress, int checkpoint, int checkpoints) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => progress.Report(value with { WorkDone = (checkpoint + value.WorkDone) / checkpoints, Layer = $"of checkpoint {checkpoint + 1} of {checkpoints}: {value.Layer}" });
    }
}
