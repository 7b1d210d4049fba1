namespace Eigenscope.Models;

/// <summary>What the files of a model say of the network, beside its weights.</summary>
/// <param name="Architecture">Its name, such as <c>GPT2LMHeadModel</c> or <c>llama</c>; null where no file says it.</param>
/// <param name="Heads">Its attention heads; null where no file says how many there are.</param>
/// <param name="VisionHeads">Those of its image encoder, where it has one of its own.</param>
public sealed record ModelTraits(string? Architecture, AttentionHeads? Heads = null, AttentionHeads? VisionHeads = null);

/// <summary>How attention is divided into heads.</summary>
/// <param name="Queries">The number of query heads.</param>
/// <param name="KeyValues">The number of key and value heads: fewer where several query heads share them.</param>
/// <param name="Width">The outputs of a head, where they are stated.</param>
public sealed record AttentionHeads(int Queries, int KeyValues, int? Width = null);
