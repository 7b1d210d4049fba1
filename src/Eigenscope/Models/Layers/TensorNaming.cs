namespace Eigenscope.Models.Layers;

/// <summary>Tells from a tensor's name and shape what it is. Nothing of its contents is read.</summary>
public static class TensorNaming
{
    private static readonly HashSet<Role> AttentionRoles =
        [Role.AttentionQuery, Role.AttentionKey, Role.AttentionValue, Role.AttentionOutput, Role.AttentionQkv];

    private static readonly HashSet<string> ConvolutionParameters = ["weight", "kernel", "weights", "w", "weight_v", "original1"];

    /// <summary>What a tensor is; <c>Reason</c> is set where its name alone tells that it is no weight matrix.</summary>
    private readonly record struct Class(Role Role, string Kind, string? Reason = null);

    /// <summary>Describes a tensor of a model file.</summary>
    public static TensorDescription Describe(Tensor tensor, string? architecture = null) => Describe(tensor, new ModelContext(architecture));

    /// <summary>
    /// Describes a tensor by its name, shape and type. Any name is accepted; prefixes of wrapping modules make no difference.
    /// </summary>
    /// <param name="name">The full name, segments parted by '.', '/' or ':'.</param>
    /// <param name="shape">The length of each axis as stored.</param>
    /// <param name="type">The element type; null where it is not known, which counts as real numbers.</param>
    /// <param name="architecture">
    /// The architecture or model_type of config.json, such as <c>GPT2LMHeadModel</c>; it settles the orientation of names that several
    /// models share.
    /// </param>
    public static TensorDescription Describe(string name, IReadOnlyList<long> shape, DType? type = null, string? architecture = null) =>
        Describe(new TensorPath(name), name, shape, type, null, new ModelContext(architecture));

    /// <summary>Describes a tensor of a model.</summary>
    internal static TensorDescription Describe(Tensor tensor, ModelContext context) =>
        Describe(new TensorPath(tensor.Name), tensor.Name, tensor.Shape, tensor.Type, tensor.Use, context);

    private static TensorDescription Describe(TensorPath path, string name, IReadOnlyList<long> shape, DType? type, TensorUse? use, ModelContext context)
    {
        var block = BlockNumber.Of(path);
        var (role, kind, byName) = Classify(path, block, shape, use);
        var reason = byName ?? TypeReason(type) ?? ShapeReason(shape);
        var convolution = IsConvolution(kind) ? ConvolutionAxes.Of(path, use, shape, context) : null;
        var orientation = WeightOrientation.Of(path, kind, role, shape, context.Traits.Architecture);
        var whole = new TensorDescription(role, block.Number, kind, OrientationOf(convolution, use, orientation), reason, []) { Convolution = convolution, FixedTransform = FixedTransformNames.Of(path) };
        return whole with { Parts = FusedParts.Of(path, name, shape, use, whole, context) };
    }

    /// <summary>A kernel whose parameter's name does not tell is laid out as torch's, but not said to be.</summary>
    private static Orientation OrientationOf(ConvolutionAxes? convolution, TensorUse? use, Orientation named) =>
        convolution is null ? use?.Orientation ?? named
        : use is null && named == Orientation.Unknown && !convolution.IsTransposed ? Orientation.Unknown
        : convolution.Orientation;

    private static bool IsConvolution(string kind) => kind is LayerKind.Conv1d or LayerKind.Conv2d or LayerKind.Conv3d;

    private static Class Classify(TensorPath path, BlockNumber block, IReadOnlyList<long> shape, TensorUse? use)
    {
        var role = RoleTable.Find(path, block, shape);
        if (SkippedTensors.Find(path, shape) is { } skip)
        {
            return new(skip.Role ?? role ?? Role.Other, skip.Kind, skip.Reason);
        }

        if (role != Role.PositionEmbedding && NamedModules.IsBias(path))
        {
            return new(Role.Bias, LayerKind.Bias, "a bias");
        }

        return role is null && NamedModules.IsNorm(path, shape)
            ? new(Role.Norm, LayerKind.Norm, "a normalisation weight")
            : ByShape(path, role, shape, use);
    }

    private static Class ByShape(TensorPath path, Role? role, IReadOnlyList<long> shape, TensorUse? use)
    {
        var kind = shape.Count(size => size != 1) switch
        {
            0 => LayerKind.Scalar,
            1 => LayerKind.Vector,
            _ => KindByUse(use, shape.Count) ?? MatrixKind(path, role, shape.Count),
        };
        return new(RoleOf(kind, role), kind);
    }

    private static string? KindByUse(TensorUse? use, int rank) => (use?.Operation, rank) switch
    {
        (WeightOperation.Convolution or WeightOperation.TransposedConvolution or WeightOperation.DepthwiseConvolution, 3) => LayerKind.Conv1d,
        (WeightOperation.Lstm or WeightOperation.Gru or WeightOperation.Rnn, 2 or 3) => LayerKind.Recurrent,
        (WeightOperation.Lookup, 2) => LayerKind.Embedding,
        _ => null,
    };

    private static string MatrixKind(TensorPath path, Role? role, int rank) => rank switch
    {
        _ when IsEmbedding(path, role, rank) => LayerKind.Embedding,
        <= 3 when role is null && NamedModules.IsRecurrent(path) => LayerKind.Recurrent,
        2 => LayerKind.Dense,
        3 => KindOfThreeAxes(path, role),
        4 => LayerKind.Conv2d,
        5 => LayerKind.Conv3d,
        _ => LayerKind.Other,
    };

    private static bool IsEmbedding(TensorPath path, Role? role, int rank) => role switch
    {
        Role.PositionEmbedding => true,
        Role.Embedding => rank == 2,
        null => rank == 2 && (path.Leaf is "embedding" or "embeddings" || (path.IsKeras1 && path.ModuleName.StartsWith("embedding_", StringComparison.Ordinal))),
        _ => false,
    };

    /// <summary>A stack [E, x, y]; a Flax attention kernel [width, heads, head width], which is a matrix; a convolution.</summary>
    private static string KindOfThreeAxes(TensorPath path, Role? role) =>
        NamedModules.IsStack(path) ? LayerKind.Experts
        : path.Leaf is "kernel" or "w" && role is { } known && AttentionRoles.Contains(known) ? LayerKind.Dense
        : ConvolutionParameters.Contains(path.Leaf) || NamedModules.IsConvolution(path) ? LayerKind.Conv1d
        : LayerKind.Other;

    private static Role RoleOf(string kind, Role? role) => kind switch
    {
        LayerKind.Recurrent => Role.Recurrent,
        LayerKind.Embedding => role ?? Role.Embedding,
        LayerKind.Conv1d or LayerKind.Conv2d or LayerKind.Conv3d when role is null or Role.Embedding => Role.Convolution,
        _ => role ?? Role.Other,
    };

    private static string? TypeReason(DType? type) => type switch
    {
        null => null,
        DType.F8E8M0 => SkippedTensors.QuantisationScales,
        DType.Bool => "booleans, not weights",
        DType.Complex64 or DType.Complex128 => "complex numbers are not analysed",
        { } other when !other.IsReal() => $"integers ({other.Name()}), not weights",
        _ => null,
    };

    private static string? ShapeReason(IReadOnlyList<long> shape) =>
        shape.Contains(0) ? "empty: an axis has length 0"
        : shape.Count(size => size != 1) switch
        {
            0 => "a scalar",
            1 => "a vector: no spectrum",
            _ => null,
        };
}
