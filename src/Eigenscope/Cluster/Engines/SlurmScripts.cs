using System.Globalization;
using System.Text;

namespace Eigenscope.Cluster.Engines;

/// <summary>The scripts that Slurm runs: an array with a task for every shard, and what puts the results together.</summary>
public static class SlurmScripts
{
    /// <summary>The name of the array's script.</summary>
    public const string ArrayFile = "array.sbatch";

    /// <summary>The name of the script that collects.</summary>
    public const string CollectFile = "collect.sbatch";

    /// <summary>Seconds before the time limit at which a task is told; it stops within one.</summary>
    private const int Lead = 60;
    private const int MostRequeues = 20;
    private const int CollectMebibytes = 1024;

    /// <summary>File systems of clusters may show a new file so many seconds late.</summary>
    private const int CollectPatience = 90;

    /// <summary>The script of the array.</summary>
    /// <param name="run">What is run.</param>
    /// <param name="given">The user's own options of sbatch.</param>
    public static string Array(EngineRun run, IReadOnlyList<string> given) => Text(
        $$"""
        #!/bin/bash
        # A task for every shard. What is there already is passed over, so it may be sent again at any time:
        #   {{ShellWords.Join(["sbatch", .. given, Path.Combine(run.Folder, ArrayFile)])}}
        #SBATCH --job-name=eigenscope
        #SBATCH --array=0-{{run.Shards - 1}}
        #SBATCH --requeue
        #SBATCH --open-mode=append
        #SBATCH --signal=B:USR1@{{Lead}}
        #SBATCH --cpus-per-task={{run.Threads}}
        #SBATCH --mem={{run.TaskMebibytes}}M
        #SBATCH --output={{Header(run.Logs)}}/%a.out

        cd {{ShellWords.Quote(run.From)}} || exit 2
        again=0 signals=0 child=
        stop() { signals=$((signals + 1)); [ -z "$child" ] || kill -TERM "$child" 2>/dev/null; }
        trap 'again=1; stop' USR1 # the time limit is near, or another job wants the place: stop, and go on later
        trap 'again=0; stop' TERM # cancelled: stop, and do not come back

        {{ShellWords.Join([.. run.Tool, run.Command, .. run.Models, .. run.Arguments])}} \
          --out {{ShellWords.Quote(run.Folder)}} --shard "$SLURM_ARRAY_TASK_ID/{{run.Shards}}" \
          --threads "${SLURM_CPUS_PER_TASK:-{{run.Threads}}}" --max-memory {{run.WorkingMebibytes}}MiB &
        child=$!
        [ "$signals" = 0 ] || kill -TERM "$child"
        while :; do
          seen=$signals
          wait "$child"
          code=$?
          [ "$seen" != "$signals" ] || break # a signal ends the waiting, and not yet the child
        done
        child=

        if [ "$code" = 75 ] && [ "$again" = 1 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt {{MostRequeues}} ]; then
          scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" && sleep 60
        fi
        exit "$code"
        """);

    /// <summary>The script that puts the results together, or says what is missing.</summary>
    /// <param name="run">What is run.</param>
    /// <param name="given">The user's own options of sbatch.</param>
    public static string Collect(EngineRun run, IReadOnlyList<string> given) => Text(
        $"""
        #!/bin/bash
        # The result of all shards, once they have ended, well or not:
        #   {ShellWords.Join(["sbatch", "-d", "afterany:ID-OF-THE-ARRAY", .. SbatchOptions.ForCollect(given), Path.Combine(run.Folder, CollectFile)])}
        #SBATCH --job-name=eigenscope-collect
        #SBATCH --requeue
        #SBATCH --open-mode=append
        #SBATCH --mem={CollectMebibytes}M
        #SBATCH --output={Header(run.Logs)}/collect.out

        exec {ShellWords.Join([.. run.Tool, "collect", run.Folder, "--wait", CollectPatience.ToString(CultureInfo.InvariantCulture), "--format", "json", "-o", run.Result])}
        """);

    /// <summary>A path in a line of options: sbatch reads quotes and backslashes, and replaces what follows a percent sign.</summary>
    private static string Header(string path)
    {
        var text = new StringBuilder();
        foreach (var letter in path)
        {
            text.Append(letter switch { '%' => "%%", '"' or '\\' => $"\\{letter}", _ => letter.ToString() });
        }

        return ShellWords.Quote(path) == path ? text.ToString() : $"\"{text}\"";
    }

    private static string Text(string script) => script.ReplaceLineEndings("\n") + "\n";
}
