using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of every command that analyses layers.</summary>
internal sealed class AnalysisOptionSet
{
    private readonly Option<string[]> layers = Patterns("--layers", "analyse only layers whose full name matches GLOB (* and ?); repeatable");
    private readonly Option<string[]> exclude = Patterns("--exclude", "leave out layers whose full name matches GLOB; repeatable");
    private readonly Option<string[]> role = new("--role") { Description = "analyse only a group of roles (attention, mlp, embeddings) or one role, such as attention_query; repeatable", HelpName = "ROLE" };
    private readonly Option<bool> accurate = new("--accurate") { Description = "do not square the weights: resolves singular values down to 1e-14 of the largest, slower; layers with tiny ones are done so anyway" };
    private readonly Option<bool> approximate = new("--approx") { Description = "for layers too large for all singular values: the largest ones, and the density of the others; the result says how far it is right" };
    private readonly Option<string?> solver = ChoiceOption.Create("--solver", "who computes singular values: eigenscope, or an installed OpenBLAS, MKL or Accelerate", hasDefault: true, "own", "lapack");
    private readonly Option<string?> convolutions = ChoiceOption.Create("--conv", "convolution kernels as one matrix (flatten), one for each kernel position (slices), or the operator that they are (fft)", hasDefault: true, "flatten", "slices", "fft");
    private readonly Option<int> grid = new("--conv-grid") { Description = "the side of the periodic input for --conv fft, or the kernel's where that is longer", HelpName = "N", DefaultValueFactory = _ => new AnalysisOptions().ConvolutionGrid, CustomParser = argument => ParseCount(argument, "--conv-grid", 1, 1024) };
    private readonly Option<bool> noPool = new("--no-pool") { Description = "a row for each kernel position, with --conv slices or --compat weightwatcher, whose pool=False it is" };
    private readonly HeadOptions heads = new();
    private readonly Option<string?> compatibility = ChoiceOption.Create("--compat", "the conventions of another program, column for column; implies --conv slices and --accurate", hasDefault: false, "weightwatcher");
    private readonly TailOptionSet tail = new();
    private readonly Option<int> randomize = new("--randomize") { Description = "analyse every layer again, R times, with its weights in random order, and say how it differs", HelpName = "R", DefaultValueFactory = _ => 0, CustomParser = argument => ParseCount(argument, "--randomize", 0, 1000) };
    private readonly Option<int> bootstrap = new("--bootstrap") { Description = "fit every tail again to N resampled sets of eigenvalues: interval, bias and goodness of fit of alpha", HelpName = "N", DefaultValueFactory = _ => 0, CustomParser = argument => ParseCount(argument, "--bootstrap", 20, 100_000) };
    private readonly Option<bool> truncated = new("--tpl") { Description = "fit a truncated power law too, with a start of its own: what WeightWatcher's fit='TPL' means" };
    private readonly Option<bool> farms = new("--farms") { Description = "the exponent of square windows, which does not depend on the aspect ratio (FARMS); takes ten times longer" };
    private readonly Option<bool> quasiNull = new("--quasi-null") { Description = "look for eigenvalues far below those of a random matrix, and what they come from" };
    private readonly Option<bool> vectors = new("--vectors") { Description = "compute singular vectors too, and how they are spread in the tail and below it; takes several times longer" };
    private readonly Option<int> threads = new("--threads") { Description = "how many threads work, on several layers or together on a large one; never changes what eigenscope itself computes", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount, CustomParser = argument => ParseCount(argument, "--threads", 1, 4096) };
    private readonly Option<long?> maxMemory = SizeOption.Create("--max-memory", "working memory for the layers in work, such as 512MB or 4GiB");
    private readonly Option<long> seed = SeedOption.Create("--seed", "seed of whatever is drawn at random");
    private readonly Option<bool> esd = new("--esd") { Description = "put all eigenvalues into the JSON result" };

