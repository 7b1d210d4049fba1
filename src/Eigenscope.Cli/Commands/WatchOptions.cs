using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of <c>track</c> for a training that is still running.</summary>
internal sealed class WatchOptions
{
    private const double DefaultInterval = 10;
    private const double LeastInterval = 0.05;

    private readonly Option<bool> watch = new("--watch") { Description = "go on looking for checkpoints until interrupted; one counts when it is complete" };
    private readonly Option<double> interval = Seconds("--interval", "seconds between two looks; a checkpoint must not change between them", DefaultInterval);
    private readonly Option<double> idle = Seconds("--idle", "end a watch when nothing new came for so many seconds", double.PositiveInfinity);
    private readonly Option<long?> until = new("--until") { Description = "end a watch when a checkpoint of this step or a later one was analysed", HelpName = "STEP" };

    public WatchOptions(Command command)
    {
        foreach (var option in (Option[])[watch, interval, idle, until])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>How a watch goes; null where none is wanted.</summary>
    /// <exception cref="UsageException">An option of a watch stands without it.</exception>
    public WatchPlan? Read(ParseResult parsed)
    {
        if (parsed.GetValue(watch))
        {
            return new(TimeSpan.FromSeconds(parsed.GetValue(interval)), parsed.GetValue(idle), parsed.GetValue(until));
        }

        var alone = ((Option[])[interval, idle, until]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        return alone is null ? null : throw new UsageException($"{alone.Name} goes with --watch");
    }

    private static Option<double> Seconds(string name, string description, double value) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        DefaultValueFactory = _ => value,
        CustomParser = argument => Parse(argument, name),
    };

    private static double Parse(ArgumentResult argument, string name)
    {
        if (double.TryParse(argument.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= LeastInterval and < 1e6)
        {
            return seconds;
        }

        argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a number of seconds from {LeastInterval.ToString(CultureInfo.InvariantCulture)} on");
        return 1;
    }
}

/// <summary>How a watch goes.</summary>
/// <param name="Interval">Between two looks.</param>
/// <param name="Idle">It ends when nothing new came for so many seconds.</param>
/// <param name="Until">It ends with a checkpoint of this step or a later one; null for never.</param>
internal sealed record WatchPlan(TimeSpan Interval, double Idle, long? Until);
