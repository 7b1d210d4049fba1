using Eigenscope.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Files;

public class OutputLayoutTests
{
    [Fact]
    public void Tensors_fill_files_in_their_order()
    {
        var layout = OutputLayout.Of([Tensor("a", 10), Tensor("b", 20), Tensor("c", 30), Tensor("d", 5)], 4 * 35, []);
        Assert.Equal(["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"], layout.Shards.Select(shard => shard.Name));
        Assert.Equal([["a", "b"], ["c", "d"]], layout.Shards.Select(shard => shard.Tensors.Select(tensor => tensor.Name)));
    }

    [Fact]
    public void A_tensor_that_is_larger_than_a_file_has_one_of_its_own()
    {
        var layout = OutputLayout.Of([Tensor("a", 1), Tensor("b", 100), Tensor("c", 1)], 40, []);
        Assert.Equal(3, layout.Shards.Count);
    }

    [Fact]
    public void One_file_has_the_plain_name() => Assert.Equal("model.safetensors", Assert.Single(OutputLayout.Of([Tensor("a", 1)], 1, []).Shards).Name);

    [Fact]
    public void Places_follow_one_another_behind_the_header()
    {
        var layout = OutputLayout.Of([Tensor("a", 3), Tensor("b", 5)], 1000, []);
        var shard = Assert.Single(layout.Shards);
        Assert.Equal(shard.Header.Length, layout["a"].Offset);
        Assert.Equal(layout["a"].Offset + 12, layout["b"].Offset);
        Assert.Equal(layout["b"].Offset + 20, shard.Length);
        Assert.Equal(shard.Length, layout.Bytes);
    }

    private static OutputTensor Tensor(string name, int length) => new(name, DType.F32, [length]);
}
