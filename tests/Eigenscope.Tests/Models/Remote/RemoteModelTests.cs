using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.Remote;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Models.Remote;

/// <summary>Models of a hub on this machine.</summary>
public sealed class RemoteModelTests : IDisposable
{
    private const int Blocks = 12;
    private const int Rows = 300;
    private const int Columns = 200;
    private const string Token = "hf_secret";
    private const string Wanted = "model.layers.7.mlp.up_proj.weight";

    private readonly HubServer hub = new();

    public RemoteModelTests()
    {
        hub.Files["config.json"] = Encoding.UTF8.GetBytes("""{"architectures": ["LlamaForCausalLM"]}""");
        hub.Files["README.md"] = [1];
        hub.Files["model-00001-of-00002.safetensors"] = Shard(0, Blocks / 2);
        hub.Files["model-00002-of-00002.safetensors"] = Shard(Blocks / 2, Blocks);
        hub.Files["model.safetensors.index.json"] = JsonSerializer.SerializeToUtf8Bytes(new
        {
            weight_map = Enumerable.Range(0, Blocks).ToDictionary(Name, block => $"model-0000{(block < Blocks / 2 ? 1 : 2)}-of-00002.safetensors"),
        });
    }

    private RemoteOptions Options => new() { Hub = hub.Address, Token = Token, Delay = TimeSpan.FromMilliseconds(1), Timeout = TimeSpan.FromSeconds(20) };

    [Fact]
    public void One_layer_costs_the_headers_and_that_layer()
    {
        using var model = Model.Open("hf://org/model", Options);
        var headers = hub.Sent;
        Assert.Equal((Blocks, "LlamaForCausalLM", "safetensors"), (model.Tensors.Count, model.Architecture, model.Format));
        Assert.Equal(hub.Files.Where(file => file.Key.EndsWith(".safetensors", StringComparison.Ordinal)).Sum(file => file.Value.LongLength), model.Bytes);
        Assert.InRange(headers, 1, 5 * RemoteBytes.Block);
        var analysis = Analyze(model);
        Assert.Equal(1, analysis.Summary.Analyzed);
        Assert.InRange(hub.Sent - headers, (Rows * Columns * sizeof(float)) - RemoteBytes.Block, (Rows * Columns * sizeof(float)) + (2 * RemoteBytes.Block));
    }

