using Eigenscope.Models;
using Eigenscope.Tests.Models;

namespace Eigenscope.Tests.Cluster;

/// <summary>Headers without weights.</summary>
internal static class HollowModel
{
    private const int Width = 16384;

    /// <summary>The matrices of a transformer of 405 billion parameters: 126 blocks of 16384, 53248 inside, 8 heads for keys and values, 128256 tokens.</summary>
    public static Model Of405B() => MemoryTensor.Model("LlamaForCausalLM",
    [
        Tensor("model.embed_tokens.weight", 128256, Width), Tensor("lm_head.weight", 128256, Width), Tensor("model.norm.weight", Width),
        .. Enumerable.Range(0, 126).SelectMany(block => (Tensor[])
        [
            Tensor($"model.layers.{block}.self_attn.q_proj.weight", Width, Width), Tensor($"model.layers.{block}.self_attn.k_proj.weight", 1024, Width), Tensor($"model.layers.{block}.self_attn.v_proj.weight", 1024, Width), Tensor($"model.layers.{block}.self_attn.o_proj.weight", Width, Width),
            Tensor($"model.layers.{block}.mlp.gate_proj.weight", 53248, Width), Tensor($"model.layers.{block}.mlp.up_proj.weight", 53248, Width), Tensor($"model.layers.{block}.mlp.down_proj.weight", Width, 53248), Tensor($"model.layers.{block}.input_layernorm.weight", Width),
        ]),
    ]);

    private static Tensor Tensor(string name, params long[] shape) => new(name, DType.BF16, shape, new HollowBytes((byte)name.Length, 2 * shape.Aggregate(1L, (product, size) => product * size)), 0);

    /// <summary>Bytes that are all the same; only a look whether two tensors are equal may read some.</summary>
    private sealed class HollowBytes(byte value, long length) : ByteSource
    {
        private const int Most = 1 << 20;

        public override string Path => "hollow";

        public override long Length => length;

        public override void Read(long offset, Span<byte> destination)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + destination.Length, Most);
            destination.Fill(value);
        }
    }
}
