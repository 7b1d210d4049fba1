using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Xunit;

namespace Eigenscope.Tests.Models.Layers;

/// <summary>Tensors of one column in which element k is k: a part shows which outputs it takes.</summary>
public sealed class FusedPartsTests
{
    /// <summary>Name, architecture, outputs, heads, key and value heads; then the outputs of q, k and v. A head has 2 outputs, and there are 4 inputs more than outputs.</summary>
    [Theory]
    [InlineData("model.layers.0.self_attn.qkv_proj.weight", "Phi3ForCausalLM", 16, 4, 2, "0-7", "8-11", "12-15")]
    [InlineData("blk.0.attn_qkv.weight", "falcon", 16, 4, 2, "0-7", "8-11", "12-15")]
    [InlineData("transformer.encoder.layers.0.self_attention.query_key_value.weight", "ChatGLMModel", 16, 4, 2, "0-7", "8-11", "12-15")]
    [InlineData("transformer.blocks.0.attn.Wqkv.weight", "DbrxForCausalLM", 16, 4, 2, "0-7", "8-11", "12-15")]
    [InlineData("transformer.h.0.attn.c_attn.weight", "GPTBigCodeForCausalLM", 12, 4, 1, "0-7", "8-9", "10-11")]
    [InlineData("transformer.h.0.self_attention.query_key_value.weight", "FalconForCausalLM", 12, 4, 1, "0-7", "8-9", "10-11")]
    [InlineData("transformer.h.0.self_attention.query_key_value.weight", "FalconForCausalLM", 16, 4, 2, "0-3 8-11", "4-5 12-13", "6-7 14-15")]
    [InlineData("gpt_neox.layers.0.attention.query_key_value.weight", "GPTNeoXForCausalLM", 12, 2, 2, "0-1 6-7", "2-3 8-9", "4-5 10-11")]
    [InlineData("gpt_neox.layers.0.attention.query_key_value.weight", null, 12, 2, 2, "0-1 6-7", "2-3 8-9", "4-5 10-11")]
    [InlineData("transformer.h.0.self_attention.query_key_value.weight", "BloomForCausalLM", 12, 2, 2, "0-1 6-7", "2-3 8-9", "4-5 10-11")]
    [InlineData("model.layers.0.attention.wqkv.weight", "InternLM2ForCausalLM", 16, 4, 2, "0-3 8-11", "4-5 12-13", "6-7 14-15")]
    public void Queries_keys_and_values_are_where_the_architecture_stores_them(string name, string? architecture, int outputs, int heads, int keyValues, string q, string k, string v)
    {
        var table = Table(new(architecture, new(heads, keyValues)), new(), MemoryTensor.Counting(name, outputs, outputs + 4));
        Assert.Equal([name, $"{name}:q", $"{name}:k", $"{name}:v"], table.Select(row => row.Name));
        Assert.Equal([q, k, v], table.Skip(1).Select(row => Outputs(row, outputs + 4)));
        Assert.Equal([Role.AttentionQkv, Role.AttentionQuery, Role.AttentionKey, Role.AttentionValue], table.Select(row => row.Role));
    }

    /// <summary>Where the number of heads is missing, contradicts the shape, or the layout is not known.</summary>
    [Theory]
    [InlineData("model.layers.0.self_attn.qkv_proj.weight", "Phi3ForCausalLM", 16, null)]
    [InlineData("model.layers.0.self_attn.qkv_proj.weight", "Phi3ForCausalLM", 16, 3)]
    [InlineData("gpt_neox.layers.0.attention.query_key_value.weight", "GPTNeoXForCausalLM", 12, null)]
    [InlineData("transformer.h.0.attention.query_key_value.weight", null, 12, 2)]
    public void What_is_not_known_is_not_cut(string name, string? architecture, int outputs, int? heads) =>
        Assert.Single(Table(new(architecture, heads is { } count ? new(count, count) : null), new(), MemoryTensor.Counting(name, outputs, outputs)));

    [Theory]
    [InlineData("model.layers.0.mlp.gate_up_proj.weight", "Phi3ForCausalLM", "0-3", "4-7")]
    [InlineData("encoder.layer.0.mlp.w12.weight", null, "0-3", "4-7")]
    public void The_gate_comes_first(string name, string? architecture, string gate, string up)
    {
        var table = Table(new(architecture), new(), MemoryTensor.Counting(name, 8, 3));
        Assert.Equal([$"{name}:gate", $"{name}:up"], table.Skip(1).Select(row => row.Name));
        Assert.Equal([gate, up], table.Skip(1).Select(row => Outputs(row, 3)));
    }

