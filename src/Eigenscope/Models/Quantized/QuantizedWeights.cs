using Eigenscope.Models.Layers;

namespace Eigenscope.Models.Quantized;

/// <summary>
/// Finds the tensors of a model that are quantised by several tensors together, by name and type, and gives their values in place of the packed ones: 8-bit floats with
/// scales, bitsandbytes' 8-bit rows and 4-bit codes, GPTQ and AWQ, ONNX Runtime's integers. The tensors beside them stay as they are.
/// </summary>
internal sealed class QuantizedWeights
{
    private const string Weight = ".weight";
    private const string Blocks = "_blocks";
    private const string PackedWeight = ".qweight";
    private const string Integers = "_quantized";
    private static readonly string[] CodeTypes = ["nf4", "fp4"];

    private readonly Dictionary<string, Tensor> byName = new(StringComparer.Ordinal);
    private readonly int zeroOffset;

    private QuantizedWeights(IEnumerable<Tensor> tensors, string? checkpointFormat)
    {
        foreach (var tensor in tensors)
        {
            byName.TryAdd(tensor.Name, tensor);
        }

        zeroOffset = checkpointFormat == "gptq_v2" ? 0 : 1;
    }

    /// <summary>The tensors with the values of those that are quantised.</summary>
    /// <param name="tensors">All tensors of a model.</param>
    /// <param name="checkpointFormat">What config.json says of GPTQ's format; null where it says nothing.</param>
    public static IReadOnlyList<Tensor> Of(IReadOnlyList<Tensor> tensors, string? checkpointFormat)
    {
        var model = new QuantizedWeights(tensors, checkpointFormat);
        return [.. tensors.Select(model.Decoded)];
    }

    private Tensor Decoded(Tensor tensor) => tensor.Quantization is not null ? tensor : tensor.Type switch
    {
        DType.F8E4M3 or DType.F8E5M2 or DType.F8E4M3Fnuz or DType.F8E5M2Fnuz => Scaled(tensor, FloatScales(tensor.Name), 1),
        DType.I8 or DType.U8 when tensor.Name.EndsWith(Integers, StringComparison.Ordinal) => Shifted(tensor),
        DType.I8 when Find(Stem(tensor, Weight) + ".SCB") is { } maxima => Scaled(tensor, maxima, ScaledElements.OfRowMaximum),
        DType.I8 => Scaled(tensor, FloatScales(tensor.Name), 1),
        DType.U8 when tensor.Name.EndsWith(Blocks, StringComparison.Ordinal) => Microscaled(tensor),
        DType.U8 when Find(tensor.Name + "_scale_2") is { } tensorScale => DoublyScaled(tensor, tensorScale),
        DType.U8 => FourBit(tensor),
        DType.I32 when tensor.Name.EndsWith(PackedWeight, StringComparison.Ordinal) => Grouped(tensor),
        _ => tensor,
    };

    private Tensor? Find(string name) => byName.GetValueOrDefault(name);

    private static string Stem(Tensor tensor, string ending) => tensor.Name.EndsWith(ending, StringComparison.Ordinal) ? tensor.Name[..^ending.Length] : tensor.Name;

    private Tensor? FloatScales(string name) =>
        Find(name + "_scale_inv") ?? Find(name + "_scale") ?? (name.EndsWith(Weight, StringComparison.Ordinal) ? Find(name[..^Weight.Length] + ".scale_weight") : null);

    private static Tensor Scaled(Tensor packed, Tensor? scales, float unit)
    {
        if (scales is null || packed.Shape.Count < 2 || packed.Count == 0)
        {
            return packed;
        }

        return IsDense(packed) && Companions.HoldsScales(scales) && ScaleGrid.Of(packed.Shape, scales.Shape) is { } grid
            ? new Tensor(packed.Name, DType.F32, packed.Shape, packed.Bytes, packed.Offset, new ScaledElements(packed, scales, grid, unit))
            : Refused(packed, packed.Name, packed.Type.Name(), $"its scales '{scales.Name}' ({scales.TypeName} {scales.ShapeText}) do not fit {packed.ShapeText}");
    }

    /// <summary>ONNX Runtime's quantiser replaces a weight X by X_quantized, X_scale and X_zero_point, and its channels are outputs.</summary>
    private Tensor Shifted(Tensor packed)
    {
        var stem = packed.Name[..^Integers.Length];
        if (Find(stem + "_scale") is not { } scales || Find(stem + "_zero_point") is not { } zeros || packed.Shape.Count < 2 || packed.Count == 0)
        {
            return packed;
        }

        var name = Find(stem) is null ? stem : packed.Name;
        return zeros.Type == packed.Type && zeros.Count == scales.Count && IsDense(packed) && IsDense(zeros) && Companions.HoldsScales(scales)
            && ShiftedIntegers.Run(packed, scales.Count, packed.Use?.Orientation == Orientation.InOut) is { } run
            ? new Tensor(name, DType.F32, packed.Shape, packed.Bytes, packed.Offset, new ShiftedIntegers(packed, zeros, scales, run)) { Use = packed.Use }
            : Refused(packed, name, packed.Type.Name(), $"its scales '{scales.Name}' ({scales.TypeName} {scales.ShapeText}) and zero points '{zeros.Name}' ({zeros.TypeName} {zeros.ShapeText}) do not fit {packed.ShapeText}");
    }

    /// <summary>gpt-oss stacks its experts as [..., rows, blocks, 16] beside scales [..., rows, blocks].</summary>
    private Tensor Microscaled(Tensor packed)
    {
        var stem = packed.Name[..^Blocks.Length];
        return Find(stem + "_scales") is { Type: DType.U8 or DType.F8E8M0 } scales && packed.Shape is [_, .., 16] && IsDense(packed) && IsDense(scales) && scales.Shape.SequenceEqual(packed.Shape.SkipLast(1))
            ? new Tensor(stem, DType.F32, [.. packed.Shape.SkipLast(2), 32 * packed.Shape[^2]], packed.Bytes, packed.Offset, new FourBitFloats(packed, scales, null, 32))
            : packed;
    }

