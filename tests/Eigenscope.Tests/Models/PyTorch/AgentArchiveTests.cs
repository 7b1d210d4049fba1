using Eigenscope.Models;
using Eigenscope.Models.PyTorch;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

/// <summary>Zip archives of PyTorch files, as Stable-Baselines3 writes them.</summary>
public sealed class AgentArchiveTests
{
    private static readonly byte[] Policy = TorchBytes.Archive(Dict("actor.weight"));
    private static readonly byte[] Nothing = TorchBytes.Archive(new PickleWriter().Protocol().Op(PickleOpcode.None).End());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_the_policy_and_leaves_optimizers_out(bool deflated)
    {
        var tensor = Assert.Single(Read(Agent(deflated)));
        Assert.Equal(("actor.weight", "agent.zip!policy.pth"), (tensor.Name, tensor.Bytes.Path));
        Assert.Equal([1, 2, 3], StoredValues.Of(tensor));
    }

    [Fact]
    public void Is_taken_for_no_NumPy_archive()
    {
        using var file = new MemoryBytes(Agent(deflated: false), "agent.zip");
        Assert.IsType<PyTorchZipFormat>(ModelFormats.Of(file));
    }

    [Fact]
    public void Reads_members_of_the_older_layout()
    {
        var old = LegacyBytes.Of(new PickleWriter().Protocol().Dict(("log_ent_coef", w => w.Row())));
        Assert.Equal(["log_ent_coef", "actor.weight"], Read(ZipBytes.Of([("pytorch_variables.pth", old), ("policy.pth", Policy)])).Select(tensor => tensor.Name));
    }

    [Fact]
    public void Puts_the_member_before_names_that_two_members_share()
    {
        var tensors = Read(ZipBytes.Of([("policy.pth", Policy), ("target.pth", Policy)]));
        Assert.Equal(["policy.actor.weight", "target.actor.weight"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([1, 2, 3], StoredValues.Of(tensors[1]));
    }

    [Fact]
    public void Names_the_member_that_is_bad()
    {
        Refuses(ModelFault.Unsafe, "agent.zip!policy.pth", TorchBytes.Archive(new PickleWriter().CallWith("os", "system", "true").End()));
        Refuses(ModelFault.UnknownFormat, "agent.zip!policy.pth", [1, 2, 3]);
        Refuses(ModelFault.UnknownFormat, "agent.zip!policy.pth", ZipBytes.Of([("policy.pth", Policy)]));
        Refuses(ModelFault.NoWeights, "agent.zip", Nothing);
    }

    [Fact]
    public void Bounds_what_is_inflated_over_all_members()
    {
        var zip = ZipBytes.Of([("a.pth", new byte[1 << 20]), ("b.pth", new byte[1 << 20])], deflated: true);
        var huge = BitConverter.GetBytes(1 << 28);
        foreach (var at in new[] { 22, ZipBytes.Central(zip) + 24 })
        {
            zip = zip.With(at, huge);
        }

        Assert.Equal(ModelFault.TooLarge, Assert.Throws<ModelFormatException>(() => Read(zip)).Fault);
    }

    /// <summary>An agent with the members that Stable-Baselines3 writes.</summary>
    internal static byte[] Agent(bool deflated) => ZipBytes.Of(
        [
            ("data", "{\"policy_class\": {\":serialized:\": \"gASV\"}}"u8.ToArray()),
            ("pytorch_variables.pth", Nothing),
            ("policy.pth", Policy),
            ("policy.optimizer.pth", TorchBytes.Archive(Dict("exp_avg"))),
            ("_stable_baselines3_version", "2.0.0"u8.ToArray()),
        ],
        deflated);

    private static byte[] Dict(string name) => new PickleWriter().Protocol().Dict((name, w => w.Row())).End();

    private static void Refuses(ModelFault fault, string path, byte[] policy)
    {
        var error = Assert.Throws<ModelFormatException>(() => Read(ZipBytes.Of([("policy.pth", policy)])));
        Assert.Equal((fault, path), (error.Fault, error.File));
    }

    private static IReadOnlyList<Tensor> Read(byte[] zip) => new PyTorchZipFormat().Read(new MemoryBytes(zip, "agent.zip"));
}