    public AnalysisOptionSet(Command command, bool choosesLayers)
    {
        role.Validators.Add(RequireKnownRoles);
        Option[] choosing = choosesLayers ? [layers, exclude, role] : [];
        foreach (var option in (IEnumerable<Option>)[.. choosing, accurate, approximate, solver, convolutions, noPool, grid, .. heads.All, compatibility, .. tail.All, randomize, bootstrap, truncated, farms, quasiNull, vectors, esd, threads, maxMemory, seed])
        {
            command.Options.Add(option);
        }
    }

    public AnalysisOptions Read(ParseResult parsed)
    {
        RequireOneRoute(parsed);
        var defaults = new AnalysisOptions();
        var (splitHeads, headCounts) = heads.Read(parsed);
        return new AnalysisOptions
        {
            Accurate = parsed.GetValue(accurate),
            Approximate = parsed.GetValue(approximate),
            Solver = parsed.GetValue(solver) == "lapack" ? SpectrumSolver.Lapack : SpectrumSolver.Own,
            Compatibility = parsed.GetValue(compatibility) is null ? Compatibility.None : Compatibility.WeightWatcher,
            Convolutions = parsed.GetValue(convolutions) switch { "slices" => ConvolutionMode.Slices, "fft" => ConvolutionMode.Fourier, _ => ConvolutionMode.Flatten },
            Pooled = !parsed.GetValue(noPool),
            ConvolutionGrid = parsed.GetValue(grid),
            SplitHeads = splitHeads,
            Heads = headCounts,
            Tail = tail.Read(parsed, parsed.GetValue(compatibility) is not null),
            ClipsFingers = tail.Clips(parsed),
            Filter = new LayerFilter(parsed.GetValue(layers) ?? [], parsed.GetValue(exclude) ?? [], parsed.GetValue(role) ?? []),
            Shuffles = parsed.GetValue(randomize),
            BootstrapReplicates = parsed.GetValue(bootstrap),
            Truncated = parsed.GetValue(truncated),
            Farms = parsed.GetValue(farms),
            QuasiNull = parsed.GetValue(quasiNull),
            Vectors = parsed.GetValue(vectors),
            Threads = parsed.GetValue(threads),
            MaxMemory = parsed.GetValue(maxMemory) ?? defaults.MaxMemory,
            Seed = parsed.GetValue(seed),
            KeepEigenvalues = parsed.GetValue(esd),
        };
    }

    private void RequireOneRoute(ParseResult parsed)
    {
        (bool IsSet, string Text)[] others =
        [
            (parsed.GetValue(accurate), "--accurate"),
            (parsed.GetValue(solver) == "lapack", "--solver lapack"),
            (parsed.GetValue(compatibility) is not null, "--compat weightwatcher"),
        ];
        if (parsed.GetValue(approximate) && Array.Find(others, other => other.IsSet).Text is { } other)
        {
            throw new UsageException($"--approx and {other} exclude each other");
        }

        if (parsed.GetValue(bootstrap) > 0 && (tail.Read(parsed, weightWatcher: false).Xmin != XminChoice.Scan || tail.Clips(parsed)))
        {
            throw new UsageException("--bootstrap repeats the search for the start of the tail, and goes with --xmin ks alone, without --clip-xmax");
        }

        if (parsed.GetValue(convolutions) == "fft" && parsed.GetValue(compatibility) is not null)
        {
            throw new UsageException("--conv fft and --compat weightwatcher, which takes convolutions by kernel position, exclude each other");
        }
    }

    private static void RequireKnownRoles(OptionResult option)
    {
        foreach (var token in option.Tokens.Where(token => !Roles.TryParseFilter(token.Value, out _)))
        {
            option.AddError($"--role '{token.Value}' is none of {string.Join(", ", Roles.FilterTexts)}");
        }
    }

    private static Option<string[]> Patterns(string name, string description) => new(name) { Description = description, HelpName = "GLOB" };

    private static int ParseCount(ArgumentResult argument, string option, int least, int most)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
        {
            return count;
        }

        argument.AddError($"{option} '{argument.Tokens[0].Value}' is not a number from {least} to {most}");
        return least;
    }
}
