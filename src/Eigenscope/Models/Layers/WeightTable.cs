namespace Eigenscope.Models.Layers;

/// <summary>How a convolution kernel becomes matrices.</summary>
public enum ConvolutionMode
{
    /// <summary>One matrix: output channels by (input channels x kernel positions).</summary>
    Flatten,

    /// <summary>One matrix of output by input channels for each kernel position; their spectra are pooled.</summary>
    Slices,
}

/// <summary>From the tensors of a model to its table of weight matrices: every tensor has at least one row.</summary>
public static class WeightTable
{
    /// <summary>The rows, in the order of the tensors; the parts of a fused matrix follow it.</summary>
    /// <param name="model">An open model.</param>
    /// <param name="convolutions">How convolution kernels become matrices.</param>
    /// <param name="compareValues">
    /// True to compare an unembedding with the embedding value by value, so that tied tensors stored twice count once; false to
    /// read nothing but headers.
    /// </param>
    public static IReadOnlyList<WeightMatrix> Of(Model model, ConvolutionMode convolutions = ConvolutionMode.Flatten, bool compareValues = true)
    {
        var rows = new List<WeightMatrix>();
        var tied = new TiedTensors(compareValues);
        foreach (var tensor in model.Tensors)
        {
            var description = TensorNaming.Describe(tensor, model.Architecture);
            var reason = description.SkipReason ?? Unreadable(tensor) ?? tied.Reason(tensor, description);
            rows.AddRange(reason is null ? Matrices(tensor, description, convolutions) : [Skipped(tensor, description, reason)]);
        }

        return [.. rows.Select((row, id) => row with { Id = id })];
    }

    private static string? Unreadable(Tensor tensor) =>
        tensor.Quantization is null && !Widening.Reads(tensor.Type) ? $"{tensor.Type.Name()} values are packed and need their scales"
        : tensor.Quantization?.Unreadable is { } reason ? reason
        : tensor.Shape.Any(size => size > int.MaxValue) ? "an axis is longer than 2^31 - 1"
        : null;

    private static WeightMatrix Skipped(Tensor tensor, TensorDescription description, string reason) =>
        new() { Id = 0, Name = tensor.Name, Tensor = tensor, Description = description, Role = description.Role, SkipReason = reason };

    private static IEnumerable<WeightMatrix> Matrices(Tensor tensor, TensorDescription description, ConvolutionMode convolutions)
    {
        if (description.Kind == LayerKind.Experts)
        {
            return MatrixLayout.Experts(tensor).Select((expert, e) => Row(tensor, description, [expert]) with { Name = $"{tensor.Name}:{e}" });
        }

        var whole = Row(tensor, description, MatrixLayout.Of(tensor, description, convolutions));
        return description.Parts
            .Select(part => Row(tensor, description, [MatrixLayout.Part(tensor, part)]) with
            {
                Name = $"{tensor.Name}:{part.Suffix}",
                Role = part.Role,
                PartOf = tensor.Name,
            })
            .Prepend(whole);
    }

    private static WeightMatrix Row(Tensor tensor, TensorDescription description, IReadOnlyList<TensorMatrix> matrices) =>
        new() { Id = 0, Name = tensor.Name, Tensor = tensor, Description = description, Role = description.Role, Stored = matrices };
}
