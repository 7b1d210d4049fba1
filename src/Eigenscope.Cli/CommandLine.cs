using System.CommandLine;
using System.CommandLine.Parsing;
using Eigenscope.Learning;
using Eigenscope.LinearAlgebra.Lapack;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Eigenscope.Transforms;

namespace Eigenscope.Cli;

/// <summary>Runs a parsed command line; every end but a normal one is one line on standard error and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> Run(RootCommand root, string[] args, CancellationToken cancellation)
    {
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return Fail(ExitCode.BadUsageOrInput, $"{Wrong(parsed)} (see: {Path(parsed)} --help)");
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (OperationCanceledException)
        {
            return Fail(Interruption.Code, Interruption.Message);
        }
        catch (Exception e) when (e is ModelFormatException or ResultFormatException or UsageException or LapackUnavailableException or MergeException or LessonException)
        {
            return Fail(ExitCode.BadUsageOrInput, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException or PageUnavailableException)
        {
            return Fail(ExitCode.RunFailed, e.Message);
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable("EIGENSCOPE_TRACE") != "1")
        {
            return Fail(ExitCode.RunFailed, $"a fault of eigenscope itself: {e.GetType().Name}: {e.Message} (EIGENSCOPE_TRACE=1 shows where)");
        }
    }

    /// <summary>Says in one line why the run ends, and returns the exit code.</summary>
    public static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"eigenscope: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    /// <summary>What is wrong with a command line: an option or a command that is unknown or missing, else the first error of the parser.</summary>
    private static string Wrong(ParseResult parsed)
    {
        if (UnknownOption(parsed) is { } option)
        {
            return $"unknown option '{option}'";
        }

        if (parsed.CommandResult.Command is not RootCommand root)
        {
            return string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        var commands = $"the commands are {string.Join(", ", root.Subcommands.Select(command => command.Name))}";
        return parsed.UnmatchedTokens is [var unknown, ..] ? $"unknown command '{unknown}'; {commands}" : $"a command is missing; {commands}";
    }

    private static string? UnknownOption(ParseResult parsed)
    {
        var known = parsed.CommandResult.Command.Options.SelectMany(option => option.Aliases.Append(option.Name)).ToHashSet(StringComparer.Ordinal);
        return parsed.Tokens.Select(token => token.Value.Split('=')[0]).FirstOrDefault(word => word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal) && !known.Contains(word));
    }

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
        {
            names.Insert(0, result.Command.Name);
        }

        return string.Join(' ', names.Prepend("eigenscope"));
    }
}
