namespace Eigenscope.Learning;

/// <summary>What a lesson is worked on.</summary>
public sealed record LessonInput
{
    /// <summary>A matrix in place of the lesson's own; null for its own.</summary>
    public LessonMatrix? Matrix { get; init; }

    /// <summary>Layers, for the lessons that are about them: the layer; or the layer before and after its training.</summary>
    public IReadOnlyList<LayerReading> Layers { get; init; } = [];

    /// <summary>What random matrices are drawn from; the same seed gives the same lesson.</summary>
    public long Seed { get; init; }

    internal CancellationToken Cancellation { get; init; }
}
