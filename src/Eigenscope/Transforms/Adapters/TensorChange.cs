using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>How a change of a tensor goes into an adapter.</summary>
internal enum AdapterPart
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>As two factors.</summary>
    Factors,

    /// <summary>As the bias of the second factor.</summary>
    Bias,

    /// <summary>The tensor itself, as part of a module that is saved whole.</summary>
    Whole,
}

/// <summary>A tensor of a model beside the same of its base.</summary>
/// <param name="Layer">Its row in the table of the model.</param>
/// <param name="Base">The tensor of the base; null where there is none of the same name and shape.</param>
/// <param name="Norm">The squared norm of the change; of the tensor where there is no base.</param>
internal sealed record TensorChange(WeightMatrix Layer, Tensor? Base, double Norm)
{
    private const char Separator = '.';

    /// <summary>How it goes into the adapter.</summary>
    public AdapterPart Part { get; init; }

    /// <summary>Why it is as it is; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>True where it could not be worked on.</summary>
    public bool IsFailed { get; init; }

    /// <summary>The rank of the factors; 0 for other parts.</summary>
    public int Rank { get; init; }

    /// <summary>How many singular values the change has; 0 where they were not computed.</summary>
    public int FullRank { get; init; }

    /// <summary>Its name.</summary>
    public string Name => Layer.Tensor.Name;

    /// <summary>The name of the module that it is a parameter of.</summary>
    public string Module => Name.LastIndexOf(Separator) is > 0 and var at ? Name[..at] : Name;

    /// <summary>The last part of its name.</summary>
    public string Parameter => Name[(Name.LastIndexOf(Separator) + 1)..];

    /// <summary>True for a table of vectors.</summary>
    public bool IsEmbedding => Layer.Role is Role.Embedding or Role.PositionEmbedding && Layer.Tensor.Shape.Count == 2;

    /// <summary>The change as a matrix with rows along the first axis of the tensor.</summary>
    public RowMajor Matrix()
    {
        var slice = TensorSlice.Whole(Layer)!;
        var change = slice.Take(StoredTensors.Values(Layer.Tensor));
        SpanSums.AddScaled(-1, StoredTensors.Values(Base!), change.Elements);
        return change;
    }

    /// <summary>True where the first axis counts outputs, false where it counts inputs; null where nothing tells.</summary>
    public bool? OutputsComeFirst => Layer.OutputsAreRows is { } rows ? rows == TensorSlice.Of(Layer)[0].IsWhole : null;
}
