using System.ComponentModel;
using System.Diagnostics;
using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cli.Shards;

/// <summary>Asks an engine of its tasks, not more often than now and then: a controller has others to serve.</summary>
internal sealed class EngineQuestion
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private (string Job, DateTime Time, EngineAnswer Answer)? last;

    /// <summary>What the engine says; null where none is known that can be asked.</summary>
    /// <param name="note">What the folder says of it.</param>
    /// <param name="cancellation">Stops it.</param>
    public EngineAnswer? Ask(EngineNote? note, CancellationToken cancellation)
    {
        if (note is not { Engine: "slurm", Job: { } job })
        {
            return null;
        }

        if (last is not { } known || known.Job != job || DateTime.UtcNow - known.Time > Interval)
        {
            var answer = SlurmTasks.Of(job, Output("squeue", SlurmTasks.QueueArguments(job), cancellation), Output("sacct", SlurmTasks.AccountArguments(job), cancellation));
            last = (job, DateTime.UtcNow, answer);
            return answer;
        }

        return known.Answer;
    }

    /// <summary>What a program prints; null where it is not there, ends with an error, or takes too long.</summary>
    private static string? Output(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            using var kill = end.Token.Register(() => process.Kill());
            var error = process.StandardError.ReadToEndAsync(end.Token);
            var output = process.StandardOutput.ReadToEndAsync(end.Token).GetAwaiter().GetResult();
            error.GetAwaiter().GetResult();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }
}
