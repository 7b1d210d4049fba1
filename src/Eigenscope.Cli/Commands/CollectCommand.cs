using System.CommandLine;
using Eigenscope.Cli.Shards;
using Eigenscope.Cluster;

namespace Eigenscope.Cli.Commands;

/// <summary><c>collect DIR</c>: the result of all shards, the same as that of one machine.</summary>
internal static class CollectCommand
{
    private const int MostShown = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "the folder that analyze --shard or compare --shard wrote into" };
        var command = new Command("collect", "Put the results of all shards together: the same bytes as one machine makes, or a list of what is missing.") { folder };
        var wait = NumberOption.Whole("--wait", "look again for this many seconds for what is missing: file systems of clusters may show new files late", 0, 86_400);
        command.Options.Add(wait);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            output.Check(parsed);
            page.Check(parsed);
            var into = ShardFolder.FullPath(parsed.GetValue(folder)!);
            var from = Environment.CurrentDirectory;
            using var run = ShardFolder.Read(into).Open();
            return Task.FromResult(Run(run, into, TimeSpan.FromSeconds(parsed.GetValue(wait) ?? 0), Write, cancellation));

            void Write(ResultForms result)
            {
                Environment.CurrentDirectory = from;
                result.Write(parsed, output, page, cancellation);
            }
        });
        HelpExample.AddTo(command, "eigenscope collect shards --format json -o result.json");
        return command;
    }

    /// <summary>Writes the result where all of it is there, lists what is missing where it is not, and returns the exit code.</summary>
    /// <param name="run">What is collected.</param>
    /// <param name="folder">The folder of shards.</param>
    /// <param name="patience">How long to look again for what is missing.</param>
    /// <param name="write">Writes the result.</param>
    /// <param name="cancellation">Stops looking.</param>
    public static int Run(ShardedRun run, string folder, TimeSpan patience, Action<ResultForms> write, CancellationToken cancellation)
    {
        var store = new ShardStore(folder, run.Work);
        var missing = Missing(run.Work.Parts, store, patience, cancellation);
        if (missing.Count > 0)
        {
            return Fail(run.Work.Parts.Count, missing);
        }

        if (run.WeightsWritten > store.FirstWritten(run.Work.Parts))
        {
            Console.Error.WriteLine("eigenscope: weights were written to after results that are taken here; a result is known by samples of its weights, so if some were changed in their place, start in another folder");
        }

        store.DiscardUnfinished();
        var result = run.Collect(store);
        write(result);
        return result.Code;
    }

    /// <summary>Parts whose results are not there, or do not appear in time.</summary>
    private static IReadOnlyList<ShardPart> Missing(IReadOnlyList<ShardPart> parts, ShardStore store, TimeSpan patience, CancellationToken cancellation)
    {
        for (var end = DateTime.UtcNow + patience; ; cancellation.ThrowIfCancellationRequested())
        {
            parts = [.. parts.AsParallel().AsOrdered().Where(part => !store.Has(part))];
            if (parts.Count == 0 || DateTime.UtcNow >= end)
            {
                return parts;
            }

            cancellation.WaitHandle.WaitOne(Pause);
        }
    }

    private static int Fail(int all, IReadOnlyList<ShardPart> missing)
    {
        foreach (var part in missing.Take(MostShown))
        {
            Console.Error.WriteLine($"missing: {part.Name.ReplaceLineEndings(" ")}");
        }

        var more = missing.Count > MostShown ? $" (the first {MostShown} are listed)" : "";
        return CommandLine.Fail(ExitCode.SomeLayersFailed, $"{missing.Count} of {all} layers are missing{more}; the shards that were to do them have not run, not ended or failed, or the models have changed since: run them again");
    }
}
