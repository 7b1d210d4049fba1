using System.Diagnostics;
using System.Text;

namespace Eigenscope.EndToEnd;

/// <summary>A process that was started, with both of its streams being read.</summary>
internal sealed class RunningTool : IDisposable
{
    private static readonly string[] Inherited = ["NO_COLOR", "COLUMNS", "TERM"];

    private readonly Process process;
    private readonly TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<byte[]> output;
    private readonly Task<byte[]> error;

    private RunningTool(Process process)
    {
        this.process = process;
        output = ReadOutput(process.StandardOutput.BaseStream);
        error = ReadAll(process.StandardError.BaseStream);
    }

    /// <summary>The first line of standard output, as soon as it is there; all of it where it ends before the line does.</summary>
    public Task<string> FirstLine => firstLine.Task;

    /// <summary>The processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program with nothing more on standard input than what is typed, free of what the environment of the tests says about terminals.</summary>
    public static RunningTool Start(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment, string typed = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Array.ForEach(Inherited, name => start.Environment.Remove(name));
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var running = new RunningTool(Process.Start(start)!);
        running.process.StandardInput.Write(typed);
        running.process.StandardInput.Close();
        return running;
    }

    /// <summary>Sends a signal, such as INT.</summary>
    public void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends the process by force, where it still runs.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    /// <summary>Waits for the end; kills the process and throws where it takes longer than <paramref name="patience"/>.</summary>
    public ToolResult Finish(TimeSpan patience)
    {
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end within {patience}");
        }

        Task.WaitAll(output, error);
        return new ToolResult(process.ExitCode, output.Result, Encoding.UTF8.GetString(error.Result));
    }

    public void Dispose() => process.Dispose();

    private async Task<byte[]> ReadOutput(Stream stream)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            bytes.Write(buffer, 0, count);
            if (!firstLine.Task.IsCompleted && Array.IndexOf(bytes.GetBuffer(), (byte)'\n', 0, (int)bytes.Length) is >= 0 and var end)
            {
                firstLine.SetResult(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, end));
            }
        }

        firstLine.TrySetResult(Encoding.UTF8.GetString(bytes.ToArray()));
        return bytes.ToArray();
    }

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