    /// <summary>Stacked experts: [experts, in, 2 x out] of gpt-oss and Llama 4, [experts, 2 x out, in] of others, told by the matrix that follows.</summary>
    [Theory]
    [InlineData("GptOssForCausalLM", 5, 6, 3, 5, 1, "0 2 4", "1 3 5")]
    [InlineData("Llama4ForConditionalGeneration", 5, 6, 3, 5, 1, "0 1 2", "3 4 5")]
    [InlineData("Qwen3VLMoeForConditionalGeneration", 6, 5, 5, 3, 0, "0 1 2", "3 4 5")]
    public void Stacked_experts_are_cut_one_by_one(string architecture, int rows, int columns, int downRows, int downColumns, int side, string gate, string up)
    {
        const string Name = "model.layers.0.mlp.experts.gate_up_proj";
        var table = Table(new(architecture), new(), MemoryTensor.Counting(Name, 2, rows, columns), MemoryTensor.Counting("model.layers.0.mlp.experts.down_proj", 2, downRows, downColumns));
        Assert.Equal([$"{Name}:0", $"{Name}:0:gate", $"{Name}:0:up", $"{Name}:1", $"{Name}:1:gate", $"{Name}:1:up"], table.Take(6).Select(row => row.Name));
        Assert.Equal([null, $"{Name}:1", $"{Name}:1"], table.Skip(3).Take(3).Select(row => row.PartOf));
        foreach (var (row, expected) in new[] { (table[4], gate), (table[5], up) })
        {
            var indices = Enumerable.Range(0, side == 0 ? row.Rows : row.Columns).Select(k => Index(row, side == 0 ? k : 0, side == 0 ? 0 : k)).ToList();
            Assert.All(indices, index => Assert.Equal(1, index[0]));
            Assert.Equal(expected, string.Join(' ', indices.Select(index => index[1 + side])));
        }
    }

    /// <summary>The names of the gates in the order of torch, Keras and ONNX.</summary>
    [Theory]
    [InlineData("rnn.weight_ih_l0", 8, 5, "rnn.weight_hh_l0", 8, 2, "i f g o")]
    [InlineData("rnn.weight_ih_l0", 6, 5, "rnn.weight_hh_l0", 6, 2, "r z n")]
    [InlineData("rnn.weight_ih_l0", 2, 5, "rnn.weight_hh_l0", 2, 2, "")]
    [InlineData("decoder/lstm/kernel", 5, 8, "decoder/lstm/recurrent_kernel", 2, 8, "i f g o")]
    [InlineData("decoder/gru/kernel", 5, 6, "decoder/gru/recurrent_kernel", 2, 6, "z r n")]
    public void Recurrent_matrices_fall_into_gates(string name, int rows, int columns, string hiddenName, int hiddenRows, int hiddenColumns, string gates)
    {
        var table = Table(new(null), new(), MemoryTensor.Counting(name, rows, columns), MemoryTensor.Counting(hiddenName, hiddenRows, hiddenColumns));
        string[] expected = gates.Length == 0 ? [] : gates.Split(' ');
        Assert.Equal(expected.Select(gate => $"{name}:{gate}"), table.Where(row => row.PartOf == name).Select(row => row.Name));
        Assert.Equal(expected.Select(gate => $"{hiddenName}:{gate}"), table.Where(row => row.PartOf == hiddenName).Select(row => row.Name));
        Assert.All(table, row => Assert.Equal((Role.Recurrent, LayerKind.Recurrent), (row.Role, row.Description.Kind)));
    }

    [Fact]
    public void Both_directions_of_a_recurrent_layer_are_matrices_of_their_own()
    {
        var counting = MemoryTensor.Counting("W", 2, 8, 3);
        var tensor = new Tensor("onnx::LSTM_12", counting.Type, counting.Shape, counting.Bytes, 0) { Use = new(WeightOperation.Lstm, Orientation.OutIn) };
        var table = Table(new(null), new(), tensor);
        Assert.Equal(["onnx::LSTM_12:0", "onnx::LSTM_12:0:i", "onnx::LSTM_12:0:o", "onnx::LSTM_12:0:f", "onnx::LSTM_12:0:g", "onnx::LSTM_12:1"], table.Take(6).Select(row => row.Name));
        Assert.Equal((8, 3), (table[5].Rows, table[5].Columns));
        Assert.Equal("[1, 6, 2]", table[9].IndexText(0, 0, 2));
    }

