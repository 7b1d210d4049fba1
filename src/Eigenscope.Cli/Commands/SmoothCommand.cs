using System.CommandLine;
using Eigenscope.Models;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Commands;

/// <summary><c>smooth MODEL OUT</c>: WeightWatcher's SVDSmoothing, as a copy.</summary>
internal static class SmoothCommand
{
    private static readonly (string Text, SmoothingMethod Method)[] Methods =
        [("detX", SmoothingMethod.UnitDeterminant), ("alpha_min", SmoothingMethod.PowerLaw), ("rmt", SmoothingMethod.DensityFit), ("svd", SmoothingMethod.Percent)];

    public static Command Create()
    {
        var model = ModelArgument.One();
        var command = new Command("smooth", "Keep of every weight matrix only the singular values that count by a method of WeightWatcher's SVDSmoothing.") { model };
        var method = ChoiceOption.Create("--method", "the tail of unit determinant (detX), that of the power law (alpha_min), what lies beyond WeightWatcher's density fit (rmt), or a share of all (svd)", hasDefault: true, [.. Methods.Select(row => row.Text)]);
        var percent = NumberOption.Real("--percent", "with --method svd: the share that is kept, 0.8 by default; below 0, the share of the largest that is left out", -1, 1);
        command.Options.Add(method);
        command.Options.Add(percent);
        var shared = new ReshapingOptionSet(command);
        command.SetAction((parsed, cancellation) =>
        {
            var analysis = shared.Read(parsed);
            if (parsed.GetValue(percent) is not null && parsed.GetValue(method) != "svd")
            {
                throw new UsageException("--percent belongs to --method svd");
            }

            using var opened = Model.Open(parsed.GetValue(model)!);
            var options = new SmoothingOptions
            {
                Method = Methods.First(row => row.Text == parsed.GetValue(method)).Method,
                Percent = parsed.GetValue(percent) ?? new SmoothingOptions().Percent,
                Filter = analysis.Filter,
                Type = shared.Type(parsed),
                Threads = analysis.Threads,
                MaxMemory = analysis.MaxMemory,
            };
            return Task.FromResult(shared.Run(parsed, progress => ModelSmoothing.Of(opened, shared.Folder(parsed), options, progress, cancellation)));
        });
        HelpExample.AddTo(command, "eigenscope smooth samples/tiny-gpt smooth");
        return command;
    }
}
