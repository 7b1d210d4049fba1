namespace Eigenscope.Cluster.Engines;

/// <summary>What the pods of a Job are to do.</summary>
/// <param name="Command">The command of the tool.</param>
/// <param name="Models">Its models, as pods see them.</param>
/// <param name="Folder">The folder that all shards share, as pods see it.</param>
/// <param name="Arguments">The options that change a number.</param>
/// <param name="Shards">How many shards.</param>
/// <param name="Threads">Threads of a pod.</param>
/// <param name="WorkingMebibytes">Memory that layers in work may take, in MiB.</param>
/// <param name="PodMebibytes">Memory that a pod may take in all, in MiB.</param>
public sealed record KubernetesRun(string Command, IReadOnlyList<string> Models, string Folder, IReadOnlyList<string> Arguments, int Shards, int Threads, long WorkingMebibytes, long PodMebibytes);
