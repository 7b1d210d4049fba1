using Eigenscope.Metrics;

namespace Eigenscope.Comparison;

/// <summary>What a verdict on a change goes by.</summary>
/// <param name="Weights">The change, element by element.</param>
/// <param name="Change">The spectrum of A - B; null where it is zero.</param>
/// <param name="A">How the values of A are spaced.</param>
/// <param name="B">How those of B are.</param>
/// <param name="Epsilon">The larger relative spacing of the types in which the two are stored.</param>
/// <param name="Motion">Where in the spectrum values moved; null where that is not known.</param>
internal sealed record ChangeEvidence(WeightChange Weights, LayerSpectrum? Change, Spacing A, Spacing B, double Epsilon, SpectrumMotion? Motion);

/// <summary>How the values of one of two matrices are spaced.</summary>
/// <param name="Grid">Its levels beside the other's values.</param>
/// <param name="MantissaBits">The bits behind the point that its values need.</param>
/// <param name="IsQuantised">True where it is stored by a quantisation.</param>
internal sealed record Spacing(ValueGrid Grid, int MantissaBits, bool IsQuantised);
