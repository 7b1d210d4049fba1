using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>A tensor that was found in a model.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="TiedTo">What it is in the model where it stands in for one that is not stored; null where it is the one that was asked for.</param>
internal readonly record struct FoundTensor(Tensor Tensor, string? TiedTo);

/// <summary>A model of a recipe, open: its tensors by name, its blocks, and what an adapter adds to it.</summary>
internal sealed class SourceModel
{
    private static readonly string[] Prefixes = ["model.", "transformer.", "module.", "base_model.model."];

    private readonly Dictionary<string, Tensor> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BlockName?> blockNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> stacks = new(StringComparer.Ordinal);
    private readonly Lazy<Tensor?> embedding;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <param name="name">The model as the recipe names it.</param>
    /// <param name="place">Its place among the models of the plan; that of the adapter where it has one.</param>
    /// <param name="model">The model itself, below the adapter.</param>
    /// <param name="adapter">The adapter; null for none.</param>
    public SourceModel(string name, int place, Model model, Model? adapter = null)
    {
        (Name, Place, Model) = (name, place, model);
        foreach (var tensor in model.Tensors)
        {
            byName.TryAdd(tensor.Name, tensor);
            var block = blockNames[tensor.Name] = BlockName.Of(tensor.Name);
            if (block is not null)
            {
                stacks[block.Stack] = Math.Max(stacks.GetValueOrDefault(block.Stack), block.Number + 1);
            }
        }

        Config = NetworkConfig.Of(model);
        embedding = new(() => model.Tensors.Where(tensor => tensor.Shape.Count == 2 && RoleOf(tensor) is Role.Embedding or Role.Unembedding).MaxBy(tensor => tensor.Shape[0]));
        Adapter = adapter is null ? null : new AdapterChanges(adapter, model);
    }

    /// <summary>The model as the recipe names it.</summary>
    public string Name { get; }

    /// <summary>Its place among the models of the plan.</summary>
    public int Place { get; }

    /// <summary>The model itself, below the adapter.</summary>
    public Model Model { get; }

    /// <summary>What its config.json says.</summary>
    public NetworkConfig Config { get; }

    /// <summary>What an adapter adds; null for none.</summary>
    public AdapterChanges? Adapter { get; }

    /// <summary>The number of blocks of every stack, by what stands before the number.</summary>
    public IReadOnlyDictionary<string, int> Stacks => stacks;

    /// <summary>The prefix that its names have more or less than those that were asked for; null where they are the same.</summary>
    public string? PrefixDifference { get; private set; }

    /// <summary>The tensors that nobody has asked for.</summary>
    public IEnumerable<Tensor> Unasked => Model.Tensors.Where(tensor => !asked.Contains(tensor.Name));

    /// <summary>True where it has a tensor of exactly this name.</summary>
    public bool Has(string name) => byName.ContainsKey(name);

    /// <summary>The block of one of its tensors; null for those outside.</summary>
    public BlockName? BlockOf(Tensor tensor) => blockNames[tensor.Name];

    /// <summary>What a tensor does in the network.</summary>
    public Role RoleOf(Tensor tensor) => TensorNaming.Describe(tensor, Model.Architecture).Role;

    /// <summary>The tensor of a name; an embedding or unembedding that is not stored is the other one, unless the configuration says that they differ. Null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">What it does in the network.</param>
    public FoundTensor? Find(string name, Role role)
    {
        if (Named(name) is { } tensor)
        {
            asked.Add(tensor.Name);
            return new FoundTensor(tensor, null);
        }

        return role is Role.Embedding or Role.Unembedding && Config.IsTied != false && embedding.Value is { } twin ? new FoundTensor(twin, twin.Name) : null;
    }

    private Tensor? Named(string name)
    {
        if (byName.TryGetValue(name, out var exact))
        {
            return exact;
        }

        foreach (var prefix in Prefixes)
        {
            var shorter = name.StartsWith(prefix, StringComparison.Ordinal) ? byName.GetValueOrDefault(name[prefix.Length..]) : null;
            if ((byName.GetValueOrDefault(prefix + name) ?? shorter) is { } found)
            {
                PrefixDifference = prefix;
                return found;
            }
        }

        return null;
    }
}
