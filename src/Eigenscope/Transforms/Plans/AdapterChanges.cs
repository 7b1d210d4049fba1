using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>What an adapter adds to a tensor.</summary>
/// <param name="Product">s B A.</param>
/// <param name="IsTransposed">True where the tensor stores inputs by outputs, so that the product is added transposed.</param>
internal sealed record AdapterChange(LowRankProduct Product, bool IsTransposed);

/// <summary>The tensors of a model that an adapter changes: by a product of factors, or by taking their place.</summary>
internal sealed class AdapterChanges
{
    private static readonly string[] Wrappers = ["base_model.model.", "base_model."];
    private static readonly string[] Joints = [".lora_BA", ".lora_embedding_BA", ".lora_ba", ".lora_up·down", ".lora.up·down", ":up·down"];
    private static readonly string[] Prefixes = ["transformer.", "model.", "module."];
    private const string Saved = ".modules_to_save";

    private readonly Dictionary<string, AdapterChange> changes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> replaced = new(StringComparer.Ordinal);
    private readonly List<string> unplaced = [];
    private readonly List<string> misfits = [];

    /// <param name="adapter">The adapter.</param>
    /// <param name="model">The model that it is on top of.</param>
    public AdapterChanges(Model adapter, Model model)
    {
        var targets = Targets(model);
        var pairs = new Adapters(adapter);
        foreach (var tensor in adapter.Tensors)
        {
            if (pairs.Of(tensor) is not { } part)
            {
                Replace(tensor, targets);
            }
            else if (part.Product is { } product)
            {
                Add(part.Name, product, targets, model.Architecture);
            }
        }
    }

    /// <summary>The tensors of the adapter that belong to no tensor of the model.</summary>
    public IReadOnlyList<string> Unplaced => unplaced;

    /// <summary>Products that have another shape than their tensor, each with both shapes.</summary>
    public IReadOnlyList<string> Misfits => misfits;

    /// <summary>True for a model that is an adapter: it says so, or holds pairs of factors and nothing else.</summary>
    public static bool IsAdapter(Model model)
    {
        var pairs = new Adapters(model);
        return model.Adapter is not null || (model.Tensors.Count > 0 && model.Tensors.All(tensor => pairs.Of(tensor) is not null || IsAlpha(tensor)));
    }

    /// <summary>What is added to a tensor of the model; null for nothing.</summary>
    public AdapterChange? Of(Tensor tensor) => changes.GetValueOrDefault(tensor.Name);

    /// <summary>The tensor that takes the place of one of the model; that one itself where none does.</summary>
    public Tensor InPlaceOf(Tensor tensor) => replaced.GetValueOrDefault(tensor.Name, tensor);

    private void Add(string name, LowRankProduct product, Dictionary<string, Tensor> targets, string? architecture)
    {
        var module = Unwrapped(Module(name));
        if (Found(targets, module) is not { } target)
        {
            unplaced.Add(name);
            return;
        }

        var (rows, columns) = (target.Shape.Count == 0 ? 1 : target.Shape[0], target.Shape.Count < 2 ? 1 : target.Count / Math.Max(1, target.Shape[0]));
        var (fits, fitsTransposed) = (rows == product.Outputs && columns == product.Inputs, target.Shape.Count == 2 && rows == product.Inputs && columns == product.Outputs);
        if (fits || fitsTransposed)
        {
            var isTransposed = fitsTransposed && (!fits || TensorNaming.Describe(target, architecture).Orientation == Orientation.InOut);
            changes[target.Name] = new AdapterChange(product, isTransposed);
            return;
        }

        misfits.Add($"its change of '{target.Name}' is {product.Outputs}x{product.Inputs}, and the tensor is {target.ShapeText}");
    }

    private void Replace(Tensor tensor, Dictionary<string, Tensor> targets)
    {
        if (IsAlpha(tensor))
        {
            return;
        }

        var name = Unwrapped(tensor.Name);
        var saved = name.IndexOf(Saved, StringComparison.Ordinal);
        var whole = saved < 0 ? name : name[..saved] + name[name.LastIndexOf('.')..];
        if (Found(targets, whole) is { } target && target.Shape.SequenceEqual(tensor.Shape))
        {
            replaced[target.Name] = tensor;
        }
        else
        {
            unplaced.Add(tensor.Name);
        }
    }

    /// <summary>The tensor of a name; an adapter names the modules of a class, and the weights may be those of its inner model, without its prefix, or the other way round.</summary>
    private static Tensor? Found(Dictionary<string, Tensor> targets, string name) =>
        targets.GetValueOrDefault(name)
        ?? Prefixes.Select(prefix => (name.StartsWith(prefix, StringComparison.Ordinal) ? targets.GetValueOrDefault(name[prefix.Length..]) : null) ?? targets.GetValueOrDefault(prefix + name)).FirstOrDefault(found => found is not null);

    /// <summary>The module of a product, such as <c>layers.0.q_proj</c> of <c>layers.0.q_proj.lora_BA.default.weight</c>.</summary>
    private static string Module(string name) =>
        Joints.Select(joint => name.LastIndexOf(joint, StringComparison.Ordinal)).Max() is > 0 and var at ? name[..at] : name;

    private static string Unwrapped(string name) => Array.Find(Wrappers, wrapper => name.StartsWith(wrapper, StringComparison.Ordinal)) is { } found ? name[found.Length..] : TensorPath.Unprefixed(name);

    /// <summary>The tensors of a model by their names, their modules, and their modules as one segment.</summary>
    private static Dictionary<string, Tensor> Targets(Model model)
    {
        var targets = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var tensor in model.Tensors)
        {
            targets.TryAdd(tensor.Name, tensor);
        }

        foreach (var tensor in model.Tensors.Where(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal)))
        {
            var module = tensor.Name[..^".weight".Length];
            targets.TryAdd(module, tensor);
            targets.TryAdd(module.Replace('.', '_'), tensor);
        }

        return targets;
    }

    private static bool IsAlpha(Tensor tensor) => tensor.Count == 1 && tensor.Name.EndsWith(".alpha", StringComparison.Ordinal);
}
