using Eigenscope.Models.Hdf5;
using Eigenscope.Models.Zip;

namespace Eigenscope.Models.Keras;

/// <summary>
/// Keras 3's <c>.keras</c>: a zip archive of <c>config.json</c>, <c>metadata.json</c> and <c>model.weights.h5</c>. Only the weights are read: a configuration may
/// name code to run.
/// </summary>
public sealed class KerasArchiveFormat : IModelFormat
{
    private const string WeightsMember = "model.weights.h5";
    private const string ShardsMember = "model.weights.json";

    private readonly Hdf5Format weights = new();

    /// <inheritdoc/>
    public string Name => "keras";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".keras"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(ZipDirectory.Signature);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        var directory = ZipDirectory.Read(file);
        if (directory.Find(WeightsMember) is { } member)
        {
            return weights.Read(member.Open(member.Size));
        }

        throw directory.Find(ShardsMember) is not null
            ? new ModelFormatException(ModelFault.Unsupported, file.Path, "weights in several shards are not read; save the model without max_shard_size")
            : new ModelFormatException(ModelFault.NoWeights, file.Path, $"the zip archive holds no {WeightsMember}");
    }
}
