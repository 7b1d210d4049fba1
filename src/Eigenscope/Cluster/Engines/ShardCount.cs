namespace Eigenscope.Cluster.Engines;

/// <summary>How many shards where nobody says it.</summary>
public static class ShardCount
{
    private const int PerNode = 4;
    private const int Most = 128;

    /// <summary>
    /// Several a node, so that a node that is lost costs a small part and nodes of unequal speed end together; not so many that the limits of a cluster are near, and no more than there are layers.
    /// </summary>
    /// <param name="nodes">Nodes of the cluster; null where nobody knows.</param>
    /// <param name="limit">The most tasks that the engine takes at once.</param>
    /// <param name="layers">Layers that are to be analysed.</param>
    public static int Usual(int? nodes, int limit, int layers) => Math.Max(1, Math.Min(Math.Min(PerNode * (nodes ?? Most), Most), Math.Min(limit, layers)));

    /// <summary>Threads of a task, so that the tasks of a node fill it.</summary>
    /// <param name="processors">Processors of the smallest node; null where nobody knows.</param>
    public static int ThreadsOf(int? processors) => Math.Max(1, (processors ?? 1) / PerNode);
}
