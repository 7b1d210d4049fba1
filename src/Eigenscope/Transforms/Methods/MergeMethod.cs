namespace Eigenscope.Transforms;

/// <summary>Whether a method works on changes from a base.</summary>
internal enum BaseUse
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>There may be one.</summary>
    Optional,

    /// <summary>There must be one.</summary>
    Required,
}

/// <summary>A way to make one tensor of several.</summary>
internal abstract class MergeMethod
{
    /// <summary>The name of <c>variant</c>, which says whose definition is meant where they differ.</summary>
    public const string Variant = "variant";

    /// <summary>Its name, as recipes spell it.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, in a clause.</summary>
    public abstract string Meaning { get; }

    /// <summary>Every parameter that it has.</summary>
    public abstract IReadOnlyList<ParameterDefinition> Parameters { get; }

    /// <summary>Whether it works on changes from a base.</summary>
    public virtual BaseUse Base => BaseUse.Required;

    /// <summary>The fewest models beside the base.</summary>
    public virtual int LeastModels => 1;

    /// <summary>The most models beside the base.</summary>
    public virtual int MostModels => int.MaxValue;

    /// <summary>The bytes that it holds beside the blocks while it works on a tensor.</summary>
    /// <param name="shape">The shape of the tensor.</param>
    /// <param name="models">The models beside the base.</param>
    /// <param name="parameters">The parameters of the tensor.</param>
    public virtual long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters) => 0;

    /// <summary>Looks at all tensors before the first is merged, where a definition is one of the whole model; null for most.</summary>
    /// <param name="tasks">Every tensor that this method merges.</param>
    public virtual object? Survey(IReadOnlyList<MergeTask> tasks) => null;

    /// <summary>Learns of a tensor what must be known of the whole.</summary>
    public abstract ITensorMerge Begin(MergeTask task);
}
