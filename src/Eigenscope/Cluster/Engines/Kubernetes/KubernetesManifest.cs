using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using static Eigenscope.Cluster.Engines.KubernetesObjects;

namespace Eigenscope.Cluster.Engines;

/// <summary>
/// The manifest for Kubernetes: an Indexed Job with a pod for every shard, and a Job that waits for all results and collects them. JSON, which kubectl takes as it takes YAML. It is made, and checked against
/// the schema of the API; it has not been run on a cluster.
/// </summary>
/// <remarks>
/// A pod that ends with 2 fails the Job, since no other one can work either; one that collects and ends with 3 fails its own, as layers are missing after a day or failed for their weights. A pod that is
/// taken away (a node drained or lost, preemption) does not count as a failure; every other failure counts for its shard alone.
/// </remarks>
public static class KubernetesManifest
{
    /// <summary>How often a shard is started again after a failure of its own.</summary>
    private const int RetriesOfShard = 3;

    /// <summary>The Job that collects is started again until the first shard has made the folder: some hours, as Kubernetes waits longer and longer, six minutes at last.</summary>
    private const int RetriesOfCollect = 100;

    private const int CollectPatience = 86_400;
    private const int CollectMebibytes = 1024;

    /// <summary>A name of a Job; with what Kubernetes appends it must stay below 63 characters.</summary>
    private const int LongestName = 40;

    private const string Volume = "shared";
    private const string Container = "eigenscope";
    private const string Note = "backoffLimitPerIndex needs Kubernetes 1.29 (1.28 with the feature gate JobBackoffLimitPerIndex); on older clusters put backoffLimit in its place";

    private static readonly KubernetesJson Json = new(new JsonSerializerOptions(KubernetesJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The manifest.</summary>
    /// <param name="run">What is to be done.</param>
    /// <param name="place">Where.</param>
    public static string Of(KubernetesRun run, KubernetesPlace place) => JsonSerializer.Serialize(new List("v1", "List", [Shards(run, place), Collect(run, place)]), Json.List) + "\n";

    /// <summary>The name of the Job, after the folder: small letters, digits and hyphens, as Kubernetes wants them.</summary>
    public static string NameOf(string folder)
    {
        var words = new string([.. Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]);
        return $"eigenscope-{words}"[..Math.Min(LongestName, $"eigenscope-{words}".Length)].TrimEnd('-');
    }

    private static Job Shards(KubernetesRun run, KubernetesPlace place)
    {
        string[] command =
        [
            "eigenscope", run.Command, .. run.Models, .. run.Arguments, "--shard", "auto", "--of", Text(run.Shards), "--out", run.Folder, "--threads", Text(run.Threads), "--max-memory", $"{Text(run.WorkingMebibytes)}MiB",
        ];
        var spec = new JobSpec(Pod(run, place, command, run.Threads, run.PodMebibytes))
        {
            CompletionMode = "Indexed",
            Completions = run.Shards,
            Parallelism = Math.Min(place.Parallelism ?? run.Shards, run.Shards),
            BackoffLimitPerIndex = RetriesOfShard,
            PodFailurePolicy = FailingOn(2),
            PodReplacementPolicy = "Failed",
        };
        return new("batch/v1", "Job", Meta(NameOf(run.Folder), place, new Dictionary<string, string>(StringComparer.Ordinal) { ["eigenscope/note"] = Note }), spec);
    }

    private static Job Collect(KubernetesRun run, KubernetesPlace place)
    {
        string[] command = ["eigenscope", "collect", run.Folder, "--wait", Text(CollectPatience), "--format", "json", "--out", $"{run.Folder.TrimEnd('/')}/result.json"];
        var spec = new JobSpec(Pod(run, place, command, 1, CollectMebibytes)) { BackoffLimit = RetriesOfCollect, PodFailurePolicy = FailingOn(3), PodReplacementPolicy = "Failed" };
        return new("batch/v1", "Job", Meta($"{NameOf(run.Folder)}-collect", place, null), spec);
    }

    /// <summary>One exit code ends the Job, since another try would end with it too; a pod that is taken away does not count.</summary>
    private static PodFailurePolicy FailingOn(int exitCode) => new([new("FailJob", OnExitCodes: new(Container, "In", [exitCode])), new("Ignore", OnPodConditions: [new("DisruptionTarget", "True")])]);

    private static PodTemplateSpec Pod(KubernetesRun run, KubernetesPlace place, IEnumerable<string> command, int processors, long mebibytes)
    {
        var memory = $"{Text(mebibytes)}Mi";
        var resources = new Resources(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["cpu"] = Text(processors), ["memory"] = memory },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["memory"] = memory });
        var container = new Container(Container, place.Image, [.. command.Select(Literal)], place.Mount, resources, [new(Volume, place.Mount)]);
        return new(new(Labels: Labels(run)), new("Never", [container], [new(Volume, new(place.Claim))]));
    }

    private static ObjectMeta Meta(string name, KubernetesPlace place, IReadOnlyDictionary<string, string>? annotations) => new(name, place.Namespace, Annotations: annotations);

    private static Dictionary<string, string> Labels(KubernetesRun run) => new(StringComparer.Ordinal) { ["app.kubernetes.io/name"] = "eigenscope", ["app.kubernetes.io/instance"] = NameOf(run.Folder) };

    /// <summary>A word as it is: Kubernetes puts values in the place of $(NAME), and $$ stands for a dollar sign.</summary>
    private static string Literal(string word) => word.Replace("$", "$$", StringComparison.Ordinal);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
