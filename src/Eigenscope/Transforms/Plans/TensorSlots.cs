using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>A tensor of the merged model before it is known what it is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reference">The tensor of the reference that it is like.</param>
/// <param name="Block">The name of that tensor with its block; null outside the blocks.</param>
/// <param name="Role">What it does in the network.</param>
/// <param name="Slice">The slice that it belongs to.</param>
/// <param name="Offset">The place of its block in the slice; null where blocks keep their numbers.</param>
/// <param name="Depth">Where gradients are evaluated: 0 for the first block of its slice, 1 for the last.</param>
internal sealed record TensorSlot(string Name, Tensor Reference, BlockName? Block, Role Role, RecipeSlice Slice, int? Offset, double Depth)
{
    /// <summary>The name of what goes in from a model whose slice begins with a block.</summary>
    public string NameIn(int firstBlock) => Block is { } block && Offset is { } offset ? block.With(firstBlock + offset) : Reference.Name;
}

/// <summary>The tensors of the merged model: those of the reference, with their blocks as the slices order them.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class TensorSlots(Recipe recipe, PlanProblems problems)
{
    /// <summary>The tensors where nothing is renumbered. A block of n has the depth of its place among those of its stack.</summary>
    public List<TensorSlot> Whole(SourceModel reference, RecipeSlice slice)
    {
        var tensors = new List<TensorSlot>();
        foreach (var tensor in reference.Model.Tensors)
        {
            var (block, role) = (reference.BlockOf(tensor), reference.RoleOf(tensor));
            tensors.Add(new TensorSlot(tensor.Name, tensor, block, role, slice, null, block is null ? Outside(tensor, role) : Depth(block.Number, reference.Stacks[block.Stack])));
        }

        return tensors;
    }

    /// <summary>The tensors of slices one after another: what is before the blocks is of the first slice, what is behind them of the last.</summary>
    /// <param name="references">The reference of every slice.</param>
    /// <param name="blocks">The number of blocks that there are.</param>
    public List<TensorSlot> Stacked(IReadOnlyList<SourceModel> references, out int blocks)
    {
        blocks = 0;
        var tensors = new List<TensorSlot>();
        if (references.FirstOrDefault(reference => reference.Stacks.Count != 1) is { } unclear)
        {
            problems.Add("stacks", unclear.Stacks.Count == 0
                ? $"{unclear.Name}: no tensor's name has the number of a block, so it cannot be cut into slices"
                : $"{unclear.Name}: it has several stacks of blocks ({string.Join(", ", unclear.Stacks.Keys)}), and slices do not tell which is meant");
            return tensors;
        }

        if (references.FirstOrDefault(reference => reference.Stacks.Keys.Single() != references[0].Stacks.Keys.Single()) is { } other)
        {
            problems.Add("stacks", $"the blocks of {other.Name} are named '{other.Stacks.Keys.Single()}N', and those of {references[0].Name} '{references[0].Stacks.Keys.Single()}N'; slices of one naming make one model");
            return tensors;
        }

        AddOutside(tensors, references[0], recipe.Slices[0], isBefore: true);
        for (var i = 0; i < references.Count; i++)
        {
            AddBlocks(tensors, references[i], recipe.Slices[i], ref blocks);
        }

        AddOutside(tensors, references[^1], recipe.Slices[^1], isBefore: false);
        return tensors;
    }

    private void AddOutside(List<TensorSlot> tensors, SourceModel reference, RecipeSlice slice, bool isBefore)
    {
        foreach (var tensor in reference.Model.Tensors.Where(tensor => reference.BlockOf(tensor) is null))
        {
            var role = reference.RoleOf(tensor);
            if (IsBefore(tensor, role) == isBefore)
            {
                tensors.Add(new TensorSlot(tensor.Name, tensor, null, role, slice, 0, Outside(tensor, role)));
            }
        }
    }

    private static void AddBlocks(List<TensorSlot> tensors, SourceModel reference, RecipeSlice slice, ref int blocks)
    {
        var (first, end) = RangeOf(slice, reference);
        var byBlock = reference.Model.Tensors.Where(tensor => reference.BlockOf(tensor) is not null).ToLookup(tensor => reference.BlockOf(tensor)!.Number);
        for (var offset = 0; offset < end - first; offset++, blocks++)
        {
            foreach (var tensor in byBlock[first + offset])
            {
                var block = reference.BlockOf(tensor)!;
                tensors.Add(new TensorSlot(block.With(blocks), tensor, block, reference.RoleOf(tensor), slice, offset, Depth(offset, end - first)));
            }
        }
    }

    /// <summary>The blocks of a slice as its reference numbers them: its own where the slice lists it, else those of the first source.</summary>
    internal static (int First, int End) RangeOf(RecipeSlice slice, SourceModel reference) =>
        (slice.Sources.FirstOrDefault(source => source.Model.ToString() == reference.Name) ?? slice.Sources[0]).Blocks ?? (0, reference.Stacks.Values.DefaultIfEmpty(0).Max());

    private static double Depth(int place, int count) => count == 1 ? 1 : (double)place / (count - 1);

    private double Outside(Tensor tensor, Role role) => recipe.IsMergekitCompatible || IsBefore(tensor, role) ? 0 : 1;

    /// <summary>True for embeddings and what belongs to them.</summary>
    private static bool IsBefore(Tensor tensor, Role role) =>
        role is Role.Embedding or Role.PositionEmbedding || (role != Role.Unembedding && Array.Exists(new TensorPath(tensor.Name).Segments, segment => segment.Contains("embed", StringComparison.Ordinal) || segment is "emb_ln"));
}
