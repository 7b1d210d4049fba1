using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Comparison;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of <c>compare</c>.</summary>
internal sealed class ComparisonOptionSet
{
    private const int MostVectors = 1024;

    /// <summary>Options of an analysis that do not go with a comparison, which takes a convolution as one matrix.</summary>
    private static readonly string[] Refused = ["--conv", "--conv-grid", "--no-pool", "--compat"];

    private readonly Option<string?> reference = new("--base") { Description = "the model that the others are compared with; without it the last one is, or the only one that is no adapter", HelpName = "MODEL" };
    private readonly Option<string?> match = ChoiceOption.Create("--match", "how layers find their counterparts: by name, role and order, and by relative depth of their blocks where names agree by chance alone (auto); never by depth (name); always (depth)", hasDefault: true, "auto", "name", "depth");
    private readonly Option<string?> groupBy = ChoiceOption.Create("--group-by", "group layers by this too, beside attention and feed-forward, early, middle and late", hasDefault: false, "role", "block", "kind");
    private readonly Option<int> top = new("--top") { Description = "how many leading singular vectors make the subspaces that are compared", HelpName = "K", DefaultValueFactory = _ => new ComparisonOptions().Top, CustomParser = ParseTop };
    private readonly Option<bool> exact = new("--exact-change") { Description = "all singular values of every change, also where its shorter side is above 3072; else the largest and the density of the others" };
    private readonly AnalysisOptionSet analysis;

    public ComparisonOptionSet(Command command)
    {
        foreach (var option in (Option[])[reference, match, groupBy, top, exact])
        {
            command.Options.Add(option);
        }

        analysis = new AnalysisOptionSet(command, choosesLayers: true);
        foreach (var option in command.Options.Where(option => Refused.Contains(option.Name)))
        {
            option.Hidden = true;
        }
    }

    /// <summary>The models in their order, and what to do.</summary>
    /// <exception cref="UsageException">They do not make a comparison.</exception>
    public (IReadOnlyList<string> Paths, ComparisonOptions Options) Read(ParseResult parsed, string[] models)
    {
        var options = analysis.Read(parsed);
        if (options.IsWeightWatcher || options.Convolutions != Models.Layers.ConvolutionMode.Flatten)
        {
            throw new UsageException("compare takes a convolution as one matrix; --conv and --compat do not go with it");
        }

        string[] paths = parsed.GetValue(reference) is not { } named ? models : [.. models.Where(path => path != named), named];
        return paths.Length < 2
            ? throw new UsageException("compare needs two models or more")
            : (paths, new ComparisonOptions
            {
                Analysis = options,
                Reference = parsed.GetValue(reference) is null ? null : paths.Length - 1,
                Matching = parsed.GetValue(match) switch { "name" => MatchingMode.Name, "depth" => MatchingMode.Depth, _ => MatchingMode.Automatic },
                GroupBy = parsed.GetValue(groupBy) switch { "role" => GroupBy.Role, "block" => GroupBy.Block, "kind" => GroupBy.Kind, _ => GroupBy.None },
                Top = parsed.GetValue(top),
                ExactChange = parsed.GetValue(exact),
            });
    }

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
