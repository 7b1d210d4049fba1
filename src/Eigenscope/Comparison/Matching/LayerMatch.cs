using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>Two layers that are counterparts.</summary>
/// <param name="A">The layer of the model that is compared.</param>
/// <param name="B">The layer of the model that it is compared with.</param>
/// <param name="By">What tells it.</param>
public sealed record LayerMatch(WeightMatrix A, WeightMatrix B, MatchedBy By);