    [Fact]
    public void The_numbers_are_those_of_the_files()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, bytes) in hub.Files)
        {
            folder.Write(name, bytes);
        }

        using Model there = Model.Open("hf://org/model@main", Options), here = Model.Open(folder.Path);
        Assert.Equal(Analyze(here).Layers.Single(row => row.Layer.Name == Wanted).Metrics, Analyze(there).Layers.Single(row => row.Layer.Name == Wanted).Metrics);
        Assert.Equal(here.Fingerprint, there.Fingerprint);
    }

    /// <summary>The token goes to the hub, never to the host that it sends us to.</summary>
    [Fact]
    public void The_token_stays_with_the_hub()
    {
        using var model = Model.Open("hf://org/model", Options);
        Analyze(model);
        Assert.Contains(hub.Seen, request => request.Path.StartsWith("/blob/", StringComparison.Ordinal));
        Assert.All(hub.Seen, request => Assert.Equal(request.Host.StartsWith("127.0.0.1", StringComparison.Ordinal) ? $"Bearer {Token}" : null, request.Token));
    }

    [Fact]
    public void One_file_by_its_name_or_its_address()
    {
        using Model named = Model.Open("hf://org/model/model-00002-of-00002.safetensors", Options), url = Model.Open($"{hub.Address}blob/model-00002-of-00002.safetensors", Options);
        Assert.Equal(Blocks / 2, named.Tensors.Count);
        Assert.Equal(named.Tensors.Select(tensor => tensor.Name), url.Tensors.Select(tensor => tensor.Name));
    }

    /// <summary>What passes: the connection drops in the middle of a part, the server is busy or broken, and it goes on from there.</summary>
    [Theory]
    [InlineData((int)HubServer.Fault.Dropped)]
    [InlineData((int)HubServer.Fault.Busy)]
    [InlineData((int)HubServer.Fault.ServerError)]
    public void Faults_that_pass_are_overcome(int fault)
    {
        hub.FaultOf = request => request % 2 == 1 ? (HubServer.Fault)fault : HubServer.Fault.None;
        using var model = Model.Open("hf://org/model", Options);
        using var folder = new TemporaryFolder();
        using var here = Model.Open(folder.Write("model.safetensors", hub.Files["model-00002-of-00002.safetensors"]));
        Assert.Equal(Analyze(here).Layers.Single(row => row.Layer.Name == Wanted).Metrics, Analyze(model).Layers.Single(row => row.Layer.Name == Wanted).Metrics);
    }

    [Theory]
    [InlineData((int)HubServer.Fault.Dropped, ModelFault.Unreadable, "reading failed 5 times")]
    [InlineData((int)HubServer.Fault.Busy, ModelFault.Unreadable, "the server is busy (429), after 5 attempts")]
    [InlineData((int)HubServer.Fault.ServerError, ModelFault.Unreadable, "the server is busy (503), after 5 attempts")]
    [InlineData((int)HubServer.Fault.Forbidden, ModelFault.Unreadable, "needs a token in HF_TOKEN")]
    [InlineData((int)HubServer.Fault.NoRanges, ModelFault.Unsupported, "does not serve parts of files")]
    [InlineData((int)HubServer.Fault.WrongRange, ModelFault.Inconsistent, "were asked for")]
    [InlineData((int)HubServer.Fault.Changed, ModelFault.Inconsistent, "changed while it was read")]
    [InlineData((int)HubServer.Fault.TooMuch, ModelFault.Inconsistent, "more than was asked for")]
    [InlineData((int)HubServer.Fault.Shorter, ModelFault.Inconsistent, "shorter than it was said to be")]
    public void Faults_that_stay_are_one_clear_error(int fault, ModelFault expected, string text)
    {
        hub.FaultOf = request => request > 0 ? (HubServer.Fault)fault : HubServer.Fault.None;
        var error = Assert.Throws<ModelFormatException>(() => Model.Open("hf://org/model", Options));
        Assert.Equal(expected, error.Fault);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A length that no file has, and a way that leaves the web.</summary>
    [Theory]
    [InlineData((int)HubServer.Fault.Endless, ModelFault.TooLarge)]
    [InlineData((int)HubServer.Fault.Elsewhere, ModelFault.Unsafe)]
    public void Hostile_answers_are_refused(int fault, ModelFault expected)
    {
        hub.FaultOf = _ => (HubServer.Fault)fault;
        Assert.Equal(expected, Assert.Throws<ModelFormatException>(() => Model.Open("hf://org/model", Options)).Fault);
    }

    [Theory]
    [InlineData("hf://org/other")]
    [InlineData("hf://org/model@v9")]
    [InlineData("hf://org/model/none.safetensors")]
    public void What_is_not_there_is_missing(string address) => Assert.Equal(ModelFault.Missing, Assert.Throws<ModelFormatException>(() => Model.Open(address, Options)).Fault);

    [Theory]
    [InlineData("hf://")]
    [InlineData("hf://org")]
    [InlineData("hf://org/")]
    [InlineData("hf://../model")]
    [InlineData("hf://org/model@")]
    [InlineData("hf://org/model@a b")]
    [InlineData("hf://org/model/../../secret")]
    [InlineData("https://user:password@host/model.safetensors")]
    [InlineData("https://")]
    public void Other_addresses_are_refused(string address) => Assert.Equal(ModelFault.Missing, Assert.Throws<ModelFormatException>(() => Model.Open(address, Options)).Fault);

    public void Dispose() => hub.Dispose();

    private static ModelAnalysis Analyze(Model model) => ModelAnalysis.Of(model, new AnalysisOptions { Threads = 2, Filter = new LayerFilter([Wanted], [], []) }, null, CancellationToken.None);

    private static string Name(int block) => $"model.layers.{block}.mlp.up_proj.weight";

    private static byte[] Shard(int first, int end)
    {
        const int Length = Rows * Columns * sizeof(float);
        var header = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(first, end - first).ToDictionary(Name, block => new { dtype = "F32", shape = new[] { Rows, Columns }, data_offsets = new[] { (block - first) * Length, (block - first + 1) * Length } }));
        var weights = Enumerable.Range(first, end - first).SelectMany(block => MemoryMarshal.AsBytes<float>(Array.ConvertAll(new Draws(block + 1).Normals(Rows * Columns), x => (float)x)).ToArray());
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. weights];
    }
}
