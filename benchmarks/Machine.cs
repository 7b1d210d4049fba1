using System.Runtime.InteropServices;

namespace Eigenscope.Benchmarks;

/// <summary>What figures were measured on.</summary>
internal static class Machine
{
    public static string Text => $"{Environment.ProcessorCount} processors, {ProcessorName()}, .NET {Environment.Version}, eigenscope {Reports.JsonReport.Version}";

    private static string ProcessorName() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? ""
        : RuntimeInformation.ProcessArchitecture.ToString();
}
