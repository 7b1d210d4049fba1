using System.Buffers.Binary;
using System.Text.Json;

namespace Eigenscope.EndToEnd.Page;

/// <summary>Three models that are samples/tiny-gpt and a change drawn from a seed each, two of them alike, and a recipe that merges them. Normalisation weights are as in the base.</summary>
internal static class MadeMerge
{
    private const int Rank = 4;

    private static readonly string[] Names = ["tiny-gpt-code", "tiny-gpt-chat", "tiny-gpt-verse"];

    /// <summary>Writes the models and the recipe into a folder.</summary>
    /// <returns>The path of the recipe.</returns>
    public static string Write(TemporaryFolder folder)
    {
        var tensors = Read(Path.Combine(Repository.TinyGpt, "model.safetensors"));
        foreach (var (model, name) in Names.Index())
        {
            var path = folder.MakeFolder(name);
            File.Copy(Path.Combine(Repository.TinyGpt, "config.json"), Path.Combine(path, "config.json"));
            File.WriteAllBytes(Path.Combine(path, "model.safetensors"), SafeTensors.Of([.. tensors.Select((tensor, place) => (tensor.Name, tensor.Shape, Changed(tensor.Name, tensor.Weights, tensor.Shape[^1], place, model)))]));
        }

        var recipe = folder["recipe.yml"];
        File.WriteAllText(recipe, $"# Three tasks on one base.\nmerge_method: spectral_aware\nbase_model: {Repository.TinyGpt}\nmodels:\n{string.Concat(Names.Select(name => $"  - model: {folder[name]}\n    parameters: {{weight: 1}}\n"))}out_dtype: bfloat16\n");
        return recipe;
    }

    /// <summary>The tensors of a file of halves.</summary>
    private static List<(string Name, int[] Shape, double[] Weights)> Read(string path)
    {
        var content = File.ReadAllBytes(path);
        var start = sizeof(ulong) + (int)BinaryPrimitives.ReadUInt64LittleEndian(content);
        var header = JsonElement.Parse(content.AsSpan(sizeof(ulong)..start));
        return [.. header.EnumerateObject().Where(entry => entry.Name != "__metadata__").Select(entry =>
        {
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            var first = start + entry.Value.GetProperty("data_offsets")[0].GetInt32();
            return (entry.Name, shape, Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(i => (double)BinaryPrimitives.ReadHalfLittleEndian(content.AsSpan(first + (2 * i)))).ToArray());
        })];
    }

    /// <summary>Weights with a change of low rank and noise, larger in later blocks; the directions are those of the last model alone, or of both others.</summary>
    private static float[] Changed(string name, double[] weights, int columns, int place, int model)
    {
        if (name.Contains(".ln_"))
        {
            return [.. weights.Select(weight => (float)weight)];
        }

        var (random, directions) = (new Random((100 * place) + model), new Random((100 * place) + (model == 2 ? 51 : 50)));
        var block = name.Contains(".h.") ? name[name.IndexOf(".h.", StringComparison.Ordinal) + 3] - '0' : 0;
        var size = (0.004 + (0.012 * block) + (0.008 * model)) * (name.Contains("mlp") ? 1.5 : 1) * Math.Sqrt(weights.Sum(weight => weight * weight) / weights.Length);
        var (left, right) = (Factors(directions, weights.Length / columns), Factors(directions, columns));
        return [.. weights.Select((weight, i) => (float)(weight + (size * ((1.5 * Enumerable.Range(0, Rank).Sum(r => left[r][i / columns] * right[r][i % columns])) + (0.1 * ((2 * random.NextDouble()) - 1))))))];
    }

    private static double[][] Factors(Random random, int length) => [.. Enumerable.Range(0, Rank).Select(_ => Enumerable.Range(0, length).Select(_ => (2 * random.NextDouble()) - 1).ToArray())];
}
