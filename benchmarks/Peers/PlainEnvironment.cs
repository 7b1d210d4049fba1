using System.Collections;
using System.Diagnostics;

namespace Eigenscope.Benchmarks.Peers;

/// <summary>
/// OpenBLAS takes its kernel, block sizes and threads from the variables OPENBLAS_* of the process's environment, if they are set; a fair peer
/// chooses by itself. What .NET changes never reaches native code, so the process is started anew without them.
/// </summary>
internal static class PlainEnvironment
{
    private const string Prefix = "OPENBLAS_";

    /// <summary>Runs this program again without those variables, and returns its exit code; null where none is set.</summary>
    public static int? Relaunch(string[] arguments)
    {
        string[] set = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];
        if (set.Length == 0)
        {
            return null;
        }

        Console.WriteLine($"without {string.Join(", ", set.Order(StringComparer.Ordinal).Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}"))}:");
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), .. arguments]);
        Array.ForEach(set, name => start.Environment.Remove(name));
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The assembly, where the program is run by <c>dotnet</c> and not by its own executable.</summary>
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.GetFullPath(Environment.GetCommandLineArgs()[0])] : [];
}