    [Fact]
    public void Heads_of_separate_projections()
    {
        var traits = new ModelTraits("LlamaForCausalLM", new(4, 2));
        Tensor[] tensors =
        [
            MemoryTensor.Counting("model.layers.0.self_attn.q_proj.weight", 8, 6), MemoryTensor.Counting("model.layers.0.self_attn.k_proj.weight", 4, 6),
            MemoryTensor.Counting("model.layers.0.self_attn.o_proj.weight", 6, 8), MemoryTensor.Counting("model.layers.0.mlp.up_proj.weight", 8, 6),
        ];
        var table = Table(traits, new() { SplitHeads = true }, tensors);
        Assert.Equal([4, 2, 4, 0], tensors.Select(tensor => table.Count(row => row.PartOf == tensor.Name)));
        Assert.Equal("2-3", Outputs(Row(table, "model.layers.0.self_attn.k_proj.weight:head1"), 6));
        var output = Row(table, "model.layers.0.self_attn.o_proj.weight:head3");
        Assert.Equal((6, 2, Role.AttentionOutput), (output.Rows, output.Columns, output.Role));
        Assert.Equal([5, 7], Index(output, 5, 1));
    }

    [Fact]
    public void Heads_of_a_fused_projection_lie_where_its_groups_are()
    {
        const string Name = "gpt_neox.layers.0.attention.query_key_value.weight";
        var table = Table(new("GPTNeoXForCausalLM", new(2, 2)), new() { SplitHeads = true }, MemoryTensor.Counting(Name, 12, 4));
        Assert.Equal(["0-1", "6-7", "2-3", "8-9", "4-5", "10-11"], new[] { "q:head0", "q:head1", "k:head0", "k:head1", "v:head0", "v:head1" }.Select(part => Outputs(Row(table, $"{Name}:{part}"), 4)));
    }

    [Fact]
    public void Flax_states_its_heads_in_the_shape()
    {
        var table = Table(new(null), new() { SplitHeads = true }, MemoryTensor.Counting("encoder/layers_0/attention/query/kernel", 6, 3, 2), MemoryTensor.Counting("encoder/layers_0/attention/out/kernel", 3, 2, 6));
        Assert.Equal("[4, 2, 1]", Row(table, "encoder/layers_0/attention/query/kernel:head2").IndexText(0, 4, 1));
        Assert.Equal("[2, 1, 5]", Row(table, "encoder/layers_0/attention/out/kernel:head2").IndexText(0, 1, 5));
    }

    [Theory]
    [InlineData("h.0.attn.q_proj.weight", null, "h.0.attn.q_proj.weight:heads", "the number of heads is not known; --heads gives it")]
    [InlineData("h.0.attn.q_proj.weight", 3, "h.0.attn.q_proj.weight:heads", "8 outputs do not divide into 3 heads")]
    [InlineData("h.0.attn.query_key_value.weight", 2, "h.0.attn.query_key_value.weight:heads", "how queries, keys and values lie in it is not known")]
    public void Heads_that_were_asked_for_and_cannot_be_had_are_said(string name, int? heads, string row, string reason)
    {
        var table = Table(new(null), new() { SplitHeads = true, Heads = heads is { } count ? new(count, count) : null }, MemoryTensor.Counting(name, 8, 8));
        Assert.Equal(reason, Row(table, row).SkipReason);
        Assert.Equal(name, Row(table, row).PartOf);
    }

    private static WeightMatrix Row(IReadOnlyList<WeightMatrix> table, string name) => table.Single(row => row.Name == name);

    private static IReadOnlyList<WeightMatrix> Table(ModelTraits traits, WeightTableOptions options, params Tensor[] tensors) => WeightTable.Of(MemoryTensor.Described(traits, tensors), options);

    /// <summary>The outputs that a part takes of a matrix [out, in] in which element k is k, as runs; it takes all inputs.</summary>
    private static string Outputs(WeightMatrix row, int inputs)
    {
        var values = new double[row.Rows * row.Columns];
        row.Slices[0].Read(0, 0, row.Rows, row.Columns, values, row.Columns);
        Assert.Equal(inputs, row.Columns);
        Assert.All(values.Select((value, k) => value % inputs - (k % inputs)), difference => Assert.Equal(0, difference));
        var outputs = Enumerable.Range(0, row.Rows).Select(i => (long)values[i * inputs] / inputs).ToList();
        Assert.Equal(outputs, Enumerable.Range(0, row.Rows).Select(i => Index(row, i, 0)[0]));
        return Runs(outputs);
    }

    private static long[] Index(WeightMatrix row, int i, int j) =>
        [.. row.IndexText(0, i, j).Trim('[', ']').Split(", ").Select(digit => long.Parse(digit, System.Globalization.CultureInfo.InvariantCulture))];

    private static string Runs(IEnumerable<long> indices)
    {
        var runs = new List<(long First, long Last)>();
        foreach (var index in indices)
        {
            if (runs.Count > 0 && runs[^1].Last + 1 == index)
            {
                runs[^1] = (runs[^1].First, index);
            }
            else
            {
                runs.Add((index, index));
            }
        }

        return string.Join(' ', runs.Select(run => $"{run.First}-{run.Last}"));
    }
}
