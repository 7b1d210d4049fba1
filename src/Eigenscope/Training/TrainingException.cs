namespace Eigenscope.Training;

/// <summary>A training that cannot be begun or continued, because of its options, its data or its folder, or that diverged; the message is one line.</summary>
/// <param name="message">What is wrong.</param>
public sealed class TrainingException(string message) : Exception(message)
{
    /// <summary>True where the training was begun and its loss became infinite or no number.</summary>
    public bool IsDivergence { get; init; }

    internal static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new TrainingException(otherwise);
        }
    }
}
