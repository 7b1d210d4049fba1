namespace Eigenscope.Models.PyTorch;

/// <summary>
/// The named tensors of a saved object. A name is the path of keys and list indices, joined by dots.
/// </summary>
/// <remarks>
/// Training scripts wrap the weights: <c>{'model_state_dict': {...}, 'optimizer_state_dict': {...}, 'epoch': 3}</c>. Where keys of
/// <see cref="Wrappers"/> in the outermost dict hold tensors, only what lies in them is weights, and the rest is left out. One wrapper
/// is no part of the names; several are. Without a wrapper everything is kept. The prefix <c>module.</c> of data-parallel training is
/// dropped where all names of a state dict have it.
/// </remarks>
internal static class StateDict
{
    /// <summary>The keys that training scripts put a state dict under.</summary>
    public static IReadOnlyList<string> Wrappers { get; } = ["state_dict", "model_state_dict", "model"];

    private const string ParallelPrefix = "module.";

    /// <summary>The weights of an unpickled object.</summary>
    /// <param name="root">The object.</param>
    /// <param name="path">The file, for messages and for the name of a lone tensor.</param>
    /// <exception cref="ModelFormatException">A tensor is of a kind that is not read, or a name occurs twice.</exception>
    public static IReadOnlyList<NamedTensor> Of(object? root, string path)
    {
        var found = Wrapped(root, path);
        var tensors = found.Count switch
        {
            0 => Plain(root, path),
            1 => found[0].Tensors,
            _ => found.SelectMany(wrapper => wrapper.Tensors.Select(tensor => tensor with { Name = $"{wrapper.Key}.{tensor.Name}" })).ToList(),
        };
        RequireDistinct(tensors, path);
        return tensors;
    }

    private static List<(string Key, List<NamedTensor> Tensors)> Wrapped(object? root, string path) =>
        root is PickleDict dict
            ? dict.Entries
                .Where(entry => Wrappers.Contains(entry.Key as string) && entry.Value is PickleDict or PickleObject)
                .Select(entry => (Key: (string)entry.Key!, Tensors: Plain(entry.Value, path)))
                .Where(wrapper => wrapper.Tensors.Count > 0)
                .ToList()
            : [];

    private static List<NamedTensor> Plain(object? value, string path) =>
        WithoutParallelPrefix(new TensorWalk(path).Collect(value));

    private static List<NamedTensor> WithoutParallelPrefix(List<NamedTensor> tensors) =>
        tensors.TrueForAll(tensor => tensor.Name.StartsWith(ParallelPrefix, StringComparison.Ordinal) && tensor.Name.Length > ParallelPrefix.Length)
            ? tensors.ConvertAll(tensor => tensor with { Name = tensor.Name[ParallelPrefix.Length..] })
            : tensors;

    private static void RequireDistinct(IReadOnlyList<NamedTensor> tensors, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (tensors.FirstOrDefault(tensor => !names.Add(tensor.Name)) is { } twice)
        {
            throw new ModelFormatException(ModelFault.Inconsistent, path, $"two tensors are named '{twice.Name}'");
        }
    }
}
