using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.Tracking;

namespace Eigenscope.Cli.Commands;

/// <summary><c>--fail-on RULE</c> of <c>track</c>: exit code 4 where a rule holds at some checkpoint, and a command to run then.</summary>
internal sealed class StoppingRuleOption
{
    private readonly Option<StoppingRule[]> failOn = new("--fail-on")
    {
        Description = "end with exit code 4 at the first checkpoint at which a rule holds: 'alpha<2' (the mean over the layers), 'min(alpha)<2', also median and max, 'trend(alpha,5)>0' (slope over the last 5 checkpoints, as a share), 'stall(alpha,5)<0.01' (range over them, as a share); repeatable",
        HelpName = "RULE",
        CustomParser = argument => ConditionOption.Parse<StoppingRule>(argument, StoppingRule.TryParse, "is no rule such as 'alpha<2', 'min(alpha)<2', 'trend(alpha,5)>0' or 'stall(alpha,5)<0.01'"),
    };

    private readonly Option<string?> run = new("--run") { Description = "a command for the shell, run once when a rule of --fail-on holds; EIGENSCOPE_RULE, EIGENSCOPE_STEP, EIGENSCOPE_CHECKPOINT and EIGENSCOPE_VALUE tell it which", HelpName = "COMMAND" };

    public StoppingRuleOption(Command command)
    {
        command.Options.Add(failOn);
        command.Options.Add(run);
    }

    /// <summary>The rules; a metric that the run does not compute is a slip.</summary>
    /// <exception cref="UsageException">There is no such metric, or a command and no rule.</exception>
    public IReadOnlyList<StoppingRule> Read(ParseResult parsed, AnalysisOptions options)
    {
        var rules = parsed.GetValue(failOn) ?? [];
        ConditionOption.RequireMetrics(rules, rule => rule.Metric, options);
        return parsed.GetValue(run) is not null && rules.Length == 0 ? throw new UsageException("--run is a command for when a rule holds; --fail-on gives the rule") : rules;
    }

    /// <summary>Says on standard error which rules hold since which checkpoint, and runs the command for the first; true where any does.</summary>
    public bool Report(ParseResult parsed, Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules)
    {
        var met = rules.Select(item => item.Met).OfType<RuleMet>().OrderBy(item => item.Checkpoint).ToList();
        foreach (var item in met)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"eigenscope: {trajectory.Checkpoints[item.Checkpoint].Checkpoint.Path}: {item.Rule} ({item.Value:G6})"));
        }

        if (met is [var first, ..] && parsed.GetValue(run) is { } command)
        {
            Run(command, first, trajectory.Checkpoints[first.Checkpoint].Checkpoint);
        }

        return met.Count > 0;
    }

    private static void Run(string command, RuleMet met, Checkpoint checkpoint)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/c", command]) : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.UseShellExecute = false;
        start.Environment["EIGENSCOPE_RULE"] = met.Rule.ToString();
        start.Environment["EIGENSCOPE_STEP"] = checkpoint.Step?.ToString(CultureInfo.InvariantCulture) ?? "";
        start.Environment["EIGENSCOPE_CHECKPOINT"] = checkpoint.Path;
        start.Environment["EIGENSCOPE_VALUE"] = met.Value.ToString("R", CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Console.Error.WriteLine($"eigenscope: the command of --run ended with code {process.ExitCode}");
        }
    }
}
