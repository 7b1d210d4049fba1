using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Eigenscope.Benchmarks;

/// <summary>A safetensors file of Gaussian noise, standard deviation 0.02, the same in every run.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="DType">F32 or BF16.</param>
/// <param name="Tensors">Its matrices.</param>
internal sealed record SyntheticModel(string Name, string DType, IReadOnlyList<SyntheticModel.Tensor> Tensors)
{
    private const int Blocks = 12;
    private const int Chunk = 1 << 20;

    private static readonly (string Name, int Rows, int Columns)[] Gpt2 =
        [("c_attn", 768, 2304), ("attn.c_proj", 768, 768), ("c_fc", 768, 3072), ("mlp.c_proj", 3072, 768)];

    /// <summary>One matrix.</summary>
    internal readonly record struct Tensor(string Name, int Rows, int Columns)
    {
        public long Count => (long)Rows * Columns;
    }

    private int Width => DType == "F32" ? sizeof(float) : sizeof(ushort);

    /// <summary>
    /// The 48 weight matrices of GPT-2 small, 85 million F32 weights, 340 MB; under GPT-2's names, which say that c_attn holds query, key and value, or under names that say
    /// nothing, so that there are 48 spectra and no more.
    /// </summary>
    public static SyntheticModel Gpt2Small(bool named) => new(
        named ? "eigenscope-gpt2-named.safetensors" : "eigenscope-gpt2-shapes.safetensors",
        "F32",
        [.. Enumerable.Range(0, Blocks).SelectMany(block => Gpt2.Select((shape, i) => new Tensor(
            named ? $"h.{block}.{(i == 0 ? "attn." : i == 2 ? "mlp." : "")}{shape.Name}.weight" : $"block{block}.matrix{i}",
            shape.Rows,
            shape.Columns)))]);

    /// <summary>One matrix.</summary>
    public static SyntheticModel Of(int rows, int columns, string dtype) =>
        new($"eigenscope-{rows}x{columns}-{dtype}.safetensors", dtype, [new Tensor("matrix", rows, columns)]);

    /// <summary>Writes the file into a folder, unless it is there, and returns its path.</summary>
    public string Write(string folder)
    {
        var (path, header) = (Path.Combine(folder, Name), Header());
        var length = sizeof(ulong) + header.Length + (Width * Tensors.Sum(tensor => tensor.Count));
        if (File.Exists(path) && new FileInfo(path).Length == length)
        {
            return path;
        }

        using var file = File.Create(path);
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        file.Write(prefix);
        file.Write(header);
        var random = new Random(1);
        for (var left = Tensors.Sum(tensor => tensor.Count); left > 0; left -= Chunk)
        {
            file.Write(Bytes(Noise(random, (int)Math.Min(left, Chunk))));
        }

        return path;
    }

    /// <summary>Gaussian values of standard deviation 0.02, by Box and Muller (1958).</summary>
    public static float[] Noise(Random random, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i += 2)
        {
            var (radius, angle) = (0.02 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), 2 * Math.PI * random.NextDouble());
            values[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < count)
            {
                values[i + 1] = (float)(radius * Math.Sin(angle));
            }
        }

        return values;
    }

    private byte[] Bytes(float[] values)
    {
        if (DType == "F32")
        {
            return MemoryMarshal.AsBytes<float>(values).ToArray();
        }

        var halves = Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
        return MemoryMarshal.AsBytes<ushort>(halves).ToArray();
    }

    private byte[] Header()
    {
        var (entries, offset) = (new Dictionary<string, object>(), 0L);
        foreach (var tensor in Tensors)
        {
            var end = offset + (Width * tensor.Count);
            entries.Add(tensor.Name, new { dtype = DType, shape = new[] { tensor.Rows, tensor.Columns }, data_offsets = new[] { offset, end } });
            offset = end;
        }

        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entries));
    }
}
