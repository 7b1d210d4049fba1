using System.Text.RegularExpressions;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Runs the tool under a pseudo-terminal of a given width.</summary>
internal static partial class Terminal
{
    private const string Script = "/usr/bin/script";

    /// <summary>What appears on the terminal of standard output alone, or with progress and errors too, to somebody who types; skips the running test where there is no script(1).</summary>
    public static string Show(int columns, string[] arguments, IEnumerable<(string Name, string Value)> environment, bool withErrors = false, string typed = "", int exitCode = 0)
    {
        using var running = Start(columns, arguments, environment, withErrors, typed);
        var result = running.Finish(Tool.Patience);
        Assert.Equal(exitCode, result.ExitCode);
        return result.Output;
    }

    /// <summary>The tool on a terminal, as long as it runs; skips the running test where there is no script(1).</summary>
    public static RunningTool Start(int columns, string[] arguments, IEnumerable<(string Name, string Value)> environment, bool withErrors = false, string typed = "")
    {
        Assert.SkipUnless(File.Exists(Script), $"{Script} is not there");
        var words = new[] { "dotnet", Tool.Assembly }.Concat(arguments).Select(word => $"'{word}'");
        var command = $"stty cols {columns} rows 50; exec {string.Join(' ', words)}{(withErrors ? "" : " 2>/dev/null")}";
        return RunningTool.Start(Script, ["-qec", command, "/dev/null"], [("SHELL", "/bin/sh"), ("TERM", "xterm-256color"), .. environment], typed);
    }

    /// <summary>The lines of a text as they are seen: without escape sequences, and without what a carriage return overwrites.</summary>
    public static IEnumerable<string> VisibleLines(string text) => Escape.Replace(text, "").Split('\n').Select(line => line.TrimEnd('\r').Split('\r')[^1]);

    /// <summary>A colour or another rendition of characters.</summary>
    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    public static partial Regex Rendition { get; }

    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|[=>])")]
    private static partial Regex Escape { get; }
}
