using System.Globalization;
using Eigenscope.Cli.Shards;
using Eigenscope.Cluster;

namespace Eigenscope.Cli.Terminal;

/// <summary>How far shards are, for people: what is done, then the shards that run or went wrong.</summary>
internal static class StatusTable
{
    private const int MostRows = 20;
    private const int MostLogs = 5;
    private const int LeastName = 16;

    /// <summary>Draws all of it.</summary>
    public static void Print(TextScreen screen, SeenStatus seen)
    {
        var status = seen.Status;
        screen.Line($"{Elision.Middle(seen.Title, screen.Width)}");
        screen.Marked($"[bold]{Percent(status)}[/] of the work, {status.LayersDone} of {Plural.Of(status.Layers, "layer")}{(status.IsComplete ? ": all there, collect makes the result" : "")}");
        if (status.Rate is { } rate)
        {
            screen.Line($"about {Numbers.Text(Math.Round(rate.LayersPerMinute, 1))} layers a minute, {Durations.Text(rate.Left)} left at this rate");
        }

        if (status.Count is { } count)
        {
            screen.Line($"{Plural.Of(count, "shard")}: {Counts(status)}");
        }

        if (seen.Engine is { } engine)
        {
            screen.Line($"{engine.Engine} job {engine.Job}: {engine.Text}");
        }

        PrintShards(screen, seen);
        foreach (var shard in status.Shards.Where(shard => shard.LogLines.Count > 0).Take(MostLogs))
        {
            screen.Line();
            PrintLog(screen, shard);
        }
    }

    /// <summary>A line that says all in short, without anything that changes with the time alone.</summary>
    public static string Line(SeenStatus seen)
    {
        var status = seen.Status;
        return $"{Percent(status)} of the work, {status.LayersDone} of {Plural.Of(status.Layers, "layer")}{(status.Count is null ? "" : $"; shards: {Counts(status)}")}{(seen.Engine is { } engine ? $"; {engine.Engine}: {engine.Text}" : "")}";
    }

    /// <summary>What became of a shard, in a line.</summary>
    public static string Line(ShardStanding shard) =>
        $"shard {shard.Index} of {shard.Of} {Words(shard.Condition)}: {shard.LayersDone} of {shard.Layers} layers are there{(shard.Last is { } last ? $", last seen on {last.Beat.Host}{InWork(last.Beat, " at ")}" : "")}";

    private static void PrintShards(TextScreen screen, SeenStatus seen)
    {
        List<ShardStanding> rows = [.. seen.Status.Shards.Where(shard => shard.IsTrouble || shard.Condition == ShardCondition.Running).OrderBy(shard => shard.IsTrouble ? 0 : 1)];
        if (rows.Count == 0)
        {
            return;
        }

        screen.Line();
        TableColumns.Print(screen, "layer in work", [.. rows.Take(MostRows)], Layer, Columns(seen), LeastName);
        if (rows.Count > MostRows)
        {
            screen.Line($"and {rows.Count - MostRows} more");
        }
    }

    private static List<TableColumn<ShardStanding>> Columns(SeenStatus seen) =>
    [
        new("shard", shard => string.Create(CultureInfo.InvariantCulture, $"{shard.Index}/{shard.Of}"), 0),
        new("state", shard => Words(shard.Condition), 1, shard => shard.IsTrouble ? "red" : null, LeftAligned: true),
        new("layers", shard => string.Create(CultureInfo.InvariantCulture, $"{shard.LayersDone}/{shard.Layers}"), 2),
        new("seen", shard => shard.Last is { } last ? Ago(seen.Time - last.Written) : "never", 3),
        new("host", shard => shard.Last?.Beat.Host ?? "", 4, LeftAligned: true),
        .. seen.Engine is { States.Count: > 0 } engine ? (TableColumn<ShardStanding>[])[new("engine", shard => engine.States.GetValueOrDefault(shard.Index, ""), 5, LeftAligned: true)] : [],
        new("process", shard => shard.Last?.Beat.ProcessId.ToString(CultureInfo.InvariantCulture) ?? "", 6),
    ];

    private static void PrintLog(TextScreen screen, ShardStanding shard)
    {
        screen.Line($"the end of the log of shard {shard.Index}:");
        foreach (var line in shard.LogLines)
        {
            screen.Line($"  {line}");
        }
    }

    private static string Layer(ShardStanding shard) => shard.Last is { } last ? InWork(last.Beat, "") : "";

    private static string InWork(Heartbeat beat, string before) => beat.InWork switch
    {
        [] => "",
        [var only] => before + only,
        [var first, ..] => $"{before}{first} and {beat.InWork.Count - 1} more",
    };

    private static string Counts(ShardStatus status) =>
        string.Join(", ", status.Shards.CountBy(shard => shard.Condition).OrderBy(item => item.Key).Select(item => $"{item.Value} {(item is { Key: ShardCondition.Dead, Value: > 1 } ? "look dead" : Words(item.Key))}"));

    private static string Words(ShardCondition condition) => condition switch
    {
        ShardCondition.NotStarted => "not started",
        ShardCondition.Dead => "looks dead",
        ShardCondition.Incomplete => "results gone",
        _ => condition.ToString().ToLowerInvariant(),
    };

    private static string Ago(TimeSpan age) => $"{Durations.Text(age)} ago";

    /// <summary>Rounded down: what is not all there is never 100 %.</summary>
    private static string Percent(ShardStatus status) => Numbers.Percent(Math.Floor(status.Share * 1000) / 1000);
}
