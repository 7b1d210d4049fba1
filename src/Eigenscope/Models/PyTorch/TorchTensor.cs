namespace Eigenscope.Models.PyTorch;

/// <summary>A tensor that is recognised and not read, such as a sparse or quantised one.</summary>
/// <param name="Kind">What it is, by the name that PyTorch has for it.</param>
internal sealed record RefusedTensor(string Kind);

/// <summary>
/// A strided view of a storage: element (i, j, ...) is element <c>Offset + i * Stride[0] + j * Stride[1] + ...</c> of the storage.
/// Source: <c>torch._utils._rebuild_tensor_v2</c> and <c>_v3</c>.
/// </summary>
/// <param name="Storage">Where the elements lie.</param>
/// <param name="Type">The element type.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Strides">The step of each axis, in elements.</param>
internal sealed record TorchTensor(TorchStorage Storage, DType Type, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides)
{
    private const int DTypeArgument = 6;

    /// <summary>A tensor from the arguments of its rebuilder: storage, offset, shape, strides, requires_grad, hooks, then dtype (v3), then metadata.</summary>
    /// <returns>A <see cref="TorchTensor"/>, or a <see cref="RefusedTensor"/> where its values are not those that are stored.</returns>
    public static object Rebuild(string rebuilder, object?[] arguments, PickleCursor cursor)
    {
        if (arguments is not [var storage, long offset, var shape, var strides, ..])
        {
            throw cursor.Bad(ModelFault.BadHeader, $"{rebuilder} needs a storage, an offset, a shape and strides");
        }

        var isV3 = rebuilder.EndsWith("_v3", StringComparison.Ordinal);
        if (IsConjugatedOrNegated(arguments, isV3 ? DTypeArgument + 1 : DTypeArgument))
        {
            return new RefusedTensor("a conjugate or negative view");
        }

        return storage switch
        {
            RefusedTensor refused => refused,
            TorchStorage plain when isV3 => OfType(plain, arguments, offset, shape, strides, cursor),
            TorchStorage plain => new TorchTensor(plain, plain.Type, offset, Sizes(shape, cursor), Sizes(strides, cursor)).Checked(cursor),
            _ => throw cursor.Bad(ModelFault.BadHeader, $"{rebuilder} is given something that is no storage"),
        };
    }

    private static object OfType(TorchStorage storage, object?[] arguments, long offset, object? shape, object? strides, PickleCursor cursor)
    {
        var name = arguments.Length > DTypeArgument && arguments[DTypeArgument] is PickleGlobal { Module: "torch" } global ? global.Name : "unknown";
        return ScalarTypeNames.Find(name) is { } type
            ? new TorchTensor(storage, type, offset, Sizes(shape, cursor), Sizes(strides, cursor)).Checked(cursor)
            : new RefusedTensor($"dtype torch.{name}");
    }

    private static bool IsConjugatedOrNegated(object?[] arguments, int metadata) =>
        arguments.Length > metadata && arguments[metadata] is PickleDict bits && (bits.Find("conj") is true || bits.Find("neg") is true);

    private static long[] Sizes(object? value, PickleCursor cursor)
    {
        var items = value as IReadOnlyList<object?> ?? (value as PickleList)?.Items;
        return items is not null && items.Count <= Tensor.MaxRank && items.All(item => item is long and >= 0)
            ? [.. items.Cast<long>()]
            : throw cursor.Bad(ModelFault.BadHeader, $"a shape or its strides are no tuple of at most {Tensor.MaxRank} numbers from 0");
    }

    private TorchTensor Checked(PickleCursor cursor)
    {
        if (Shape.Count != Strides.Count)
        {
            throw cursor.Bad(ModelFault.Inconsistent, $"a tensor has {Shape.Count} axes and {Strides.Count} strides");
        }

        if (Offset < 0 || Offset > Storage.Bytes / (Type.Bits() / 8))
        {
            throw cursor.Bad(ModelFault.Inconsistent, $"a tensor starts at element {Offset} of a storage of {Storage.Bytes} bytes");
        }

        return this;
    }
}
