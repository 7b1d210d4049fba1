using System.Text.Json.Serialization;

namespace Eigenscope.Cluster.Engines;

/// <summary>Objects of the Kubernetes API with the fields that are set here, under their own names: what is misspelt in none of them is misspelt nowhere.</summary>
internal static class KubernetesObjects
{
    internal sealed record List(string ApiVersion, string Kind, IReadOnlyList<Job> Items);

    internal sealed record Job(string ApiVersion, string Kind, ObjectMeta Metadata, JobSpec Spec);

    internal sealed record ObjectMeta(string? Name = null, string? Namespace = null, IReadOnlyDictionary<string, string>? Labels = null, IReadOnlyDictionary<string, string>? Annotations = null);

    internal sealed record JobSpec(
        [property: JsonPropertyOrder(1)] PodTemplateSpec Template,
        string? CompletionMode = null,
        int? Completions = null,
        int? Parallelism = null,
        int? BackoffLimit = null,
        int? BackoffLimitPerIndex = null,
        PodFailurePolicy? PodFailurePolicy = null,
        string? PodReplacementPolicy = null);

    internal sealed record PodFailurePolicy(IReadOnlyList<PodFailurePolicyRule> Rules);

    internal sealed record PodFailurePolicyRule(string Action, OnExitCodes? OnExitCodes = null, IReadOnlyList<OnPodCondition>? OnPodConditions = null);

    internal sealed record OnExitCodes(string ContainerName, string Operator, IReadOnlyList<int> Values);

    internal sealed record OnPodCondition(string Type, string Status);

    internal sealed record PodTemplateSpec(ObjectMeta Metadata, PodSpec Spec);

    internal sealed record PodSpec(string RestartPolicy, IReadOnlyList<Container> Containers, IReadOnlyList<Volume> Volumes);

    internal sealed record Container(string Name, string Image, IReadOnlyList<string> Command, string WorkingDir, Resources Resources, IReadOnlyList<VolumeMount> VolumeMounts);

    internal sealed record Resources(IReadOnlyDictionary<string, string> Requests, IReadOnlyDictionary<string, string> Limits);

    internal sealed record VolumeMount(string Name, string MountPath);

    internal sealed record Volume(string Name, ClaimSource PersistentVolumeClaim);

    internal sealed record ClaimSource(string ClaimName);
}

/// <summary>How <see cref="KubernetesObjects"/> are written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubernetesObjects.List))]
internal sealed partial class KubernetesJson : JsonSerializerContext;
