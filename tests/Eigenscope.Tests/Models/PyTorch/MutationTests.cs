using System.Diagnostics.CodeAnalysis;
using Eigenscope.Models;
using Eigenscope.Models.Flax;
using Eigenscope.Models.Numpy;
using Eigenscope.Models.PyTorch;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Tests.Models.Flax;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

/// <summary>Spoils good files at random places, from fixed seeds. Whatever comes of it is tensors or one kind of exception, in little memory.</summary>
public sealed class MutationTests
{
    private const int Rounds = 1500;
    private const long MaxBytesPerRound = 64L << 20;

    [Theory]
    [InlineData("torch_zip.pt")]
    [InlineData("torch_deflated.pt")]
    [InlineData("torch_nested.pt")]
    public void Spoiled_PyTorch_files(string name) => Spoil(new PyTorchZipFormat(), Sample(name), seed: 1);

    [Fact]
    public void Spoiled_old_PyTorch_files() => Spoil(new PyTorchLegacyFormat(), Sample("torch_legacy_1001.pt"), seed: 5);

    [Fact]
    public void Spoiled_agents() => Spoil(new PyTorchZipFormat(), AgentArchiveTests.Agent(deflated: false), seed: 6);

    [Fact]
    public void Spoiled_Flax_files()
    {
        Spoil(new FlaxFormat(), FlaxBytes.Small, seed: 7);
        Spoil(new FlaxFormat(), FlaxBytes.Chunked(), seed: 8);
    }

    [Theory]
    [InlineData("st_min.safetensors")]
    [InlineData("st_meta.safetensors")]
    [InlineData("st_bf16.safetensors")]
    [InlineData("st_zero_dim.safetensors")]
    public void Spoiled_safetensors_files(string name) => Spoil(new SafeTensorsFormat(), Sample(name), seed: 9);

    [Fact]
    public void Spoiled_npz_files() => Spoil(new NpzFormat(), Sample("torch_expected.npz"), seed: 2);

    [Theory]
    [InlineData("npy_fortran.npy")]
    [InlineData("npy_v3.npy")]
    public void Spoiled_npy_files(string name) => Spoil(new NpyFormat(), Sample(name), seed: 3);

    [Fact]
    public void Spoiled_pickles()
    {
        var pickle = new PickleWriter().Protocol().Dict(
            ("state_dict", w => w.Dict(("a", v => v.Row()), ("b", v => v.Op(PickleOpcode.EmptyList).Row().Op(PickleOpcode.Append)))),
            ("config", w => w.CallWith("mylib", "Config", "x").Dict(("lr", v => v.Number(1))).Op(PickleOpcode.Build))).End();
        Each(pickle, seed: 4, spoiled => ReadAll(new PyTorchZipFormat(), TorchBytes.Archive(spoiled)));
    }

    private static void Spoil(IModelFormat format, byte[] good, int seed) => Each(good, seed, spoiled => ReadAll(format, spoiled));

    [SuppressMessage("Security", "CA5394", Justification = "A repeatable sequence is wanted.")]
    private static void Each(byte[] good, int seed, Action<byte[]> read)
    {
        var random = new Random(seed);
        for (var (round, rounds) = (0, Mutations.Rounds(Rounds)); round < rounds; round++)
        {
            var spoiled = good.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                spoiled[random.Next(spoiled.Length)] = random.Next(3) == 0 ? (byte)(random.Next(2) * 255) : (byte)random.Next(256);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            read(spoiled);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytesPerRound);
        }
    }

    private static void ReadAll(IModelFormat format, byte[] bytes)
    {
        try
        {
            foreach (var tensor in format.Read(new MemoryBytes(bytes, "spoiled")).Where(tensor => tensor.Count < 1000))
            {
                StoredValues.Of(tensor);
            }
        }
        catch (ModelFormatException error)
        {
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }

    private static byte[] Sample(string name) => File.ReadAllBytes(SharedFiles.Path("reference", "formats", "samples", name));
}
