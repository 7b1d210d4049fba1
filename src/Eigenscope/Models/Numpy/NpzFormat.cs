using Eigenscope.Models.Zip;

namespace Eigenscope.Models.Numpy;

/// <summary>
/// NumPy's <c>.npz</c>: a zip archive of <c>name.npy</c> members, stored (<c>np.savez</c>) or deflated (<c>np.savez_compressed</c>).
/// </summary>
/// <remarks>Members of another ending and arrays of text are no weights and are left out.</remarks>
public sealed class NpzFormat : IModelFormat
{
    private const string MemberEnding = ".npy";

    /// <inheritdoc/>
    public string Name => "npz";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".npz"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(ZipDirectory.Signature);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        var arrays = ZipDirectory.Read(file).Members.Where(member => member.Name.EndsWith(MemberEnding, StringComparison.Ordinal));
        var tensors = arrays.Select(member => ReadMember(file.Path, member)).OfType<Tensor>().ToList();
        return tensors.Count > 0
            ? tensors
            : throw new ModelFormatException(ModelFault.NoWeights, file.Path, "the zip archive holds no .npy member with numbers");
    }

    private static Tensor? ReadMember(string path, ZipMember member)
    {
        var where = $"{path}!{member.Name}";
        var header = NpyHeader.Parse(where, member.Prefix(NpyHeader.MaxBytes), textAllowed: true);
        if (header.Type is null)
        {
            return null;
        }

        header.RequireLength(member.Size);
        return header.ToTensor(member.Name[..^MemberEnding.Length], member.Open(member.Size));
    }
}
