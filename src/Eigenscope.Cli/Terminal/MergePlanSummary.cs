namespace Eigenscope.Cli.Terminal;

/// <summary>A model that a recipe names, as <c>merge --plan</c> tells it.</summary>
/// <param name="Path">The path.</param>
/// <param name="Format">The format of its files.</param>
/// <param name="Parameters">How many numbers it holds.</param>
/// <param name="Settings">What the recipe gives it, such as <c>weight 0.5</c>; empty for nothing.</param>
/// <param name="IsBase">True for the base.</param>
internal sealed record PlannedModel(string Path, string Format, long Parameters, string Settings, bool IsBase);

/// <summary>What <c>merge --plan</c> tells of a merge that was not done.</summary>
/// <param name="Method">The method.</param>
/// <param name="Models">The models, in the order of the recipe.</param>
/// <param name="Merged">How many tensors are merged.</param>
/// <param name="Copied">How many are copied byte by byte.</param>
/// <param name="Bytes">The bytes of the weights that are made.</param>
/// <param name="Shards">The files that they are written to.</param>
/// <param name="PeakMemory">The most bytes of working memory at a time.</param>
/// <param name="MemoryTensor">The tensor that needs them; null where there is none.</param>
/// <param name="FreeDisk">The bytes that are free where they are written; null where that cannot be known.</param>
/// <param name="Warnings">What does not stand in the way.</param>
/// <param name="Problems">What does, a line each.</param>
internal sealed record MergePlanSummary(
    string Method,
    IReadOnlyList<PlannedModel> Models,
    int Merged,
    int Copied,
    long Bytes,
    int Shards,
    long PeakMemory,
    string? MemoryTensor,
    long? FreeDisk,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Problems);
