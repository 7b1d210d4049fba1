namespace Eigenscope.Transforms;

/// <summary>The tensors that a method combines, as vectors x_0, x_1, ...</summary>
/// <param name="Places">Where they are among <see cref="MergeTask.Inputs"/>; <see cref="Base"/> is the base.</param>
/// <param name="AreChanges">True where a vector is the change of a model from the base instead of the model.</param>
internal sealed record MergeVectors(IReadOnlyList<int> Places, bool AreChanges)
{
    /// <summary>The place of the base.</summary>
    public const int Base = -1;

    /// <summary>Every model that a recipe lists, the base too where it does.</summary>
    public static MergeVectors All(MergeTask task) => new([.. Enumerable.Range(0, task.Inputs.Count)], false);

    /// <summary>The changes of all models but the base.</summary>
    public static MergeVectors Changes(MergeTask task) => new(task.Tasks, true);

    /// <summary>Changes from the base where there is one, else the models.</summary>
    public static MergeVectors ChangesWherePossible(MergeTask task) => task.Base is null ? All(task) : Changes(task);

    /// <summary>The number of vectors.</summary>
    public int Count => Places.Count;

    /// <summary>The elements of a vector in a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="vector">Which of the vectors.</param>
    /// <param name="room">Room for as many numbers as the block has.</param>
    public ReadOnlySpan<double> Read(MergeBlock block, int vector, Span<double> room)
    {
        var elements = Places[vector] == Base ? block.Base : block.Model(Places[vector]);
        if (!AreChanges)
        {
            return elements;
        }

        BlockOperations.Subtract(elements, block.Base, room);
        return room;
    }
}
