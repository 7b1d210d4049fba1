using Eigenscope.Models;
using Eigenscope.Models.Hdf5;
using Eigenscope.Models.Keras;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models.Hdf5;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Keras;

public sealed class KerasArchiveFormatTests
{
    private static readonly string[] Names =
    [
        "layers/batch_normalization/moving_variance F32 8", "layers/conv2d_1/kernel F32 3x3x2x4", "layers/dense/kernel F32 5x7", "layers/dense/bias F32 7",
        "layers/lstm/cell/kernel F32 6x16", "layers/lstm/cell/recurrent_kernel F32 4x16", "layers/lstm/cell/bias F32 16",
        "layers/my_head/kernel F32 5x3", "layers/my_head/vars/1 F32 5x3",
    ];

    [Fact]
    public void Reads_the_weights_of_Keras_3_without_its_optimizer() =>
        Assert.Equal(Names, new Hdf5Format().Read(new MemoryBytes(Hdf5Samples.Open(Hdf5Samples.Keras3))).Select(tensor => tensor.ToString()));

    [Fact]
    public void Reads_a_whole_model_of_Keras_2_without_its_optimizer_and_prefix() => Assert.Equal(
        ["dense/dense/kernel:0 F32 5x7", "lstm/lstm/lstm_cell/recurrent_kernel:0 F32 4x16"],
        new Hdf5Format().Read(new MemoryBytes(Hdf5Samples.Open(Hdf5Samples.Keras2))).Select(tensor => tensor.ToString()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_the_weights_of_an_archive_and_nothing_else(bool deflated)
    {
        var file = new MemoryBytes(ZipBytes.Of([("config.json", "{broken"u8.ToArray()), ("model.weights.h5", Hdf5Samples.Open(Hdf5Samples.Keras3))], deflated), "m.keras");
        var format = Assert.IsType<KerasArchiveFormat>(ModelFormats.Of(file));
        Assert.Equal(Names, format.Read(file).Select(tensor => tensor.ToString()));
    }

    [Theory]
    [InlineData("model.weights.json", ModelFault.Unsupported)]
    [InlineData("config.json", ModelFault.NoWeights)]
    public void Refuses_an_archive_without_weights(string member, ModelFault fault) =>
        Assert.Equal(fault, Assert.Throws<ModelFormatException>(() => new KerasArchiveFormat().Read(new MemoryBytes(ZipBytes.Of([(member, [1])])))).Fault);

    [Theory]
    [InlineData("layers/dense/vars/0", 2, "layers/dense/kernel")]
    [InlineData("layers/dense_12/vars/1", 1, "layers/dense_12/bias")]
    [InlineData("layers/einsum_dense/vars/0", 3, "layers/einsum_dense/kernel")]
    [InlineData("layers/multi_head_attention/_query_dense/vars/0", 3, "layers/multi_head_attention/_query_dense/kernel")]
    [InlineData("layers/layer_normalization_3/vars/1", 1, "layers/layer_normalization_3/beta")]
    [InlineData("layers/batch_normalization/vars/3", 1, "layers/batch_normalization/moving_variance")]
    [InlineData("layers/separable_conv2d/vars/1", 4, "layers/separable_conv2d/pointwise_kernel")]
    [InlineData("layers/conv2d_transpose_1/vars/0", 4, "layers/conv2d_transpose_1/kernel")]
    [InlineData("layers/embedding/vars/0", 2, "layers/embedding/embeddings")]
    [InlineData("layers/my_head/vars/0", 1, "layers/my_head/vars/0")]
    [InlineData("layers/dense/vars/2", 2, "layers/dense/vars/2")]
    [InlineData("layers/dense/vars/x", 2, "layers/dense/vars/x")]
    [InlineData("vars/0", 2, "kernel")]
    [InlineData("model_weights/a/kernel:0", 2, "a/kernel:0")]
    [InlineData("a/model_weights/kernel:0", 2, "a/model_weights/kernel:0")]
    public void Names_parameters_by_the_class_of_their_layer(string path, int rank, string name) => Assert.Equal(name, KerasNames.Of(path, rank));

    [Theory]
    [InlineData("layers/lstm/cell/kernel", LayerKind.Recurrent, Role.Recurrent, 6L, 16L)]
    [InlineData("layers/gru_1/cell/recurrent_kernel", LayerKind.Recurrent, Role.Recurrent, 4L, 12L)]
    [InlineData("layers/dense/kernel", LayerKind.Dense, Role.Other, 5L, 7L)]
    [InlineData("layers/multi_head_attention/_query_dense/kernel", LayerKind.Dense, Role.AttentionQuery, 8L, 2L, 4L)]
    [InlineData("layers/multi_head_attention_1/_output_dense/kernel", LayerKind.Dense, Role.AttentionOutput, 2L, 4L, 8L)]
    public void The_layer_table_knows_the_names(string name, string kind, Role role, params long[] shape)
    {
        var description = TensorNaming.Describe(name, shape);
        Assert.Equal((kind, role, Orientation.InOut), (description.Kind, description.Role, description.Orientation));
    }
}
