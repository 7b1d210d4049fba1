using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>A weight matrix without counterpart.</summary>
/// <param name="Model">The position of its model.</param>
/// <param name="Layer">The matrix.</param>
/// <param name="Reason">Why it has none, as a clause.</param>
public sealed record UnmatchedLayer(int Model, WeightMatrix Layer, string Reason);
