namespace Eigenscope.Transforms;

/// <summary>What became of one model in a merged tensor.</summary>
/// <param name="Model">Its place among the models of the merge.</param>
/// <param name="Values">Numbers by snake_case name, null where undefined: <c>change_norm</c>, <c>relative_change</c>, <c>cosine_to_merged</c>, and those of the method.</param>
public sealed record MergedInput(int Model, IReadOnlyDictionary<string, double?> Values);

/// <summary>What a merge did to one tensor, and how it can be told.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type that it is stored in.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Method">The method; <c>copy</c> where its bytes were copied.</param>
/// <param name="Route">What the method did, such as <c>weighted_average</c>.</param>
/// <param name="Reason">Why, in a clause; null where nothing was to be decided.</param>
/// <param name="Note">What is special about it, such as that it was cropped; null for nothing.</param>
/// <param name="Inputs">What became of each model.</param>
/// <param name="Cosines">The cosines between the changes of the models, the upper triangle row by row without the diagonal; null where one does not change.</param>
/// <param name="Values">Numbers by snake_case name, null where undefined: norms, sign conflicts, the loss by rounding, and those of the method.</param>
/// <param name="Warnings">What a reader should know.</param>
/// <param name="Digest">SHA-256 over its bytes, in portions: what a run that goes on trusts.</param>
public sealed record MergedTensor(
    string Name,
    string Type,
    IReadOnlyList<long> Shape,
    string Method,
    string Route,
    string? Reason,
    string? Note,
    IReadOnlyList<MergedInput> Inputs,
    IReadOnlyList<double?> Cosines,
    IReadOnlyDictionary<string, double?> Values,
    IReadOnlyList<string> Warnings,
    string Digest);
