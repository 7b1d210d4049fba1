using System.Diagnostics.CodeAnalysis;
using Eigenscope.Models;
using Eigenscope.Models.Hdf5;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Hdf5;

/// <summary>Spoils good files from fixed seeds, mostly where something is stored. Whatever comes of it is tensors or one kind of exception, in little memory.</summary>
public sealed class Hdf5MutationTests
{
    private const int Rounds = 1000;
    private const long MaxBytesPerRound = 64L << 20;

    public static TheoryData<string> Samples =>
    [
        Hdf5Samples.PlainEarliest, Hdf5Samples.PlainLatest, Hdf5Samples.ChunksEarliest, Hdf5Samples.ChunksLatest, Hdf5Samples.ManyEarliest, Hdf5Samples.Ordered,
        Hdf5Samples.AttributesEarliest, Hdf5Samples.Continued, Hdf5Samples.Keras3,
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    [SuppressMessage("Security", "CA5394", Justification = "A repeatable sequence is wanted.")]
    public void Spoiled_files(string sample)
    {
        var good = Hdf5Samples.Open(sample);
        var used = Enumerable.Range(0, good.Length).Where(at => good[at] != 0).ToArray();
        var random = new Random(5);
        for (var (round, rounds) = (0, Mutations.Rounds(Rounds)); round < rounds; round++)
        {
            var spoiled = good.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(4) == 0 ? random.Next(good.Length) : used[random.Next(used.Length)];
                Spoil(random, spoiled.AsSpan(at));
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            ReadAll(random.Next(20) == 0 ? spoiled[..random.Next(spoiled.Length)] : spoiled);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytesPerRound);
        }
    }

    /// <summary>Another byte, one more or less, or a whole field of ones or zeros.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "A repeatable sequence is wanted.")]
    private static void Spoil(Random random, Span<byte> from)
    {
        switch (random.Next(4))
        {
            case 0:
                from[0] = (byte)random.Next(256);
                break;
            case 1:
                from[0] += (byte)(random.Next(2) == 0 ? 1 : 255);
                break;
            case 2:
                from[..Math.Min(from.Length, 8)].Fill((byte)(random.Next(2) * 255));
                break;
            default:
                from[0] ^= (byte)(1 << random.Next(8));
                break;
        }
    }

    private static void ReadAll(byte[] bytes)
    {
        try
        {
            foreach (var tensor in new Hdf5Format().Read(new MemoryBytes(bytes, "spoiled")).Where(tensor => tensor.Count < 100))
            {
                StoredValues.Of(tensor);
            }
        }
        catch (ModelFormatException error)
        {
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }
}
