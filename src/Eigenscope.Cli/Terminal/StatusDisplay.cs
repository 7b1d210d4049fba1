using System.Text;
using Eigenscope.Cli.Shards;
using Eigenscope.Cluster;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Terminal;

/// <summary>Shows how far shards are: once, or again and again, on a terminal in the same place, in a pipe as lines that say what is new.</summary>
/// <param name="isJson">Documents instead of texts.</param>
/// <param name="noColor">No colours.</param>
internal sealed class StatusDisplay(bool isJson, bool noColor)
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly bool isInPlace = !isJson && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
    private readonly Dictionary<int, ShardCondition> said = [];
    private string before = "";
    private int height;

    /// <summary>Shows one look.</summary>
    public void Once(SeenStatus seen) =>
        OutputFile.Write(null, isJson ? StatusReport.Of(seen.Status, seen.Engine, seen.Title, seen.Time) : Drawn(seen));

    /// <summary>Shows the next look.</summary>
    public void Next(SeenStatus seen)
    {
        if (isInPlace)
        {
            Redraw(Encoding.UTF8.GetString(Drawn(seen)));
            return;
        }

        var line = StatusTable.Line(seen);
        if (line != before)
        {
            before = line;
            OutputFile.Write(null, isJson ? StatusReport.Line(seen.Status, seen.Engine, seen.Title, seen.Time) : Encoding.UTF8.GetBytes(string.Concat(News(seen, line).Select(text => $"{text}\n"))));
        }
    }

    private byte[] Drawn(SeenStatus seen)
    {
        var screen = TextScreen.ForStandardOutput(noColor);
        StatusTable.Print(screen, seen);
        return screen.Content;
    }

    /// <summary>Draws over what was drawn last; what is higher than the window could not be drawn over, and is cut off.</summary>
    private void Redraw(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n').Take(Math.Max(1, Console.WindowHeight - 1)).ToList();
        var back = height > 0 ? $"\u001b[{height}A\r\u001b[J" : "";
        height = lines.Count;
        OutputFile.Write(null, Encoding.UTF8.GetBytes($"{back}{string.Join('\n', lines)}\n"));
    }

    /// <summary>The line that says all in short, and a few for each shard that has newly gone wrong.</summary>
    private IEnumerable<string> News(SeenStatus seen, string line)
    {
        yield return Printable(line);
        foreach (var shard in seen.Status.Shards.Where(shard => shard.Of == seen.Status.Count))
        {
            var isNew = said.GetValueOrDefault(shard.Index) != shard.Condition;
            said[shard.Index] = shard.Condition;
            if (!isNew || !shard.IsTrouble)
            {
                continue;
            }

            yield return Printable(StatusTable.Line(shard));
            foreach (var log in shard.LogLines)
            {
                yield return Printable($"    {log}");
            }
        }
    }

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
