using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Plans;

public sealed class BlockNameTests
{
    [Theory]
    [InlineData("model.layers.3.mlp.up_proj.weight", "model.layers.", 3, ".mlp.up_proj.weight")]
    [InlineData("transformer.h.11.attn.c_attn.bias", "transformer.h.", 11, ".attn.c_attn.bias")]
    [InlineData("blk.0.attn_q.weight", "blk.", 0, ".attn_q.weight")]
    [InlineData("model.layers.3.mlp.experts.3.w1.weight", "model.layers.", 3, ".mlp.experts.3.w1.weight")]
    [InlineData("w3.layers.3.q.weight", "w3.layers.", 3, ".q.weight")]
    [InlineData("tower.3.layers.3.q.weight", "tower.3.layers.", 3, ".q.weight")]
    [InlineData("encoder/layer_2/dense/kernel", "encoder/layer_", 2, "/dense/kernel")]
    public void The_number_of_a_block_is_found_where_it_stands(string name, string stack, int number, string rest)
    {
        var block = BlockName.Of(name);
        Assert.Equal(new BlockName(stack, number, rest), block);
        Assert.Equal(name, block!.With(number));
        Assert.Equal($"{stack}12{rest}", block.With(12));
    }

    [Theory]
    [InlineData("lm_head.weight")]
    [InlineData("classifier.1.weight")]
    [InlineData("model.embed_tokens.weight")]
    [InlineData("layer3")]
    public void What_is_in_no_stack_has_no_block(string name) => Assert.Null(BlockName.Of(name));
}
