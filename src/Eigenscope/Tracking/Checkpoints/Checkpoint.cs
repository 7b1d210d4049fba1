namespace Eigenscope.Tracking;

/// <summary>What says how far a training was at a checkpoint.</summary>
public enum StepSource
{
    /// <summary>A number in its name, such as <c>checkpoint-1000</c>.</summary>
    Name,

    /// <summary>What a trainer wrote beside the weights.</summary>
    Metadata,

    /// <summary>Nothing but the time at which the file was written, which orders checkpoints without numbering them.</summary>
    Time,
}

/// <summary>A model as a training left it at one point.</summary>
/// <param name="Path">Where it is: a weight file, a folder of one, or an address.</param>
/// <param name="Step">How far the training was, in <paramref name="Unit"/>s; null where only the time of writing is known.</param>
/// <param name="Unit">What is counted: step, epoch, iteration, ...</param>
/// <param name="Source">What says so.</param>
public sealed record Checkpoint(string Path, long? Step, string Unit, StepSource Source);
