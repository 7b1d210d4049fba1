using System.Security.Cryptography;
using System.Text;
using Eigenscope.Models;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.SafeTensors;
using Xunit;

namespace Eigenscope.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private static readonly byte[] A = SafeTensorsBytes.Of(("a", [2], [1, 2]));
    private static readonly byte[] B = SafeTensorsBytes.Of(("b", [1], [3]));

    private readonly TemporaryFolder folder = new();

    /// <summary>Index texts that are refused: the kind of fault, and what the message must say.</summary>
    public static TheoryData<string, ModelFault, string> BadIndices => new()
    {
        { "", ModelFault.Truncated, "empty" },
        { " ", ModelFault.BadHeader, "not a shard index" },
        { "[]", ModelFault.BadHeader, "not a shard index" },
        { "{}", ModelFault.BadHeader, "not a shard index" },
        { """{"weight_map":[]}""", ModelFault.BadHeader, "not a shard index" },
        { """{"weight_map":{"a":1}}""", ModelFault.BadHeader, "not a shard index" },
        { """{"weight_map":{"a":"1.safetensors","a":"2.safetensors"}}""", ModelFault.BadHeader, "not a shard index" },
        { """{"weight_map":{}}""", ModelFault.NoWeights, "the index names no tensor" },
        { """{"weight_map":{"a":"../1.safetensors"}}""", ModelFault.Unsafe, "no plain file name" },
        { """{"weight_map":{"a":"/etc/passwd"}}""", ModelFault.Unsafe, "no plain file name" },
        { """{"weight_map":{"a":"x\\1.safetensors"}}""", ModelFault.Unsafe, "no plain file name" },
        { """{"weight_map":{"a":"c:1.safetensors"}}""", ModelFault.Unsafe, "no plain file name" },
        { """{"weight_map":{"a":"1.safetensors\u0000"}}""", ModelFault.Unsafe, "no plain file name" },
        { """{"weight_map":{"a":".."}}""", ModelFault.Unsafe, "no plain file name" },
        { """{"weight_map":{"a":""}}""", ModelFault.Unsafe, "no plain file name" },
        { """{"weight_map":{"a":null}}""", ModelFault.Unsafe, "no plain file name" },
        { """{"weight_map":{"a":"3.safetensors"}}""", ModelFault.Missing, "no such file" },
        { """{"weight_map":{"a":"2.safetensors","b":"2.safetensors"}}""", ModelFault.Inconsistent, "'a' should be in 2.safetensors and is in no shard" },
        { """{"weight_map":{"a":"2.safetensors","b":"1.safetensors"}}""", ModelFault.Inconsistent, "'a' should be in 2.safetensors and is in 1.safetensors" },
        { """{"weight_map":{"a":"1.safetensors","c":"1.safetensors"}}""", ModelFault.Inconsistent, "'c' should be in 1.safetensors and is in no shard" },
    };

    [Theory]
    [MemberData(nameof(BadIndices))]
    public void Refuses_bad_indices(string index, ModelFault fault, string fragment)
    {
        Shards();
        folder.Write("model.safetensors.index.json", index);
        var error = Refused();
        Assert.Equal(fault, error.Fault);
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_the_sample_that_points_outside()
    {
        folder.Write("model.safetensors.index.json", File.ReadAllBytes(SharedFiles.Path("reference", "formats", "samples", "index_traversal.json")));
        Assert.Equal(ModelFault.Unsafe, Refused().Fault);
    }

    [Theory]
    [InlineData("model.safetensors.index.json")]
    [InlineData("pytorch_model.bin.index.json")]
    public void Reads_what_an_index_names_and_nothing_else(string name)
    {
        Shards();
        folder.Write("model.safetensors", SafeTensorsBytes.Of(("other", [1], [9])));
        folder.Write(name, """{"metadata":{"total_size":12},"weight_map":{"b":"2.safetensors","a":"1.safetensors"}}""");
        Assert.Equal(["a", "b"], Names());
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("pytorch_model.bin")]
    [InlineData("adapter_model.safetensors")]
    [InlineData("consolidated.safetensors")]
    public void A_usual_name_goes_before_all_others(string name)
    {
        Shards();
        folder.Write(name, SafeTensorsBytes.Of(("usual", [1], [9])));
        Assert.Equal(["usual"], Names());
    }

    [Fact]
    public void Shards_without_an_index_are_read_in_ordinal_order()
    {
        folder.Write("part-10.safetensors", B);
        folder.Write("part-02.safetensors", A);
        folder.Write("README.md", "");
        folder.Write("x.npy", NpyBytes.Row("<f4", 1, 0, 0, 128, 63));
        Assert.Equal(["a", "b"], Names());
    }

    [Fact]
    public void Arrays_are_a_tensor_each()
    {
        folder.Write("w2.npy", NpyBytes.Row("<f4", 1, 0, 0, 128, 63));
        folder.Write("w1.npy", NpyBytes.Row("<f4", 1, 0, 0, 0, 64));
        Assert.Equal(["w1", "w2"], Names());
    }

    [Theory]
    [InlineData("training_args.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("Scheduler.safetensors")]
    [InlineData("rng_state_0.safetensors")]
    public void What_trainers_leave_is_no_weight_file(string companion)
    {
        folder.Write(companion, B);
        Assert.Equal(ModelFault.NoWeights, Refused().Fault);
        folder.Write("weights.safetensors", A);
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void Two_files_with_one_name_are_different_models()
    {
        folder.Write("one.safetensors", A);
        folder.Write("two.safetensors", A);
        var error = Refused();
        Assert.Equal(ModelFault.Inconsistent, error.Fault);
        Assert.Contains("one.safetensors and two.safetensors both hold 'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_there_is_nothing_to_read()
    {
        Assert.Contains("the folder is empty", Refused().Message, StringComparison.Ordinal);
        folder.Write("README.md", "text");
        Assert.Contains("holds no weight file (.safetensors", Refused().Message, StringComparison.Ordinal);
        Assert.Equal(ModelFault.Missing, Assert.Throws<ModelFormatException>(() => Model.Open(Path.Combine(folder.Path, "none"))).Fault);
        Assert.Equal(ModelFault.UnknownFormat, Assert.Throws<ModelFormatException>(() => Model.Open(Path.Combine(folder.Path, "README.md"))).Fault);
    }

    [Theory]
    [InlineData("""{"architectures":["GPT2LMHeadModel","Other"],"model_type":"gpt2"}""", "GPT2LMHeadModel")]
    [InlineData("""{"architectures":[],"model_type":"gpt2"}""", "gpt2")]
    [InlineData("""{"architectures":null,"model_type":"gpt2"}""", "gpt2")]
    [InlineData("""{"architectures":[1],"model_type":2}""", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    [InlineData("{", null)]
    public void Takes_the_architecture_from_the_configuration_beside_the_weights(string config, string? architecture)
    {
        var file = folder.Write("model.safetensors", A);
        folder.Write("config.json", config);
        using Model whole = Model.Open(folder.Path), single = Model.Open(file);
        Assert.Equal((architecture, architecture), (whole.Architecture, single.Architecture));
    }

    [Fact]
    public void Knows_sizes_and_fingerprint()
    {
        Shards();
        using var model = Model.Open(folder.Path);
        Assert.Equal((3, A.Length + B.Length, "safetensors", folder.Path), (model.Parameters, model.Bytes, model.Format, model.Path));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("a F32 2\nb F32 1\n"))), model.Fingerprint);
    }

    [Fact]
    public void The_fingerprint_is_that_of_the_structure_alone()
    {
        Tensor x = MemoryTensor.F32("x", [2], 1, 2), y = MemoryTensor.F32("y", [1, 2], 3, 4);
        var fingerprint = MemoryTensor.Model(null, x, y).Fingerprint;
        Assert.Equal(fingerprint, MemoryTensor.Model("other", y, MemoryTensor.F32("x", [2], 7, 8)).Fingerprint);
        Assert.NotEqual(fingerprint, MemoryTensor.Model(null, x, MemoryTensor.F32("y", [2, 1], 3, 4)).Fingerprint);
        Assert.NotEqual(fingerprint, MemoryTensor.Model(null, x, MemoryTensor.F64("y", [1, 2], 3, 4)).Fingerprint);
    }

    public void Dispose() => folder.Dispose();

    private void Shards()
    {
        folder.Write("1.safetensors", A);
        folder.Write("2.safetensors", B);
    }

    private List<string> Names()
    {
        using var model = Model.Open(folder.Path);
        return [.. model.Tensors.Select(tensor => tensor.Name)];
    }

    private ModelFormatException Refused() => Assert.Throws<ModelFormatException>(() => Model.Open(folder.Path));
}
