using System.Diagnostics;
using System.Globalization;

namespace Eigenscope.Benchmarks;

/// <summary>Runs the tool as a process, start included, and prints medians of wall time, CPU time and peak memory.</summary>
internal static class WholeProcess
{
    private const int PollMilliseconds = 5;

    /// <summary>The tool as it is built, beside this project.</summary>
    private static readonly string Tool = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../src/Eigenscope.Cli/bin/Release/net10.0", OperatingSystem.IsWindows() ? "eigenscope.exe" : "eigenscope"));

    /// <summary>An action that analyses a model by the tool, as a process, beside as many shuffles.</summary>
    public static Action Analyze(string model, int shuffles = 0) => () =>
    {
        using var process = Start(model, shuffles);
        process.WaitForExit();
        RequireDone(process);
    };

    private readonly record struct Figures(double Wall, double Cpu, double PeakMegabytes);

    public static void Print(string title, SyntheticModel model, int runs)
    {
        var path = model.Write(Path.GetTempPath());
        Console.WriteLine($"{title}; {Machine.Text}");
        Run(path);
        var figures = Enumerable.Range(0, runs).Select(_ => Run(path)).ToList();
        Console.WriteLine($"median of {runs} after one warm-up (least to most)");
        Row("wall, seconds", figures.ConvertAll(run => run.Wall));
        Row("CPU, seconds", figures.ConvertAll(run => run.Cpu));
        Row("peak memory (VmHWM), MB", figures.ConvertAll(run => run.PeakMegabytes));
    }

    private static void Row(string name, List<double> values)
    {
        values.Sort();
        Console.WriteLine($"{name,-26}{values[values.Count / 2],9:0.00}   ({values[0]:0.00} to {values[^1]:0.00})");
    }

    private static Figures Run(string model)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(model, shuffles: 0);
        var (cpu, peak) = (0.0, 0.0);
        while (!process.WaitForExit(PollMilliseconds))
        {
            (cpu, peak) = (Math.Max(cpu, CpuSeconds(process)), Math.Max(peak, PeakMegabytes(process.Id)));
        }

        var wall = clock.Elapsed.TotalSeconds;
        RequireDone(process);
        return new Figures(wall, cpu, peak);
    }

    private static Process Start(string model, int shuffles) =>
        Process.Start(new ProcessStartInfo(Tool, ["analyze", model, "--randomize", $"{shuffles}", "--format", "json", "--out", Path.Combine(Path.GetTempPath(), "eigenscope-benchmark.json")]))!;

    private static void RequireDone(Process process)
    {
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"the tool ended with {process.ExitCode}");
        }
    }

    private static double CpuSeconds(Process process)
    {
        try
        {
            return process.TotalProcessorTime.TotalSeconds;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>The high-water mark that Linux keeps; it only rises, so the last look is at most a few milliseconds old.</summary>
    private static double PeakMegabytes(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
