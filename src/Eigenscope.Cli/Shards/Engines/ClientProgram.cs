using System.ComponentModel;
using System.Diagnostics;

namespace Eigenscope.Cli.Shards.Engines;

/// <summary>What a program answered.</summary>
/// <param name="ExitCode">Its exit code; -1 where it was not there or did not answer in time.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, or why there is no answer.</param>
internal sealed record ProgramAnswer(int ExitCode, string Output, string Error)
{
    /// <summary>What it says of a refusal, in one line.</summary>
    public string Words => string.Join(' ', (Error.Length > 0 ? Error : Output).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words ? words : $"exit code {ExitCode}";
}

/// <summary>Programs of an engine, found on PATH.</summary>
internal static class ClientProgram
{
    /// <summary>Longer than the programs themselves try to reach a controller.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>True where PATH leads to it.</summary>
    public static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program to its end.</summary>
    public static ProgramAnswer Run(string program, params IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return new(-1, "", $"{program} did not answer within {Patience.TotalSeconds} s");
            }

            return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return new(-1, "", $"{program} is not on PATH");
        }
    }
}
