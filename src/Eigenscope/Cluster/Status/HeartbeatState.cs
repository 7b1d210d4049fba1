using System.Text.Json.Serialization;

namespace Eigenscope.Cluster;

/// <summary>What the process of a shard says of itself.</summary>
public enum HeartbeatState
{
    /// <summary>It works.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It has ended, and all of its layers were there.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>It was stopped by a signal, and goes on when it is started again.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>It ended with an error, or left layers undone.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
