namespace Eigenscope.EndToEnd;

/// <summary>Runs the built tool as its users do: as a process, seen only by its exit code and its two streams.</summary>
internal static class Tool
{
    /// <summary>Long enough for any test on a busy machine; no test asserts a time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The tool in the folder in which its own build leaves it: what lies beside the tests is not compiled ahead of time.</summary>
    public static string Assembly { get; } =
        Path.Combine(Repository.Folder, "src", "Eigenscope.Cli", Path.GetRelativePath(Path.Combine(Repository.Folder, "tests", "Eigenscope.EndToEnd"), AppContext.BaseDirectory), "Eigenscope.Cli.dll");

    /// <summary>Runs the tool to its end.</summary>
    public static ToolResult Run(params string[] arguments) => Run(arguments, []);

    /// <summary>Runs the tool to its end with environment variables set.</summary>
    public static ToolResult Run(string[] arguments, IEnumerable<(string Name, string Value)> environment, TimeSpan? patience = null)
    {
        using var running = RunningTool.Start("dotnet", [Assembly, .. arguments], environment);
        return running.Finish(patience ?? Patience);
    }
}
