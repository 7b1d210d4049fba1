using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Commands;
using Eigenscope.Comparison;

namespace Eigenscope.Cli.Shards;

/// <summary>What is dealt out to shards, before a model is opened.</summary>
/// <param name="Command">The command whose work it is.</param>
/// <param name="Models">Its models as they were named.</param>
/// <param name="Paths">All of them, also one that an option names.</param>
/// <param name="Analysis">How layers are analysed.</param>
/// <param name="Open">Opens the models.</param>
internal sealed record ShardedWork(string Command, IReadOnlyList<string> Models, IReadOnlyList<string> Paths, AnalysisOptions Analysis, Func<ShardedRun> Open)
{
    private const string Analyze = "analyze";
    private const string Compare = "compare";

    /// <summary>The analysis of a model.</summary>
    /// <exception cref="UsageException">There are several.</exception>
    public static ShardedWork Of(IReadOnlyList<string> models, AnalysisOptions options) => models is [var path]
        ? new(Analyze, models, models, options, () => ShardedRun.Of(path, options))
        : throw new UsageException($"--shard is for one model, and {models.Count} are named");

    /// <summary>The comparison of models.</summary>
    /// <param name="models">The models as they were named.</param>
    /// <param name="comparison">What they and the options say.</param>
    public static ShardedWork Of(IReadOnlyList<string> models, (IReadOnlyList<string> Paths, ComparisonOptions Options) comparison) =>
        new(Compare, models, comparison.Paths, comparison.Options.Analysis, () => ShardedRun.Of(comparison.Paths, comparison.Options));

    /// <summary>What a folder of shards says that it is of.</summary>
    /// <exception cref="UsageException">It is of something else.</exception>
    public static ShardedWork Of(ShardFolder folder)
    {
        var command = folder.Command is Analyze or Compare ? new Command(folder.Command) : throw new UsageException($"shards of '{folder.Command}': only those of {Analyze} and {Compare} are known");
        var read = folder.Command == Analyze ? OfAnalysis(command, folder.Models) : OfComparison(command, folder.Models);
        var parsed = command.Parse([.. folder.Arguments], new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors is [var error, ..] ? throw new UsageException($"the options that the folder of shards was made with cannot be read: {error.Message}") : read(parsed);
    }

    private static Func<ParseResult, ShardedWork> OfAnalysis(Command command, IReadOnlyList<string> models)
    {
        var options = new AnalysisOptionSet(command, choosesLayers: true);
        return parsed => Of(models, options.Read(parsed));
    }

    private static Func<ParseResult, ShardedWork> OfComparison(Command command, IReadOnlyList<string> models)
    {
        var options = new ComparisonOptionSet(command);
        return parsed => Of(models, options.Read(parsed, [.. models]));
    }
}
