namespace Eigenscope.EndToEnd;

/// <summary>Checkpoints of a small training: two matrices and a bias, noise and a direction that grows.</summary>
internal static class Checkpoints
{
    private const int Rows = 48;
    private const int Columns = 32;

    /// <summary>The bytes of a checkpoint.</summary>
    public static byte[] Bytes(int step, int seed = 1) =>
        SafeTensors.Of(("a.weight", [Rows, Columns], Weights(step, seed)), ("b.weight", [Rows, Columns], Weights(0, seed + 1)), ("a.bias", [Rows], new float[Rows]));

    /// <summary>Writes a checkpoint at once, as a folder, and gives its weight file.</summary>
    public static string Write(string run, int step, int seed = 1)
    {
        var file = FileOf(run, step);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, Bytes(step, seed));
        return file;
    }

    /// <summary>Where the weight file of a checkpoint lies.</summary>
    public static string FileOf(string run, int step) => Path.Combine(run, $"checkpoint-{step}", "model.safetensors");

    private static float[] Weights(int step, int seed)
    {
        var values = RandomWeights.Uniform((Rows * Columns) + Rows + Columns, seed);
        return [.. Enumerable.Range(0, Rows * Columns).Select(i => values[i] + (0.01f * step * values[(Rows * Columns) + (i / Columns)] * values[(Rows * Columns) + Rows + (i % Columns)]))];
    }
}
