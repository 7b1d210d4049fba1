using Eigenscope.Models.Keras;

namespace Eigenscope.Models.Hdf5;

/// <summary>
/// HDF5 files of weights, Keras's above all: whole models and weight files of Keras 1 and 2 (<c>.h5</c>), and weight files of Keras 3 (<c>.weights.h5</c>).
/// Every dataset of numbers is a tensor; attributes, the stored model configuration among them, are not read.
/// </summary>
public sealed class Hdf5Format : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "hdf5";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".h5", ".hdf5"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(Superblock.Signature);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        var datasets = Hdf5Tree.Read(file, path => !KerasNames.IsOptimizer(path));
        var tensors = datasets.Select(item => item.Dataset.ToTensor(KerasNames.Of(item.Path, item.Dataset.Shape.Length))).ToList();
        RequireUnique(file, tensors);
        return tensors.Count > 0 ? tensors : throw new ModelFormatException(ModelFault.NoWeights, file.Path, "the HDF5 file holds no dataset of numbers");
    }

    private static void RequireUnique(ByteSource file, List<Tensor> tensors)
    {
        if (tensors.CountBy(tensor => tensor.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
        {
            throw new ModelFormatException(ModelFault.Inconsistent, file.Path, $"two datasets are the tensor '{twice}'");
        }
    }
}
