namespace Eigenscope.Cli;

/// <summary>The exit codes of the tool.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int RunFailed = 1;
    public const int BadUsageOrInput = 2;
    public const int SomeLayersFailed = 3;
    public const int ThresholdCrossed = 4;
    public const int RunAgain = 75;
    public const int Interrupted = 130;
}
