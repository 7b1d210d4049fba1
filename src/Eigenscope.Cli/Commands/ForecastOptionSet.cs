using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Forecasting;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of <c>forecast</c>.</summary>
internal sealed class ForecastOptionSet
{
    private const int MostModes = 256;

    private static readonly ForecastOptions Defaults = new();

    /// <summary>The options of an analysis that choose layers, and the machine; the others do not go with a forecast.</summary>
    private static readonly string[] Kept = ["--layers", "--exclude", "--role", "--split", "--heads", "--threads", "--max-memory", "--seed"];

    private readonly Option<long[]> horizons = new("--horizon") { Description = "how many steps ahead; repeatable. Without it half of, one and two of the windows over which movement is measured", HelpName = "STEPS", CustomParser = argument => [.. argument.Tokens.Select(token => Whole(argument, "--horizon", token.Value, 1))] };
    private readonly Option<long?> origin = new("--origin") { Description = "forecast from the last checkpoint up to this step; those after it are held back and show how right the forecast was", HelpName = "STEP" };
    private readonly Option<int> modes = new("--modes") { Description = "how many of the largest singular values", HelpName = "K", DefaultValueFactory = _ => Defaults.Modes, CustomParser = argument => (int)Whole(argument, "--modes", argument.Tokens[0].Value, 1, MostModes) };
    private readonly Option<long?> window = new("--window") { Description = "the steps over which movement is measured; without it half of the history", HelpName = "STEPS", CustomParser = argument => Whole(argument, "--window", argument.Tokens[0].Value, 1) };
    private readonly Option<string?> method = ChoiceOption.Create("--method", "the method; without it the one that was nearest inside the history, at each horizon", hasDefault: false, [.. ForecastMethods.All.Select(Key)]);
    private readonly Option<string?> drift = ChoiceOption.Create("--drift", "where gradients lie beside the last checkpoint: movement by what the weights did (displacement), by the mean gradient, or by both", hasDefault: true, "displacement", "gradient", "combined");
    private readonly Option<double> level = Number("--level", "the share of outcomes that an interval is to hold", Defaults.Level, value => value is > 0 and < 1, "between 0 and 1");
    private readonly Option<double> momentum = Number("--momentum", "the momentum of the optimiser, which makes neighbouring steps alike: noise is then measured over longer stretches", 0, value => value is >= 0 and < 1, "from 0 to below 1");
    private readonly Option<string?> gradients = new("--gradients") { Description = "a folder of the gradients of every step from the origin on (step-N.safetensors, as train --save-gradients writes them): the spectrum follows them by rank-k updates", HelpName = "DIR" };
    private readonly Option<bool> paper = new("--paper-compat") { Description = "follow gradients by the perturbation as published with arXiv 2507.12709, which is wrong at first order; only for comparison with that work" };
    private readonly AnalysisOptionSet analysis;

    public ForecastOptionSet(Command command)
    {
        foreach (var option in (Option[])[horizons, origin, modes, window, method, drift, level, momentum, gradients, paper])
        {
            command.Options.Add(option);
        }

        var before = command.Options.ToList();
        analysis = new AnalysisOptionSet(command, choosesLayers: true);
        foreach (var option in command.Options.Except(before).Where(option => !Kept.Contains(option.Name) && option is not System.CommandLine.Help.HelpOption).ToList())
        {
            option.Hidden = true;
        }
    }

    /// <summary>What is forecast.</summary>
    /// <exception cref="UsageException">Options do not go together.</exception>
    public ModelForecastOptions Read(ParseResult parsed)
    {
        if (parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Hidden && parsed.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new UsageException($"{other.Name} does not go with a forecast, which follows every layer as one matrix by its exact singular values");
        }

        if (parsed.GetValue(paper) && parsed.GetValue(gradients) is null)
        {
            throw new UsageException("--paper-compat is about following gradients; --gradients gives them");
        }

        var options = analysis.Read(parsed);
        return new ModelForecastOptions
        {
            Analysis = options,
            Origin = parsed.GetValue(origin),
            Gradients = parsed.GetValue(gradients),
            IsPaperCompatible = parsed.GetValue(paper),
            Forecast = new ForecastOptions
            {
                Horizons = parsed.GetValue(horizons) ?? [],
                Modes = parsed.GetValue(modes),
                Window = parsed.GetValue(window),
                Method = parsed.GetValue(method) is { } wanted ? ForecastMethods.All.First(candidate => Key(candidate) == wanted) : null,
                Drift = Enum.Parse<DriftSource>(parsed.GetValue(drift)!, ignoreCase: true),
                Level = parsed.GetValue(level),
                Momentum = parsed.GetValue(momentum),
                Seed = options.Seed,
            },
        };
    }

    private static string Key(ForecastMethod method) => method.Text().Replace(' ', '-');

    private static long Whole(ArgumentResult argument, string name, string text, long least, long most = long.MaxValue)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        argument.AddError($"{name} '{text}' is not a number {(most == long.MaxValue ? $"from {least} on" : $"from {least} to {most}")}");
        return least;
    }

    private static Option<double> Number(string name, string description, double value, Func<double, bool> isRight, string range) => new(name)
    {
        Description = description,
        HelpName = "X",
        DefaultValueFactory = _ => value,
        CustomParser = argument =>
        {
            if (double.TryParse(argument.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && isRight(number))
            {
                return number;
            }

            argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a number {range}");
            return value;
        },
    };
}
