using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>What a recipe comes to on the models that it names, from their headers alone.</summary>
/// <param name="Models">The models, open, in the order in which the recipe first names them; that below an adapter is one of its own.</param>
/// <param name="Base">The place of the base among them; null where there is none.</param>
/// <param name="Tensors">Every tensor that is made, in the order of the base, or of the first model where there is none.</param>
/// <param name="Problems">Everything that stands in the way, one line each; empty where it can run.</param>
internal sealed record MergePlan(IReadOnlyList<Model> Models, int? Base, IReadOnlyList<PlannedTensor> Tensors, IReadOnlyList<string> Problems)
{
    /// <summary>What the user should know, and what does not stand in the way.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The bytes of the weights that are made.</summary>
    public long OutputBytes => Tensors.Sum(tensor => tensor.Count * tensor.Type.Bits() / 8);
}
