using System.Text;
using Eigenscope.LinearAlgebra.Lapack;

namespace Eigenscope.Benchmarks.Peers;

/// <summary>Measures the rows of <see cref="PeerRow.All"/> and writes them as a Markdown table, each as soon as it is there.</summary>
internal sealed class PeerTable(PeerOptions options)
{
    private readonly LapackLibrary library = LapackLibrary.Installed;
    private readonly StringBuilder text = new();

    /// <summary>Prints the table, and leaves it in the file that the options name.</summary>
    public void Print()
    {
        Line($"{Machine.Text}; {library.Version}, kernel {library.Core ?? "unknown"}");
        Line($"{options.Rounds} rounds after warming up, both sides in turn; median (least to most); both on {options.Threads} thread(s) where no other number is given");
        Line("");
        Line("| work | peer | threads | ours, s | peer, s | GFLOP/s, ours and peer | ours / peer | target |");
        Line("|---|---|---:|---:|---:|---:|---:|---:|");
        foreach (var row in PeerRow.All.Where(row => $"{row.Work} {row.Peer}".Contains(options.Only, StringComparison.Ordinal)))
        {
            Line(Measure(row));
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        if (options.Out is { } path)
        {
            File.WriteAllText(path, text.ToString());
        }
    }

    private string Measure(PeerRow row)
    {
        var threads = row.Threads ?? options.Threads;
        library.SetThreads(threads);
        var head = $"| {row.Work} | {row.Peer} | {threads} |";
        var pair = row.Recorded is { } seconds ? Paired.Against(row.Ours(threads), seconds, options.Rounds) : Paired.Run(row.Ours(threads), row.Theirs!(), options.Rounds);
        return $"{head} {pair.A} | {pair.B} | {Speed(row, pair)} | {pair.Ratio} | {Verdict(row, pair)} |";
    }

    private static string Speed(PeerRow row, Paired pair) => row.Flops is { } flops ? $"{flops / pair.A.Median / 1e9:0}, {flops / pair.B.Median / 1e9:0}" : "";

    private static string Verdict(PeerRow row, Paired pair) => $"{row.Target:0.00#} {(pair.Ratio.Median <= row.Target ? "met" : "missed")}";

    private void Line(string line)
    {
        Console.WriteLine(line);
        text.Append(line).Append('\n');
    }
}
