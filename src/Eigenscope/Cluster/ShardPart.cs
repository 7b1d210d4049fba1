namespace Eigenscope.Cluster;

/// <summary>What a process does in one go and leaves as one result: a layer, or a layer and its counterparts.</summary>
/// <param name="Id">Its number; no other part of the same work has it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Work">What it costs: floating-point operations, roughly.</param>
/// <param name="Memory">Working memory that it cannot do without, in bytes, roughly.</param>
/// <param name="MostMemory">Working memory with which it is done as on a machine that has much, in bytes; at least <paramref name="Memory"/>.</param>
public sealed record ShardPart(int Id, string Name, double Work, long Memory, long MostMemory);
