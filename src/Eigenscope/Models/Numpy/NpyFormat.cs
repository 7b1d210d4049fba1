namespace Eigenscope.Models.Numpy;

/// <summary>
/// NumPy's <c>.npy</c>: <c>93 "NUMPY"</c>, two version bytes, a header length (16 bits in version 1, 32 in 2 and 3), a Python dict
/// literal with <c>descr</c>, <c>fortran_order</c> and <c>shape</c>, then the elements and nothing else. Source: numpy.lib.format.
/// </summary>
public sealed class NpyFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "npy";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".npy"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(NpyHeader.Magic);

    /// <summary>The one tensor of the file, named after the file without its ending.</summary>
    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        var head = file.ReadArray(0, Math.Min(file.Length, NpyHeader.MaxBytes));
        var header = NpyHeader.Parse(file.Path, head);
        header.RequireLength(file.Length);
        return [header.ToTensor(Path.GetFileNameWithoutExtension(file.Path), file)];
    }
}
