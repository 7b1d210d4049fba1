namespace Eigenscope.Models.Layers;

/// <summary>From the tensors of a model to its table of weight matrices: every tensor has at least one row.</summary>
public static class WeightTable
{
    /// <summary>The rows, in the order of the tensors; the parts of a matrix follow it.</summary>
    /// <param name="model">An open model.</param>
    /// <param name="options">How tensors become matrices; null for the usual way.</param>
    public static IReadOnlyList<WeightMatrix> Of(Model model, WeightTableOptions? options = null)
    {
        options ??= new WeightTableOptions();
        var rows = new List<WeightMatrix>();
        var tied = new TiedTensors((tensor, description) => options.CompareValues && options.Wanted?.Invoke(Skipped(tensor, description, "")) != false);
        var adapters = new Adapters(model);
        var context = new ModelContext(model, options);
        foreach (var tensor in model.Tensors)
        {
            var description = TensorNaming.Describe(tensor, context);
            if (adapters.Of(tensor) is { } factor)
            {
                rows.AddRange(OfFactor(tensor, description, factor.Name, factor.Product));
                continue;
            }

            var reason = tensor.Quantization?.Refusal ?? description.SkipReason ?? Unreadable(tensor) ?? tied.Reason(tensor, description);
            rows.AddRange(reason is null ? Matrices(tensor, description, options) : [Skipped(tensor, description, reason)]);
        }

        return [.. rows.Select((row, id) => row with { Id = id })];
    }

    /// <summary>A factor is not analysed by itself; after the second comes the product.</summary>
    private static IEnumerable<WeightMatrix> OfFactor(Tensor tensor, TensorDescription description, string name, LowRankProduct? product)
    {
        yield return Skipped(tensor, description, Unreadable(tensor) ?? "a factor of an adapter, whose product is analysed");
        if (product is not null && Unreadable(tensor) is null)
        {
            yield return new() { Id = 0, Name = name, Tensor = tensor, Description = description with { Kind = LayerKind.LowRank, Parts = [] }, Role = description.Role, Product = product };
        }
    }

    private static string? Unreadable(Tensor tensor) =>
        tensor.Quantization is null && !Widening.Reads(tensor.Type) ? $"{tensor.Type.Name()} values are packed and need their scales"
        : tensor.Shape.Any(size => size > int.MaxValue) ? "an axis is longer than 2^31 - 1"
        : null;

    private static WeightMatrix Skipped(Tensor tensor, TensorDescription description, string reason) =>
        new() { Id = 0, Name = tensor.Name, Tensor = tensor, Description = description, Role = description.Role, SkipReason = reason };

    private static IEnumerable<WeightMatrix> Matrices(Tensor tensor, TensorDescription description, WeightTableOptions options)
    {
        if (MatrixLayout.IsStack(tensor.Shape, description.Kind))
        {
            return MatrixLayout.Stack(tensor).SelectMany((matrix, i) => WithParts($"{tensor.Name}:{i}", tensor, description, matrix));
        }

        if (options.Convolutions == ConvolutionMode.Fourier && description.Convolution is { } axes)
        {
            return [Kernel(tensor, description, axes)];
        }

        var matrices = MatrixLayout.Of(tensor, description, options.Convolutions);
        return matrices.Count == 1 ? WithParts(tensor.Name, tensor, description, matrices[0])
            : options.Pooled ? [Row(tensor.Name, tensor, description, matrices)]
            : matrices.Select((matrix, i) => Row($"{tensor.Name}:{i}", tensor, description, [matrix]) with { Positions = matrices.Count });
    }

    private static WeightMatrix Kernel(Tensor tensor, TensorDescription description, ConvolutionAxes axes) =>
        new() { Id = 0, Name = tensor.Name, Tensor = tensor, Description = description, Role = description.Role, Kernel = new ConvolutionKernel(tensor, axes) };

    private static IEnumerable<WeightMatrix> WithParts(string name, Tensor tensor, TensorDescription description, TensorMatrix matrix) =>
        description.Parts.Select(part => Part(name, tensor, description, matrix, part)).Prepend(Row(name, tensor, description, [matrix]));

    private static WeightMatrix Part(string whole, Tensor tensor, TensorDescription description, TensorMatrix matrix, FusedPart part)
    {
        var row = part.Reason is null ? Row(whole, tensor, description, [MatrixLayout.Part(matrix, part)]) : Skipped(tensor, description, part.Reason);
        return row with { Name = $"{whole}:{part.Suffix}", Role = part.Role, PartOf = whole };
    }

    private static WeightMatrix Row(string name, Tensor tensor, TensorDescription description, IReadOnlyList<TensorMatrix> matrices) =>
        new() { Id = 0, Name = name, Tensor = tensor, Description = description, Role = description.Role, Stored = matrices };
}
