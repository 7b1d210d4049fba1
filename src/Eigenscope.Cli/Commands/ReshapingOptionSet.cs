using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Terminal;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Commands;

/// <summary>The options that the commands that change weights share: which layers, the folder to write, the machine.</summary>
internal sealed class ReshapingOptionSet
{
    /// <summary>The options of an analysis that choose layers, and the machine; the others do not go with a change of weights.</summary>
    private static readonly string[] Kept = ["--layers", "--exclude", "--role", "--threads", "--max-memory"];

    private static readonly (string Text, DType Type)[] Types = [("F64", DType.F64), ("F32", DType.F32), ("F16", DType.F16), ("BF16", DType.BF16)];

    private readonly Option<string?> type = ChoiceOption.Create("--dtype", "the type of what is changed; without it the one that each tensor has", hasDefault: false, [.. Types.Select(row => row.Text)]);
    private readonly Argument<string> folder = new("OUT") { Description = "the folder to write, new or empty; it appears whole or not at all" };
    private readonly AnalysisOptionSet analysis;
    private readonly OutputOptions output;

    /// <summary>Adds them to a command that has its own arguments and options already.</summary>
    public ReshapingOptionSet(Command command, bool hasType = true, bool hasSeed = false)
    {
        command.Arguments.Add(folder);
        if (hasType)
        {
            command.Options.Add(type);
        }

        var before = command.Options.ToList();
        analysis = new AnalysisOptionSet(command, choosesLayers: true);
        foreach (var option in command.Options.Except(before).Where(option => !Kept.Contains(option.Name) && !(hasSeed && option.Name == "--seed") && option is not System.CommandLine.Help.HelpOption).ToList())
        {
            option.Hidden = true;
        }

        output = new OutputOptions(command);
    }

    /// <summary>The folder to write.</summary>
    public string Folder(ParseResult parsed) => parsed.GetValue(folder)!;

    /// <summary>Which layers are changed, and on what machine.</summary>
    /// <exception cref="UsageException">An option does not go with the command.</exception>
    public AnalysisOptions Read(ParseResult parsed)
    {
        if (parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Hidden && parsed.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new UsageException($"{other.Name} is an option of analyze and does not go with {parsed.CommandResult.Command.Name}");
        }

        return analysis.Read(parsed);
    }

    /// <summary>The type of what is changed; null for the one that each tensor has.</summary>
    public DType? Type(ParseResult parsed) => parsed.GetValue(type) is { } text ? Types.First(row => row.Text == text).Type : null;

    /// <summary>Does the work with progress, and prints the result.</summary>
    public int Run(ParseResult parsed, Func<IProgress<AnalysisProgress>?, Reshaping> work)
    {
        output.Check(parsed);
        var result = ProgressDisplay.Run(output.Progress(parsed), work);
        output.Write(parsed, screen => ReshapingTable.Print(screen, result), () => ReshapingJson.Of(result), () => ReshapingCsv.Of(result));
        return result.HasFailures ? ExitCode.SomeLayersFailed : ExitCode.Done;
    }
}
