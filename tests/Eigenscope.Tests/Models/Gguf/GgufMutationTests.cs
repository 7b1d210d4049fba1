using System.Diagnostics.CodeAnalysis;
using Eigenscope.Models;
using Eigenscope.Models.Gguf;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Gguf;

/// <summary>Spoils a good file at random places, from fixed seeds. Whatever comes of it is tensors or one kind of exception, in little memory.</summary>
[SuppressMessage("Security", "CA5394", Justification = "A repeatable sequence is wanted.")]
public sealed class GgufMutationTests
{
    private const int Rounds = 4000;
    private const long MaxBytesPerRound = 4L << 20;

    private static readonly byte[] Good = new GgufBytes()
        .Key("general.architecture", "llama")
        .Key("general.alignment", 32u)
        .Array("tokens", GgufValueType.String, 3, [.. GgufBytes.Text("a"), .. GgufBytes.Text("bc"), .. GgufBytes.Text("")])
        .Array("scores", GgufValueType.Float32, 3, new byte[12])
        .Key("split.count", (ushort)1)
        .Singles("token_embd.weight", 3, 4)
        .Tensor("blk.0.attn_q.weight", 12, [256, 2], new byte[288])
        .Tensor("blk.0.attn_k.weight", 8, [32, 2], new byte[68])
        .Tensor("blk.0.attn_v.weight", 17, [256, 1], new byte[74])
        .ToArray();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Spoiled_bytes(int seed) => Each(seed, (random, bytes) =>
    {
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)(random.Next(2) * 255) : (byte)random.Next(256);
        }

        return bytes;
    });

    /// <summary>Writes numbers at which arithmetic goes wrong over any eight bytes, so over every length, count, axis and offset.</summary>
    [Fact]
    public void Spoiled_lengths() => Each(3, (random, bytes) =>
    {
        var value = random.Next(4) switch { 0 => 1L << random.Next(64), 1 => (1L << random.Next(64)) - 1, 2 => -random.Next(1, 40), _ => random.Next(bytes.Length) };
        BitConverter.TryWriteBytes(bytes.AsSpan(random.Next(bytes.Length - 8)), value);
        return bytes;
    });

    [Fact]
    public void Cut_and_spoiled() => Each(4, (random, bytes) =>
    {
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes[..random.Next(bytes.Length)];
    });

    private static void Each(int seed, Func<Random, byte[], byte[]> spoil)
    {
        var random = new Random(seed);
        for (var (round, rounds) = (0, Mutations.Rounds(Rounds)); round < rounds; round++)
        {
            var spoiled = spoil(random, [.. Good]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            ReadAll(new MemoryBytes(spoiled, "spoiled"));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytesPerRound);
        }
    }

    private static void ReadAll(MemoryBytes file)
    {
        try
        {
            foreach (var tensor in new GgufFormat().Read(file).Where(tensor => tensor.Count < 1000))
            {
                Values(tensor);
            }
        }
        catch (ModelFormatException error)
        {
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }

    private static void Values(Tensor tensor)
    {
        if (tensor.Quantization is { Refusal: null } quantization)
        {
            quantization.Read(tensor, 0, new double[tensor.Count]);
        }
        else if (tensor.Quantization is null)
        {
            StoredValues.Of(tensor);
        }
    }
}
