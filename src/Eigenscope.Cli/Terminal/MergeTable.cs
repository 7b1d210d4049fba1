using Eigenscope.Transforms;
namespace Eigenscope.Cli.Terminal;
internal static class MergeTable { public static void Print(TextScreen screen, MergeResult r, string folder) { screen.Line($"{r.Tensors.Count} tensors, change {r.RelativeChange}, loss {r.RoundingLoss}"); } }
internal static class MergePlanTable { public static void Print(TextScreen screen, MergeOverview o) { screen.Line($"{o.Tensors} tensors {o.Bytes} bytes, memory {o.Memory} for {o.MemoryTensor}"); foreach (var p in o.Problems) screen.Line(p); } }
