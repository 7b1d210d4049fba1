namespace Eigenscope.Analysis;

/// <summary>How far a run is.</summary>
/// <param name="LayersDone">Layers finished.</param>
/// <param name="Layers">Layers to analyse in all.</param>
/// <param name="WorkDone">The share of the estimated work that is finished, 0 to 1.</param>
/// <param name="Layer">The layer that was finished last.</param>
public readonly record struct AnalysisProgress(int LayersDone, int Layers, double WorkDone, string Layer);
