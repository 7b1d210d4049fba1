namespace Eigenscope.Cluster;

/// <summary>How it stands with a shard.</summary>
public enum ShardCondition
{
    /// <summary>It has given a sign of life within the last minute.</summary>
    Running,

    /// <summary>It has given none for longer, and no end.</summary>
    Dead,

    /// <summary>It ended with an error, or left layers undone.</summary>
    Failed,

    /// <summary>It was stopped by a signal, and goes on when it is started again.</summary>
    Stopped,

    /// <summary>It ended well, but results of its layers are not there any more.</summary>
    Incomplete,

    /// <summary>All of its layers are there, whoever made them.</summary>
    Done,

    /// <summary>Nothing was heard of it.</summary>
    NotStarted,
}
