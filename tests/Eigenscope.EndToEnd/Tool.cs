namespace Eigenscope.EndToEnd;

/// <summary>Runs the built tool as its users do: as a process, seen only by its exit code and its two streams.</summary>
internal static class Tool
{
    /// <summary>Long enough for any test on a busy machine; no test asserts a time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The tool in the folder in which its own build leaves it: what lies beside the tests is not compiled ahead of time.</summary>
    public static string Assembly { get; } =
        Path.Combine(Repository.Folder, "src", "Eigenscope.Cli", Path.GetRelativePath(Path.Combine(Repository.Folder, "tests", "Eigenscope.EndToEnd"), AppContext.BaseDirectory), "Eigenscope.Cli.dll");

    /// <summary>The runtime on the PATH of the tests, which is not always that of the tool.</summary>
    private static readonly string Runtime = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "dotnet")).FirstOrDefault(File.Exists) ?? "dotnet";

    /// <summary>Runs the tool to its end.</summary>
    public static ToolResult Run(params string[] arguments) => Run(arguments, []);

    /// <summary>Runs the tool to its end with environment variables set.</summary>
    public static ToolResult Run(string[] arguments, IEnumerable<(string Name, string Value)> environment, TimeSpan? patience = null)
    {
        using var running = Start(arguments, environment);
        return running.Finish(patience ?? Patience);
    }

    /// <summary>Starts the tool, and does not wait for its end.</summary>
    public static RunningTool Start(params string[] arguments) => Start(arguments, []);

    /// <summary>Starts the tool with environment variables set. It hears signals also where the tests were started with these ignored, as a shell starts what runs in the background.</summary>
    public static RunningTool Start(string[] arguments, IEnumerable<(string Name, string Value)> environment) => OperatingSystem.IsLinux()
        ? RunningTool.Start("/usr/bin/env", ["--default-signal=INT,TERM", Runtime, Assembly, .. arguments], environment)
        : RunningTool.Start(Runtime, [Assembly, .. arguments], environment);
}
