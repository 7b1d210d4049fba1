namespace Eigenscope.Cli;

/// <summary>The end of an interrupted run: by itself as a rule, by force where it hangs in the operating system.</summary>
internal static class Interruption
{
    /// <summary>What the line at the end says; a command that keeps what it has done says so instead.</summary>
    public static string Message { get; set; } = "interrupted; nothing was written";

    /// <summary>The exit code of an interrupted run.</summary>
    public static int Code { get; private set; } = ExitCode.Interrupted;

    /// <summary>Says that an interrupted run keeps what it has done.</summary>
    /// <param name="code">Its exit code.</param>
    /// <param name="message">The line at the end.</param>
    public static void Keep(int code, string message) => (Code, Message) = (code, message);

    /// <summary>Work stops at its next check, a fraction of a second away; only a read that hangs takes longer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(800);

    /// <summary>True for a command that runs until it is interrupted: nothing is lost then.</summary>
    public static bool IsNormalEnd { get; set; }

    /// <summary>Ends the process after the grace, unless it has ended by then.</summary>
    public static void ForceAfterGrace() => _ = Task.Delay(Grace).ContinueWith(
        _ =>
        {
            OutputFile.DiscardPartial();
            Environment.Exit(IsNormalEnd ? ExitCode.Done : CommandLine.Fail(Code, Message));
        },
        TaskScheduler.Default);
}
