using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Shards;
using Eigenscope.Cli.Terminal;
using Eigenscope.Cluster;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>collect DIR</c>: the result of all shards, the same as that of one machine.</summary>
internal static class CollectCommand
{
    private const int MostShown = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "the folder that analyze --shard wrote into" };
        var command = new Command("collect", "Put the results of all shards together: the same bytes as analyze on one machine, or a list of what is missing.") { folder };
        var wait = NumberOption.Whole("--wait", "look again for this many seconds for what is missing: file systems of clusters may show new files late", 0, 86_400);
        command.Options.Add(wait);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            output.Check(parsed);
            page.Check(parsed);
            var into = Path.GetFullPath(parsed.GetValue(folder)!);
            var from = Environment.CurrentDirectory;
            var (model, options) = ShardFolder.Read(into).Open();
            using (model)
            {
                var begun = ModelAnalysis.Begin(model, options);
                var patience = TimeSpan.FromSeconds(parsed.GetValue(wait) ?? 0);
                return Task.FromResult(Run(begun, into, patience, Write, cancellation));
            }

            void Write(ModelAnalysis whole)
            {
                Environment.CurrentDirectory = from;
                output.Write(parsed, screen => AnalysisTable.Print(screen, [whole]), () => JsonReport.Of([whole]), () => CsvReport.Of([whole]));
                page.Write(parsed, () => HtmlReport.Of(ResultDocument.Of([whole])), cancellation);
            }
        });
        HelpExample.AddTo(command, "eigenscope collect shards --format json -o result.json");
        return command;
    }

    /// <summary>Writes the result where all of it is there, lists what is missing where it is not, and returns the exit code.</summary>
    /// <param name="begun">The analysis before its first layer.</param>
    /// <param name="folder">The folder of shards.</param>
    /// <param name="patience">How long to look again for what is missing.</param>
    /// <param name="write">Writes the result.</param>
    /// <param name="cancellation">Stops looking.</param>
    public static int Run(ModelAnalysis begun, string folder, TimeSpan patience, Action<ModelAnalysis> write, CancellationToken cancellation)
    {
        var store = new ShardStore(folder, begun);
        var whole = Collect(begun, store, patience, cancellation);
        List<LayerAnalysis> missing = [.. whole.Layers.Where(layer => layer.Status == LayerStatus.Pending)];
        if (missing.Count > 0)
        {
            return Fail(whole, missing);
        }

        store.DiscardUnfinished();
        write(whole);
        return whole.HasFailures ? ExitCode.SomeLayersFailed : ExitCode.Done;
    }

    private static ModelAnalysis Collect(ModelAnalysis begun, ShardStore store, TimeSpan patience, CancellationToken cancellation)
    {
        var end = DateTime.UtcNow + patience;
        for (var whole = ShardRun.Collect(begun, store); ; whole = ShardRun.Collect(whole, store))
        {
            if (DateTime.UtcNow >= end || whole.Layers.All(layer => layer.Status != LayerStatus.Pending))
            {
                return whole;
            }

            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static int Fail(ModelAnalysis whole, List<LayerAnalysis> missing)
    {
        foreach (var layer in missing.Take(MostShown))
        {
            Console.Error.WriteLine($"missing: {layer.Layer.Name}");
        }

        var more = missing.Count > MostShown ? $" (the first {MostShown} are listed)" : "";
        return CommandLine.Fail(ExitCode.SomeLayersFailed, $"{missing.Count} of {whole.Layers.Count(layer => layer.Status != LayerStatus.Skipped)} layers are missing{more}; the shards that were to do them have not run, not ended, or failed: run them again");
    }
}
