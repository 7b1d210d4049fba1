namespace Eigenscope.Models.Onnx;

/// <summary>The files beside a model in which its tensors may lie.</summary>
/// <param name="model">The path of the model, for messages.</param>
/// <param name="companions">The files that it may name; null where it was opened without any.</param>
internal sealed class ExternalData(string model, CompanionFiles? companions)
{
    private readonly List<(string Location, long Start, long End, string Tensor)> parts = [];

    /// <summary>The bytes of a tensor.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="location">The path of the file, relative to the model's folder.</param>
    /// <param name="offset">Its first byte there.</param>
    /// <param name="length">The bytes that the model says it has there.</param>
    /// <param name="bytes">The bytes that its shape asks for.</param>
    public ByteSource Open(string tensor, string location, long offset, long length, long bytes)
    {
        if (companions is null)
        {
            throw Bad(ModelFault.Unsupported, tensor, $"lies in the file '{location}', and this model was opened without the files beside it");
        }

        if (length != bytes)
        {
            throw Bad(ModelFault.Inconsistent, tensor, $"takes {bytes} bytes by its shape, and its length in '{location}' is {length}");
        }

        var file = companions.Open(location);
        if (offset > file.Length || length > file.Length - offset)
        {
            throw Bad(ModelFault.Truncated, tensor, $"has {length} bytes at {offset} in '{location}', which holds {file.Length}");
        }

        parts.Add((location, offset, offset + length, tensor));
        return file.Slice(offset, length);
    }

    /// <summary>Throws where tensors overlap; that two are the same bytes is no error, but a tied weight.</summary>
    public void RequireNoOverlap()
    {
        foreach (var file in parts.Where(part => part.End > part.Start).GroupBy(part => part.Location, StringComparer.Ordinal))
        {
            var sorted = file.OrderBy(part => part.Start).ThenBy(part => part.End).ToList();
            foreach (var (before, next) in sorted.Zip(sorted.Skip(1)))
            {
                if (next.Start < before.End && (next.Start, next.End) != (before.Start, before.End))
                {
                    throw Bad(ModelFault.Inconsistent, next.Tensor, $"overlaps '{before.Tensor}' in '{file.Key}'");
                }
            }
        }
    }

    private ModelFormatException Bad(ModelFault fault, string tensor, string what) => new(fault, model, $"tensor '{tensor}' {what}");
}
