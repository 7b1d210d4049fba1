using Eigenscope.Analysis;

namespace Eigenscope.Cluster;

/// <summary>Work that is dealt out to shards, in parts that need nothing of each other. Its results are bytes, the same whoever makes them.</summary>
public interface IShardWork
{
    /// <summary>All parts, in the order in which results tell of them.</summary>
    IReadOnlyList<ShardPart> Parts { get; }

    /// <summary>What a part's result is of: everything that may change a byte of it. One line.</summary>
    byte[] KeyOf(ShardPart part);

    /// <summary>True where a content can be read as the result of a part.</summary>
    bool IsResult(ShardPart part, ReadOnlyMemory<byte> content);

    /// <summary>Does parts, the dearest first.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="isThere">True, when its turn comes, for a part that need not be done.</param>
    /// <param name="done">Takes each result as soon as it is there, from any thread.</param>
    /// <param name="progress">Told of every part, from any thread.</param>
    /// <param name="cancellation">Stops within a fraction of a second.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    void Run(IReadOnlyList<ShardPart> parts, Func<ShardPart, bool> isThere, Action<ShardPart, ShardResult> done, IProgress<AnalysisProgress>? progress, CancellationToken cancellation);
}

/// <summary>What became of a part.</summary>
/// <param name="Content">Its result, one line; null where another try may do: for want of memory, or a file that could not be read.</param>
/// <param name="Reason">Why there is none; null where there is.</param>
public readonly record struct ShardResult(byte[]? Content, string? Reason);
