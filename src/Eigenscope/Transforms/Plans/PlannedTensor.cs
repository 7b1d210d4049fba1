using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>A tensor that goes into a merge.</summary>
/// <param name="Model">The place of its model among <see cref="MergePlan.Models"/>; of an adapted model, that of the adapter, so that two adapters of one model are told apart.</param>
/// <param name="Tensor">The tensor; of an adapted model, that of the model below the adapter.</param>
/// <param name="Parameters">The parameters of this model for this tensor.</param>
/// <param name="IsBase">True where the model is the base.</param>
internal sealed record PlannedInput(int Model, Tensor Tensor, TensorParameters Parameters, bool IsBase)
{
    /// <summary>What an adapter adds to it; null where there is none.</summary>
    public LowRankProduct? Adapter { get; init; }

    /// <summary>True where the tensor stores inputs by outputs, as GPT-2's layers and embeddings do, so that the adapter's outputs by inputs are added transposed.</summary>
    public bool IsAdapterTransposed { get; init; }

    /// <summary>A statistic of its elements, such as their Fisher information; null where none is given.</summary>
    public Tensor? Statistic { get; init; }
}

/// <summary>A tensor that a merge makes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; inputs that are larger are cropped to it.</param>
/// <param name="Type">The type that it is stored in.</param>
/// <param name="Method">How it is made; null where <paramref name="Inputs"/> is one tensor whose elements are copied, in the type that it is stored in: byte by byte where it has that already.</param>
/// <param name="Base">The tensor of the base; null where there is none.</param>
/// <param name="Inputs">The tensors of the models that the recipe lists, in its order.</param>
/// <param name="Parameters">The parameters of the tensor.</param>
internal sealed record PlannedTensor(
    string Name, IReadOnlyList<long> Shape, DType Type, MergeMethod? Method, PlannedInput? Base, IReadOnlyList<PlannedInput> Inputs, TensorParameters Parameters)
{
    /// <summary>What a user should know of it, such as that it is cropped; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Its elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));
}
