using System.Text;
using Eigenscope.Tracking;

namespace Eigenscope.Cli.Terminal;

/// <summary>What a watch says: a line for every checkpoint when it is known, and again when it was replaced.</summary>
internal sealed class WatchLines
{
    private readonly Dictionary<string, string> said = new(StringComparer.Ordinal);

    /// <summary>True before the first line.</summary>
    public bool IsEmpty => said.Count == 0;

    /// <summary>The lines that are new.</summary>
    /// <param name="trajectory">What is known now.</param>
    public string Of(Trajectory trajectory)
    {
        var text = new StringBuilder();
        for (var i = 0; i < trajectory.Checkpoints.Count; i++)
        {
            var row = new TrajectoryTable.CheckpointRow(trajectory, i);
            var content = row.Tracked.Content ?? "";
            if (said.TryGetValue(row.Tracked.Checkpoint.Path, out var before) && before == content)
            {
                continue;
            }

            said[row.Tracked.Checkpoint.Path] = content;
            var cells = TrajectoryTable.CheckpointColumns.Select(column => (column.Title, Cell: column.Cell(row))).Where(item => item.Cell.Length > 0 && item.Title is not ("layers" or "overlap" or "")).Select(item => $"{item.Title} {item.Cell}");
            text.Append($"{trajectory.Unit} {TrajectoryTable.StepOf(row)}: {string.Join(", ", cells)}").Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What else happened, a line each.</summary>
    public IEnumerable<string> NotesOf(IReadOnlyList<WatchEvent> events)
    {
        foreach (var seen in events)
        {
            var note = seen.Kind switch
            {
                WatchEventKind.Replaced => $"{seen.Path}: replaced by other weights, read again",
                WatchEventKind.Renamed => $"{seen.Path}: was {seen.Note}",
                WatchEventKind.Deleted => $"{seen.Path}: deleted; what was found of it stays",
                WatchEventKind.Incomplete => $"not complete yet: {seen.Note}",
                WatchEventKind.Copy => $"{seen.Path}: the same weights as {seen.Note}, counted once",
                _ => null,
            };
            if (seen.Kind == WatchEventKind.Renamed && said.Remove(seen.Note!, out var content))
            {
                said[seen.Path] = content;
            }

            if (note is not null)
            {
                yield return note;
            }
        }
    }
}
