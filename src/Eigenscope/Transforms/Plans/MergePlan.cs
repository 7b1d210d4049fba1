using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>What a recipe comes to on the models that it names, from their headers alone. It holds the models open until it is disposed.</summary>
/// <param name="Models">The models, open: the base first, then the others in the order of the recipe; that below an adapter is one of its own.</param>
/// <param name="Base">The place of the base among them; null where there is none.</param>
/// <param name="Tensors">Every tensor that is made, in the order of the base, or of the first model where there is none.</param>
/// <param name="Problems">Everything that stands in the way, one line each; empty where it can run.</param>
internal sealed record MergePlan(IReadOnlyList<Model> Models, int? Base, IReadOnlyList<PlannedTensor> Tensors, IReadOnlyList<string> Problems) : IDisposable
{
    /// <summary>What the user should know, and what does not stand in the way.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Weight files with statistics, open.</summary>
    public IReadOnlyList<Model> Statistics { get; init; } = [];

    /// <summary>The place of the model whose configuration the merged one gets: the base, or the first where there is none, below its adapter; null where it could not be opened.</summary>
    public int? Reference { get; init; }

    /// <summary>The number of blocks of the merged model where they are numbered anew; null where it has those of the reference.</summary>
    public int? Blocks { get; init; }

    /// <summary>The path or address of the model whose tokenizer is taken; null for that of the reference.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>The bytes of the weights that are made.</summary>
    public long OutputBytes => Tensors.Sum(tensor => tensor.Count * tensor.Type.Bits() / 8);

    /// <summary>Opens the models of a recipe and plans every tensor; what is wrong with the recipe is among the problems, and no exception.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">How models are opened; null for the default.</param>
    public static MergePlan Of(Recipe recipe, PlanOptions? options = null) => new PlanBuilder(recipe, options ?? new PlanOptions()).Build();

    /// <summary>Closes the models.</summary>
    public void Dispose()
    {
        foreach (var model in Models.Concat(Statistics))
        {
            model.Dispose();
        }
    }
}
