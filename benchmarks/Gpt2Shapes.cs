using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Eigenscope.Benchmarks;

/// <summary>A safetensors file with the 48 weight matrices of GPT-2 small, filled with seeded Gaussian noise: 85 million F32 weights, 340 MB.</summary>
internal static class Gpt2Shapes
{
    private const int Blocks = 12;

    private static readonly (string Name, int Rows, int Columns)[] Shapes =
        [("attn.c_attn", 768, 2304), ("attn.c_proj", 768, 768), ("mlp.c_fc", 768, 3072), ("mlp.c_proj", 3072, 768)];

    /// <summary>Writes the file into a folder, unless it is there, and returns its path.</summary>
    public static string Write(string folder)
    {
        var path = Path.Combine(folder, "eigenscope-gpt2-shapes.safetensors");
        var tensors = Enumerable.Range(0, Blocks).SelectMany(block => Shapes.Select(shape => (Name: $"h.{block}.{shape.Name}.weight", shape.Rows, shape.Columns))).ToList();
        var header = Header(tensors);
        var length = sizeof(ulong) + header.Length + (4L * tensors.Sum(tensor => (long)tensor.Rows * tensor.Columns));
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
        tensors.ForEach(tensor => file.Write(MemoryMarshal.AsBytes<float>(Noise(random, tensor.Rows * tensor.Columns))));
        return path;
    }

    private static byte[] Header(List<(string Name, int Rows, int Columns)> tensors)
    {
        var (entries, offset) = (new Dictionary<string, object>(), 0L);
        foreach (var (name, rows, columns) in tensors)
        {
            var end = offset + (4L * rows * columns);
            entries.Add(name, new { dtype = "F32", shape = new[] { rows, columns }, data_offsets = new[] { offset, end } });
            offset = end;
        }

        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entries));
    }

    /// <summary>Gaussian values of standard deviation 0.02, an even number of them, by Box and Muller (1958).</summary>
    public static float[] Noise(Random random, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i += 2)
        {
            var (radius, angle) = (0.02 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), 2 * Math.PI * random.NextDouble());
            (values[i], values[i + 1]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
        }

        return values;
    }
}
