namespace Eigenscope.Models.Layers;

/// <summary>What a model's files and its other tensors tell about each of its tensors.</summary>
internal sealed class ModelContext
{
    private readonly Dictionary<string, Tensor> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> singleInputKernels = [];

    /// <summary>A model of which nothing is known but its architecture.</summary>
    public ModelContext(string? architecture) => Traits = new(architecture);

    /// <param name="model">The model.</param>
    /// <param name="options">How its tensors become matrices.</param>
    public ModelContext(Model model, WeightTableOptions options)
    {
        SplitHeads = options.SplitHeads;
        Traits = options.Heads is { } heads ? model.Traits with { Heads = heads, VisionHeads = null } : model.Traits;
        foreach (var tensor in model.Tensors)
        {
            byName.TryAdd(tensor.Name, tensor);
            if (IsSingleInput(tensor.Shape))
            {
                singleInputKernels[tensor.Shape.Count] = singleInputKernels.GetValueOrDefault(tensor.Shape.Count) + 1;
            }
        }
    }

    /// <summary>What the files say of the network.</summary>
    public ModelTraits Traits { get; }

    /// <summary>True where the parts of attention include its heads.</summary>
    public bool SplitHeads { get; }

    /// <summary>The shape of another tensor; null where there is none of that name.</summary>
    public IReadOnlyList<long>? ShapeOf(string name) => byName.GetValueOrDefault(name)?.Shape;

    /// <summary>The heads of the attention that a tensor belongs to.</summary>
    public AttentionHeads? HeadsOf(TensorPath path) =>
        Traits.VisionHeads is { } vision && Array.Exists(path.Segments, segment => segment.StartsWith("vision", StringComparison.Ordinal) || segment.StartsWith("visual", StringComparison.Ordinal)) ? vision : Traits.Heads;

    /// <summary>
    /// True for a kernel [channels, 1, window...] in a model that has several such: one filter a channel. A model may have one convolution with a single input
    /// channel, its first; a depthwise one seldom comes alone.
    /// </summary>
    public bool IsDepthwise(IReadOnlyList<long> shape) => IsSingleInput(shape) && singleInputKernels.GetValueOrDefault(shape.Count) > 1;

    private static bool IsSingleInput(IReadOnlyList<long> shape) => shape.Count is 3 or 4 or 5 && shape[0] > 1 && shape[1] == 1 && shape.Skip(2).Any(size => size > 1);
}
