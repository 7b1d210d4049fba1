using System.CommandLine;
using System.CommandLine.Parsing;
using Eigenscope.Analysis;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of <c>merge</c>.</summary>
internal sealed class MergeOptionSet
{
    private readonly Option<bool> plan = new("--plan") { Description = "read headers only; say what would be made, what it takes, and everything that stands in the way" };
    private readonly Option<bool> resume = new("--resume") { Description = "go on where a run of the same recipe was interrupted" };
    private readonly Option<long?> shardSize = SizeOption.Create("--shard-size", "the most bytes of weights in a file, such as 5GB", new MergeOptions().ShardBytes);
    private readonly Option<long?> maxMemory = SizeOption.Create("--max-memory", "the most working memory, such as 2GB; what does not fit is said before anything is written");
    private readonly Option<int?> threads = NumberOption.Whole("--threads", "how many threads work; never changes a byte; without it as many as there are processors", 1, 4096);
    private readonly Option<long?> seed = SeedOption.Optional("--seed", "seed of random masks and of stochastic rounding, in place of the recipe's");
    private readonly Option<string?> spectra = ChoiceOption.Create("--spectra", "spectra of the base and of the result in the report: all singular values, the largest ones of large layers, or none", hasDefault: true, "exact", "approx", "none");
    private readonly Option<string?> rounding = ChoiceOption.Create("--rounding", "how numbers become those of the stored type; stochastic keeps small changes on average", hasDefault: true, "nearest", "stochastic");
    private readonly Option<string[]> allow = new("--allow") { Description = "what is no error: a tensor that a model has not (missing), an embedding with more rows (crop), a tensor of another shape (shape); repeatable", HelpName = "missing|crop|shape" };

    public MergeOptionSet(Command command)
    {
        allow.Validators.Add(RequireKnown);
        foreach (var option in (Option[])[plan, resume, shardSize, maxMemory, threads, seed, spectra, rounding, allow])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>True where nothing is to be written.</summary>
    public bool OnlyPlans(ParseResult parsed) => parsed.GetValue(plan);

    /// <summary>How the merge is done.</summary>
    public MergeOptions Read(ParseResult parsed) => new()
    {
        Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
        MaxMemory = parsed.GetValue(maxMemory),
        ShardBytes = parsed.GetValue(shardSize) ?? new MergeOptions().ShardBytes,
        RoundsAtRandom = parsed.GetValue(rounding) == "stochastic",
        Resumes = parsed.GetValue(resume),
        Seed = parsed.GetValue(seed),
        Allow = (parsed.GetValue(allow) ?? []).Aggregate(Allowances.None, (all, word) => all | Enum.Parse<Allowances>(word, ignoreCase: true)),
    };

    /// <summary>How spectra are computed; null for none.</summary>
    public AnalysisOptions? Spectra(ParseResult parsed)
    {
        var options = new AnalysisOptions { Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount, Approximate = parsed.GetValue(spectra) == "approx" };
        return parsed.GetValue(spectra) == "none" ? null : parsed.GetValue(maxMemory) is { } most ? options with { MaxMemory = most } : options;
    }

    private static void RequireKnown(OptionResult option)
    {
        foreach (var token in option.Tokens.Where(token => token.Value is not ("missing" or "crop" or "shape")))
        {
            option.AddError($"--allow '{token.Value}' is none of missing, crop, shape");
        }
    }
}
