using System.CommandLine;
using Eigenscope.Cli.Terminal;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Commands;

/// <summary><c>inspect MODEL</c>: every tensor and what it is, from headers alone.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var model = ModelArgument.One();
        var command = new Command("inspect", "List every tensor of a model and what it is, reading nothing but headers.") { model };
        var heads = new HeadOptions();
        foreach (var option in heads.All)
        {
            command.Options.Add(option);
        }

        var output = new OutputOptions(command);
        command.SetAction(parsed =>
        {
            output.Check(parsed);
            using var opened = Model.Open(parsed.GetValue(model)!);
            var (split, counts) = heads.Read(parsed);
            var table = WeightTable.Of(opened, new() { CompareValues = false, SplitHeads = split, Heads = counts });
            output.Write(parsed, screen => InspectTable.Print(screen, opened, table), () => InspectionReport.Json(opened, table), () => InspectionReport.Csv(table));
            return ExitCode.Done;
        });
        HelpExample.AddTo(command, "eigenscope inspect samples/tiny-gpt");
        return command;
    }
}
