using System.Text;
using Xunit;

namespace Eigenscope.EndToEnd.Cluster;

/// <summary>Programs of a cluster that answer what a test says, alone on PATH but for the runtime.</summary>
internal sealed class FakePrograms : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The variable of the environment that leads to them.</summary>
    public (string Name, string Value)[] Environment => [("PATH", $"{folder.FullPath}:{RuntimeFolder}"), ("SLURM_CONF", "/nowhere")];

    /// <summary>Adds one: a line of the shell. What it is called with goes to a file beside it.</summary>
    public FakePrograms With(string name, string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "stands in for programs by scripts of bash");
        var file = folder.Write(name, Encoding.UTF8.GetBytes($"#!/bin/bash\nprintf '%s\\n' \"$@\" >> '{folder[name]}.calls'\n{script}\n"));
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return this;
    }

    /// <summary>The words that a program was called with, in all calls.</summary>
    public string[] Calls(string name) => File.Exists(folder[$"{name}.calls"]) ? File.ReadAllLines(folder[$"{name}.calls"]) : [];

    /// <summary>Runs the tool with them.</summary>
    public ToolResult Tool(params string[] arguments) => EndToEnd.Tool.Run(arguments, Environment);

    public void Dispose() => folder.Dispose();

    /// <summary>A folder that has the runtime and nothing of a cluster.</summary>
    private string RuntimeFolder
    {
        get
        {
            var place = folder.MakeFolder("runtime");
            var runtime = System.Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : System.Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(one => Path.Combine(one, "dotnet")).First(File.Exists);
            if (!File.Exists(Path.Combine(place, "dotnet")))
            {
                File.CreateSymbolicLink(Path.Combine(place, "dotnet"), runtime);
            }

            return place;
        }
    }
}
