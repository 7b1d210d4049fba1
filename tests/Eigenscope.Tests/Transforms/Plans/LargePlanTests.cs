using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Eigenscope.Models;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Transforms.Recipes;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Plans;

/// <summary>A plan reads headers only: models of 70 billion parameters, whose files are holes behind real headers.</summary>
public sealed class LargePlanTests
{
    private const int Blocks = 80;
    private const int Shards = 15;

    [Fact]
    public void Three_models_of_70_billion_parameters_are_planned_from_their_headers()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "base", "a", "b" })
        {
            Assert.SkipUnless(Write(Path.Combine(folder.Path, name)), "the file system has no files with holes of this size");
        }

        var file = folder.Write("recipe.yml", "merge_method: ties\nbase_model: base\nmodels: [{model: a}, {model: b}]\nparameters: {weight: 1, density: [{filter: mlp, value: [0.2, 0.8]}, {value: 0.5}]}\n");
        var watch = Stopwatch.StartNew();
        using var plan = MergePlan.Of(Recipe.Of(Eigenscope.Cli.Recipes.YamlRecipe.Read(file), new RecipeOptions(file) { Methods = NamedMethod.Table }));
        TestContext.Current.TestOutputHelper?.WriteLine($"{plan.Tensors.Count} tensors of 3 models planned in {watch.Elapsed.TotalSeconds:F3} s");
        Assert.Empty(plan.Problems);
        Assert.Empty(plan.Warnings);
        Assert.Equal(723, plan.Tensors.Count);
        Assert.Equal(137_953_296_384, plan.OutputBytes);
        Assert.Equal(0.8, plan.Tensors.Single(tensor => tensor.Name == "model.layers.79.mlp.up_proj.weight").Inputs[1].Parameters.Number("density"));
    }

    /// <summary>Llama 2 70B: 80 blocks of nine tensors and three outside.</summary>
    private static List<(string Name, long[] Shape)> Tensors()
    {
        var tensors = new List<(string, long[])> { ("model.embed_tokens.weight", [32000, 8192]) };
        for (var i = 0; i < Blocks; i++)
        {
            var block = $"model.layers.{i}.";
            tensors.AddRange([
                (block + "self_attn.q_proj.weight", [8192, 8192]), (block + "self_attn.k_proj.weight", [1024, 8192]), (block + "self_attn.v_proj.weight", [1024, 8192]), (block + "self_attn.o_proj.weight", [8192, 8192]),
                (block + "mlp.gate_proj.weight", [28672, 8192]), (block + "mlp.up_proj.weight", [28672, 8192]), (block + "mlp.down_proj.weight", [8192, 28672]), (block + "input_layernorm.weight", [8192]), (block + "post_attention_layernorm.weight", [8192]),
            ]);
        }

        tensors.AddRange([("model.norm.weight", [8192]), ("lm_head.weight", [32000, 8192])]);
        return tensors;
    }

    private static bool Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), """{"architectures": ["LlamaForCausalLM"], "num_attention_heads": 64, "num_key_value_heads": 8, "vocab_size": 32000, "tie_word_embeddings": false}""");
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (shard, tensors) in Tensors().Chunk((723 + Shards - 1) / Shards).Index())
        {
            var name = $"model-{shard + 1:D5}-of-{Shards:D5}.safetensors";
            var (header, end) = (new Dictionary<string, object>(StringComparer.Ordinal), 0L);
            foreach (var (tensor, shape) in tensors)
            {
                var begin = end;
                end += DType.BF16.Bits() / 8 * shape.Aggregate(1L, (product, size) => product * size);
                header[tensor] = new { dtype = "BF16", shape, data_offsets = new[] { begin, end } };
                map[tensor] = name;
            }

            if (!WriteHoles(Path.Combine(folder, name), JsonSerializer.Serialize(header), end))
            {
                return false;
            }
        }

        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), JsonSerializer.Serialize(new { metadata = new { total_size = 0 }, weight_map = map }));
        return true;
    }

    private static bool WriteHoles(string path, string header, long bytes)
    {
        try
        {
            using var file = File.Create(path);
            var text = Encoding.UTF8.GetBytes(header);
            var length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
            file.Write(length);
            file.Write(text);
            file.SetLength(file.Length + bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