    private Tensor DoublyScaled(Tensor packed, Tensor tensorScale) =>
        Find(packed.Name + "_scale") is { Type: DType.F8E4M3 } scales && tensorScale.Count == 1 && Companions.HoldsScales(tensorScale) && IsDense(packed) && IsDense(scales)
        && packed.Shape is [var rows, var half] && scales.Shape.SequenceEqual([rows, half / 8]) && half % 8 == 0
            ? new Tensor(packed.Name, DType.F32, [rows, 2 * half], packed.Bytes, packed.Offset, new FourBitFloats(packed, scales, tensorScale, 16))
            : Refused(packed, packed.Name, "NVFP4", $"its scales do not fit {packed.ShapeText}");

    /// <summary>bitsandbytes keeps the state of a 4-bit tensor beside it, under a name that ends with the type of its codes.</summary>
    private Tensor FourBit(Tensor packed)
    {
        var stored = CodeTypes.Select(type => Find($"{packed.Name}.quant_state.bitsandbytes__{type}")).FirstOrDefault(state => state is not null);
        if (stored is null)
        {
            return packed;
        }

        var (numbers, magnitudes) = (Find(packed.Name + ".quant_map"), Find(packed.Name + ".absmax"));
        return FourBitState.Of(stored) is { } state && numbers is { Count: 16 } && Companions.HoldsScales(numbers) && magnitudes is not null && Magnitudes(packed, magnitudes, state) is { } blocks
            && IsDense(packed) && Count(state.Shape) is { } count && count <= 2 * packed.Count
            ? new Tensor(packed.Name, DType.F32, state.Shape, packed.Bytes, packed.Offset, new FourBitCodes(packed, state, numbers, blocks))
            : Refused(packed, packed.Name, "bitsandbytes 4-bit", "what bitsandbytes stores beside it is incomplete or does not fit");
    }

    private static long? Count(long[] shape)
    {
        var count = shape.Aggregate((Int128)1, (product, size) => Int128.Min(product * size, long.MaxValue));
        return count < long.MaxValue ? (long)count : null;
    }

    private BlockMagnitudes? Magnitudes(Tensor packed, Tensor stored, FourBitState state)
    {
        var blocks = ((2 * packed.Count) + state.BlockSize - 1) / state.BlockSize;
        if (state.NestedBlockSize == 0)
        {
            return Companions.HoldsScales(stored) && stored.Count >= blocks ? new BlockMagnitudes(stored, null, null, state) : null;
        }

        var (numbers, outer) = (Find(packed.Name + ".nested_quant_map"), Find(packed.Name + ".nested_absmax"));
        var fits = stored.Type == DType.U8 && stored.Count >= blocks && numbers is { Count: 256 } && outer is not null && Companions.HoldsScales(numbers) && Companions.HoldsScales(outer)
            && outer.Count >= (blocks + state.NestedBlockSize - 1) / state.NestedBlockSize;
        return fits ? new BlockMagnitudes(stored, numbers, outer, state) : null;
    }

    private Tensor Grouped(Tensor words)
    {
        var stem = Stem(words, PackedWeight);
        return Find(stem + ".qzeros") is { } zeros && Find(stem + ".scales") is { } scales && Layout(words, zeros, scales, Find(stem + ".g_idx")) is { } integers
            ? new Tensor(stem + Weight, DType.F32, [integers.Inputs, integers.Outputs], words.Bytes, words.Offset, new GroupedQuantization(integers)) { Use = new(WeightOperation.Product, Orientation.InOut) }
            : Refused(words, words.Name, "packed integers", "it is neither GPTQ's nor AWQ's layout of 2, 4 or 8 bits: qzeros and scales are missing or do not fit");
    }

    private GroupedIntegers? Layout(Tensor words, Tensor zeros, Tensor scales, Tensor? groups)
    {
        var matrices = new[] { words, zeros, scales };
        if (!Array.TrueForAll(matrices, tensor => tensor.Shape.Count == 2 && tensor.Count > 0 && IsDense(tensor)) || zeros.Type != DType.I32 || !Companions.HoldsScales(scales))
        {
            return null;
        }

        var outputs = scales.Shape[1];
        var bits = 32 * zeros.Shape[1] / outputs;
        if (bits is not (2 or 4 or 8) || zeros.Shape[1] * (32 / bits) != outputs || zeros.Shape[0] != scales.Shape[0])
        {
            return null;
        }

        var awq = words.Shape[1] == zeros.Shape[1];
        var inputs = awq ? words.Shape[0] : words.Shape[0] * (32 / bits);
        var grouped = groups is { Shape: [var length], Type: DType.I32 } && length == inputs && IsDense(groups);
        return (awq ? bits == 4 : words.Shape[1] == outputs) && (grouped || inputs % scales.Shape[0] == 0)
            ? new GroupedIntegers(words, zeros, scales, grouped && !awq ? groups : null, inputs, outputs, (int)bits, awq, awq ? 0 : zeroOffset)
            : null;
    }

    private static bool IsDense(Tensor tensor) => tensor.Quantization is null && tensor.Strides.SequenceEqual(Tensor.RowMajor(tensor.Shape));

    private static Tensor Refused(Tensor packed, string name, string scheme, string reason) =>
        new(name, packed.Type, packed.Shape, packed.Bytes, packed.Offset, new RefusedQuantization(packed, scheme, $"{scheme}: {reason}"));
}
