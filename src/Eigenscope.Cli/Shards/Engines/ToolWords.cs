namespace Eigenscope.Cli.Shards.Engines;

/// <summary>The words that start this tool again, wherever the folder that one is in.</summary>
internal static class ToolWords
{
    private const string Assembly = "Eigenscope.Cli.dll";
    private const string Runtime = "dotnet";

    /// <summary>The program itself, or the runtime and what it was given to run.</summary>
    public static IReadOnlyList<string> Current { get; } = Of(Environment.ProcessPath!, AppContext.BaseDirectory);

    private static IReadOnlyList<string> Of(string program, string folder) =>
        string.Equals(Path.GetFileNameWithoutExtension(program), Runtime, StringComparison.OrdinalIgnoreCase) ? [program, Path.Combine(folder, Assembly)] : [program];
}
