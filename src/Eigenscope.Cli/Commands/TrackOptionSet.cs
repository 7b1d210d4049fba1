using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Tracking;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of <c>track</c> that say what is followed, and where it is kept.</summary>
internal sealed class TrackOptionSet
{
    private const int MostVectors = 256;

    private readonly Option<int> top = new("--top") { Description = "how many leading singular vectors make the subspaces whose rotation is followed", HelpName = "K", DefaultValueFactory = _ => new TrackOptions().Top, CustomParser = ParseTop };
    private readonly Option<string?> cache = new("--cache") { Description = "the folder in which layers are kept that were analysed, so that a later run computes nothing again; without it eigenscope/checkpoints in the user's caches", HelpName = "DIR" };
    private readonly Option<bool> noCache = new("--no-cache") { Description = "keep nothing, and use nothing that was kept" };
    private readonly AnalysisOptionSet analysis;

    public TrackOptionSet(Command command)
    {
        foreach (var option in (Option[])[top, cache, noCache])
        {
            command.Options.Add(option);
        }

        analysis = new AnalysisOptionSet(command, choosesLayers: true);
    }

    /// <summary>What is followed.</summary>
    public TrackOptions Read(ParseResult parsed) => new() { Analysis = analysis.Read(parsed), Top = parsed.GetValue(top) };

    /// <summary>True where the folder in which layers are kept was named.</summary>
    public bool HasFolder(ParseResult parsed) => parsed.GetValue(cache) is not null;

    /// <summary>The folder in which layers are kept; null for none.</summary>
    /// <exception cref="UsageException">--cache and --no-cache stand together.</exception>
    public string? Folder(ParseResult parsed) => (parsed.GetValue(cache), parsed.GetValue(noCache)) switch
    {
        (not null, true) => throw new UsageException("--cache and --no-cache exclude each other"),
        (null, true) => null,
        ({ } folder, _) => folder,
        _ => Reports.CheckpointStore.DefaultFolder,
    };

    private static int ParseTop(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostVectors)
        {
            return count;
        }

        argument.AddError($"--top '{argument.Tokens[0].Value}' is not a number from 1 to {MostVectors}");
        return 1;
    }
}
