using System.CommandLine;

namespace Eigenscope.Cli.Commands;

/// <summary><c>track CHECKPOINT...</c>: a training through its checkpoints.</summary>
internal static class TrackCommand
{
    public static Command Create()
    {
        var paths = ModelArgument.Checkpoints();
        var command = new Command("track", "Follow a training through its checkpoints: metrics, phases, spectra and the rotation of singular subspaces of every layer over time.") { paths };
        var tracking = new TrackOptionSet(command);
        var rules = new StoppingRuleOption(command);
        var watching = new WatchOptions(command);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            output.Check(parsed);
            page.Check(parsed);
            var options = tracking.Read(parsed);
            var run = new TrackRun(parsed, options, tracking.Folder(parsed), rules, output, page, cancellation);
            var chosen = rules.Read(parsed, options.Analysis);
            return Task.FromResult(watching.Read(parsed) is { } plan ? run.Watch(parsed.GetValue(paths)!, plan, chosen) : run.Once(parsed.GetValue(paths)!, chosen));
        });
        HelpExample.AddTo(command, "eigenscope track runs/my-model --fail-on 'alpha<2' --report course.html");
        return command;
    }
}
