using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>A tensor of one model that goes into a merge.</summary>
/// <param name="Model">The place of the model in the recipe, from 0; random masks depend on it.</param>
/// <param name="Elements">Its elements, an adapter's change included.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="IsBase">True for the base, where the recipe lists it among its models.</param>
internal sealed record MergeInput(int Model, IElements Elements, TensorParameters Parameters, bool IsBase = false)
{
    /// <summary>Where the model is the base with an adapter: its change s B A as factors; null for all others.</summary>
    public LowRankChange? Adapter { get; init; }
}

/// <summary>What an adapter adds to a weight: s B A.</summary>
/// <param name="Up">B, outputs by rank.</param>
/// <param name="Down">A, rank by inputs.</param>
/// <param name="Scale">s.</param>
internal sealed record LowRankChange(DenseMatrix Up, DenseMatrix Down, double Scale);
