using Eigenscope.Models;
using Eigenscope.Tests.Models.Numpy;
using Xunit;

namespace Eigenscope.Tests.Models.Gguf;

public sealed class GgufPartsTests : IDisposable
{
    private static readonly string[] Names = ["m-00001-of-00003.gguf", "m-00002-of-00003.gguf", "m-00003-of-00003.gguf"];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Parts => [.. Names, ""];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Any_part_or_the_folder_gives_the_whole(string name)
    {
        Write();
        using var model = Model.Open(Path.Combine(folder.Path, name));
        Assert.Equal(["a.weight", "b.weight", "c.weight"], model.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(("gguf", "llama"), (model.Format, model.Architecture));
        Assert.Equal(Names.Sum(part => new FileInfo(Path.Combine(folder.Path, part)).Length), model.Bytes);
        Assert.All(model.Tensors, tensor => Assert.Equal([0, 1, 2, 3], StoredValues.Of(tensor)));
    }

    [Fact]
    public void A_folder_behind_a_link_gives_the_whole()
    {
        Write();
        using var other = new TemporaryFolder();
        var link = Path.Combine(other.Path, "link");
        Directory.CreateSymbolicLink(link, folder.Path);
        using var model = Model.Open(link);
        Assert.Equal(3, model.Tensors.Count);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_missing_part_is_named(string name)
    {
        Write();
        foreach (var missing in Names.Where(part => part != name))
        {
            var kept = File.ReadAllBytes(Path.Combine(folder.Path, missing));
            File.Delete(Path.Combine(folder.Path, missing));
            var error = Refused(name);
            Assert.Equal(ModelFault.Missing, error.Fault);
            Assert.Contains($"and '{missing}' is not beside it", error.Message, StringComparison.Ordinal);
            folder.Write(missing, kept);
        }
    }

    [Fact]
    public void A_tensor_in_two_parts_is_refused()
    {
        Write();
        folder.Write(Names[2], new GgufBytes().Part(2, 3, 3).Singles("a.weight", 2, 2).ToArray());
        Assert.Equal((ModelFault.Inconsistent, $"{Path.Combine(folder.Path, Names[0])}: {Names[0]} and {Names[2]} both hold 'a.weight'"), Said(Names[0]));
    }

    [Fact]
    public void A_part_of_another_number_is_refused()
    {
        Write();
        folder.Write(Names[2], new GgufBytes().Part(1, 3, 3).Singles("c.weight", 2, 2).ToArray());
        Assert.Contains("named as part 3 of 3, and split.no and split.count say otherwise", Refused(Names[0]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_part_is_refused()
    {
        Write();
        folder.Write(Names[1], new GgufBytes().Singles("b.weight", 2, 2).ToArray());
        Assert.Contains("named as part 2 of 3", Refused(Names[0]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_tensors_is_refused()
    {
        Write();
        folder.Write(Names[0], new GgufBytes().Part(0, 3, 4).Singles("a.weight", 2, 2).ToArray());
        Assert.Contains("split.tensors.count is 4, and the parts hold 3", Refused(Names[0]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_under_another_name_is_refused()
    {
        folder.Write("model.gguf", new GgufBytes().Part(1, 3, 3).Singles("a.weight", 2, 2).ToArray());
        Assert.Contains("found only where its name ends with -00002-of-00003.gguf", Refused("model.gguf").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"architectures":["LlamaForCausalLM"]}""", "LlamaForCausalLM")]
    [InlineData("{}", "llama")]
    public void A_config_beside_the_file_goes_before_its_own_architecture(string config, string expected)
    {
        var file = folder.Write("model.gguf", new GgufBytes().Key("general.architecture", "llama").Singles("a", 2, 2).ToArray());
        folder.Write("config.json", config);
        foreach (var path in new[] { file, folder.Path })
        {
            using var model = Model.Open(path);
            Assert.Equal(expected, model.Architecture);
        }
    }

    [Fact]
    public void A_file_need_not_state_an_architecture()
    {
        using var model = Model.Open(folder.Write("model.bin", new GgufBytes().Singles("a", 2, 2).ToArray()));
        Assert.Equal(("gguf", null), (model.Format, model.Architecture));
    }

    public void Dispose() => folder.Dispose();

    private void Write()
    {
        folder.Write(Names[0], new GgufBytes().Key("general.architecture", "llama").Part(0, 3, 3).Singles("a.weight", 2, 2).ToArray());
        folder.Write(Names[1], new GgufBytes().Part(1, 3, 3).Singles("b.weight", 2, 2).ToArray());
        folder.Write(Names[2], new GgufBytes().Part(2, 3, 3).Singles("c.weight", 2, 2).ToArray());
    }

    private ModelFormatException Refused(string name) => Assert.Throws<ModelFormatException>(() => Model.Open(Path.Combine(folder.Path, name)));

    private (ModelFault Fault, string Message) Said(string name) => (Refused(name).Fault, Refused(name).Message);
}
