using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>A signal in the midst of work: exit code 130, one line on standard error, nothing left behind.</summary>
public sealed class InterruptTests(InterruptTests.LargeModel model) : IClassFixture<InterruptTests.LargeModel>
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    /// <summary>Start-up and reading take less; the whole analysis takes much more.</summary>
    private static readonly TimeSpan InTheMidst = TimeSpan.FromSeconds(2.5);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("INT", "--accurate")]
    [InlineData("TERM", "--accurate")]
    [InlineData("INT", "--threads", "1")]
    public void StopsTheRunAndLeavesNothing(string signal, params string[] options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill, and clears ignored ones with GNU env");
        using var folder = new TemporaryFolder();
        string[] arguments = ["analyze", model.Path, "--format", "json", "--out", folder["result.json"], .. options];
        using var running = Tool.Start(arguments);
        Assert.True(SpinWait.SpinUntil(() => running.ProcessorTime > InTheMidst, Tool.Patience));

        running.Send(signal);
        var result = running.Finish(Bound);

        Assert.Equal((130, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("eigenscope: interrupted", Assert.Single(result.ErrorLines));
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    /// <summary>One random 6000 x 6000 matrix.</summary>
    public sealed class LargeModel : IDisposable
    {
        private const int Size = 6000;

        private readonly TemporaryFolder folder = new();

        public LargeModel()
        {
            var weights = new byte[sizeof(float) * Size * Size];
            var random = new Random(7);
            for (var i = 0; i < Size * Size; i++)
            {
                BitConverter.TryWriteBytes(weights.AsSpan(sizeof(float) * i), random.NextSingle() - 0.5f);
            }

            Path = folder.Write("large.safetensors", SafeTensors.Of($"{{{SafeTensors.Entry("w.weight", "F32", [Size, Size], 0, weights.Length)}}}", weights));
        }

        public string Path { get; }

        public void Dispose() => folder.Dispose();
    }
}
