namespace Eigenscope.Cluster;

/// <summary>A heartbeat that was found.</summary>
/// <param name="Beat">What it says.</param>
/// <param name="Written">When its file was written, in UTC, by the clock of the file system.</param>
public sealed record SeenHeartbeat(Heartbeat Beat, DateTime Written);
