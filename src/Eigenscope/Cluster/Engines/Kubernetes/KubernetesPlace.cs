namespace Eigenscope.Cluster.Engines;

/// <summary>Where in a cluster the pods of a Job run.</summary>
/// <param name="Image">The image; it has <c>eigenscope</c> on its path.</param>
/// <param name="Claim">The claim of a volume that many pods can write at the same time.</param>
/// <param name="Mount">Where it is mounted.</param>
/// <param name="Namespace">The namespace; null for the one that kubectl takes.</param>
/// <param name="Parallelism">The most pods at the same time; null for all.</param>
public sealed record KubernetesPlace(string Image, string Claim, string Mount, string? Namespace = null, int? Parallelism = null);
