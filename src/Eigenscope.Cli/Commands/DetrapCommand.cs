using System.CommandLine;
using Eigenscope.Models;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Commands;

/// <summary><c>detrap MODEL OUT</c>: a model without correlation traps, or with them again.</summary>
internal static class DetrapCommand
{
    public static Command Create()
    {
        var model = ModelArgument.One();
        var command = new Command("detrap", "Shrink the few very large weights that make spikes of a layer in random order too (correlation traps); what is taken is kept, and --undo puts it back.") { model };
        var shuffles = NumberOption.Whole("--shuffles", "how many random orders of a layer show no spike in the end (5 by default)", 1, 1000);
        var undo = new Option<bool>("--undo") { Description = "MODEL is a folder that detrap wrote: write the model as it was, byte for byte" };
        command.Options.Add(shuffles);
        command.Options.Add(undo);
        var shared = new ReshapingOptionSet(command, hasType: false, hasSeed: true);
        command.SetAction((parsed, cancellation) =>
        {
            var analysis = shared.Read(parsed);
            using var opened = Model.Open(parsed.GetValue(model)!);
            var options = new TrapOptions
            {
                Shuffles = parsed.GetValue(shuffles) ?? new TrapOptions().Shuffles,
                Seed = analysis.Seed,
                Filter = analysis.Filter,
                Threads = analysis.Threads,
                MaxMemory = analysis.MaxMemory,
            };
            return Task.FromResult(shared.Run(parsed, progress => parsed.GetValue(undo)
                ? TrapRemoval.Undo(opened, shared.Folder(parsed), cancellation)
                : TrapRemoval.Of(opened, shared.Folder(parsed), options, progress, cancellation)));
        });
        HelpExample.AddTo(command, "eigenscope detrap samples/tiny-gpt untrapped");
        return command;
    }
}
