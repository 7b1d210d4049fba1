using System.Buffers.Binary;
using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Transforms;

namespace Eigenscope.EndToEnd.Page;

/// <summary>
/// Three models that are samples/tiny-gpt and a change drawn from a seed each, the sum of half of every change on top of it as bfloat16, and the result of that merge, whose numbers are computed
/// here from their definitions.
/// </summary>
internal static class MadeMerge
{
    private const int Rank = 4;
    private const double Scale = 0.5;
    private const string Recipe = "merge_method: task_arithmetic\nbase_model: tiny-gpt\nmodels:\n  - model: tiny-gpt-code\n  - model: tiny-gpt-chat\n  - model: tiny-gpt-verse\nparameters:\n  weight: 0.5\ndtype: bfloat16\n";

    private static readonly string[] Names = ["tiny-gpt-code", "tiny-gpt-chat", "tiny-gpt-verse"];

    /// <summary>A tensor of the base and the changes of the models.</summary>
    private sealed record Source(string Name, int[] Shape, double[] Base, double[][] Changes)
    {
        public bool IsCopied => Name.Contains(".ln_");

        public bool IsMatrix => Shape.Length > 1;

        public double[] Change { get; } = [.. Base.Select((_, i) => Scale * Changes.Sum(change => change[i]))];

        public double[] Stored => [.. Base.Select((weight, i) => IsCopied ? weight : Brain(weight + Change[i]))];
    }

    /// <summary>Writes the models and the result into a folder.</summary>
    /// <returns>The path of the result.</returns>
    public static string Write(TemporaryFolder folder) => folder.Write("merge.json", MergeJson.Of(Result(folder)));

    /// <summary>Writes the models into a folder.</summary>
    /// <returns>The result of their merge.</returns>
    public static MergeResult Result(TemporaryFolder folder)
    {
        var sources = Read(Path.Combine(Repository.TinyGpt, "model.safetensors"));
        var models = Names.Select((name, k) => Write(folder, name, sources, source => [.. source.Base.Select((weight, i) => weight + source.Changes[k][i])])).ToList();
        using var reference = Model.Open(Repository.TinyGpt);
        using var merged = Model.Open(Write(folder, "merged", sources, source => source.Stored));
        var options = new AnalysisOptions { Threads = 1 };
        var (before, after) = (ModelAnalysis.Of(reference, options), ModelAnalysis.Of(merged, options));
        List<Model> all = [reference, .. models.Select(path => Model.Open(path))];
        all.ForEach(model => model.Dispose());
        return new MergeResult(new("task_arithmetic", Recipe, 0, RoundsAtRandom: false), all, 0, [.. sources.Select(Merged)], ["tiny-gpt-verse: the tokenizer differs from that of the base"])
        {
            Before = before,
            After = after,
        };
    }

    /// <summary>The tensors of a file of halves, each with changes of low rank and noise; those of later blocks are larger.</summary>
    private static List<Source> Read(string path)
    {
        var content = File.ReadAllBytes(path);
        var start = sizeof(ulong) + (int)BinaryPrimitives.ReadUInt64LittleEndian(content);
        var header = JsonElement.Parse(content.AsSpan(sizeof(ulong)..start));
        return [.. header.EnumerateObject().Where(entry => entry.Name != "__metadata__").Select((entry, place) =>
        {
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            var first = start + entry.Value.GetProperty("data_offsets")[0].GetInt32();
            double[] weights = [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(i => (double)BinaryPrimitives.ReadHalfLittleEndian(content.AsSpan(first + (2 * i))))];
            return new Source(entry.Name, shape, weights, [.. Names.Select((_, k) => Change(weights, shape, entry.Name, place, k))]);
        })];
    }

    private static double[] Change(double[] weights, int[] shape, string name, int place, int model)
    {
        var (random, shared, columns) = (new Random((100 * place) + model), new Random(place), shape[^1]);
        var block = name.Contains(".h.") ? name[name.IndexOf(".h.", StringComparison.Ordinal) + 3] - '0' : 0;
        var size = (0.004 + (0.012 * block) + (0.008 * model)) * (name.Contains("mlp") ? 1.5 : 1) * Math.Sqrt(weights.Sum(weight => weight * weight) / weights.Length);
        double[][] Factors(Random draws, int length) => [.. Enumerable.Range(0, Rank).Select(_ => Enumerable.Range(0, length).Select(_ => (2 * draws.NextDouble()) - 1).ToArray())];
        var (left, right) = (Factors(model == 2 ? random : shared, weights.Length / columns), Factors(model == 2 ? random : shared, columns));
        return [.. weights.Select((_, i) => size * ((Enumerable.Range(0, Rank).Sum(r => left[r][i / columns] * right[r][i % columns]) * 1.5) + (0.8 * ((2 * random.NextDouble()) - 1))))];
    }

    private static MergedTensor Merged(Source source)
    {
        IReadOnlyList<long> shape = [.. source.Shape.Select(size => (long)size)];
        if (source.IsCopied)
        {
            return new(source.Name, "F16", shape, "copy", "copied", null, null, [new(0, new Dictionary<string, double?>())], [], new Dictionary<string, double?>(), [], "");
        }

        var (weight, change) = (Norm(source.Base), Norm(source.Change));
        double[] made = [.. source.Base.Zip(source.Change, (a, b) => a + b)];
        var lost = Norm([.. made.Zip(source.Stored, (a, b) => a - b)]);
        var values = new Dictionary<string, double?>
        {
            ["base_norm"] = weight,
            ["merged_norm"] = Norm(made),
            ["change_norm"] = change,
            ["relative_change"] = weight > 0 ? change / weight : null,
            ["average_change_norm"] = change / Scale / Names.Length,
            ["sign_conflicts"] = (double)source.Base.Index().Count(at => source.Changes.Any(one => one[at.Index] > 0) && source.Changes.Any(one => one[at.Index] < 0)) / source.Base.Length,
            ["rounding_error"] = Norm(made) > 0 ? lost / Norm(made) : null,
            ["rounding_loss"] = change > 0 ? lost / change : null,
        };
        var loss = lost / change;
        return new(
            source.Name, "BF16", shape, "task_arithmetic", source.IsMatrix ? "sum_of_changes" : "weighted_average", source.IsMatrix ? null : "a vector has no singular values", null,
            [new(0, new Dictionary<string, double?>()), .. source.Changes.Select((one, k) => new MergedInput(k + 1, Values(source, one)))],
            [Cosine(source.Changes[0], source.Changes[1]), Cosine(source.Changes[0], source.Changes[2]), Cosine(source.Changes[1], source.Changes[2])],
            values, loss > 0.1 ? [FormattableString.Invariant($"rounding to BF16 loses {loss:P0} of the merged change; out_dtype: float32 or --rounding stochastic keeps it")] : [], "");
    }

    private static Dictionary<string, double?> Values(Source source, double[] change) => new()
    {
        ["change_norm"] = Norm(change),
        ["relative_change"] = Norm(source.Base) > 0 ? Norm(change) / Norm(source.Base) : null,
        ["cosine_to_merged"] = Cosine(change, source.Change),
        ["weight"] = Scale,
    };

    private static double? Cosine(double[] a, double[] b) => Norm(a) * Norm(b) is > 0 and var length ? a.Zip(b, (x, y) => x * y).Sum() / length : null;

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    /// <summary>The nearest bfloat16.</summary>
    private static double Brain(double value)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF_0000);
    }

    private static string Write(TemporaryFolder folder, string name, List<Source> sources, Func<Source, double[]> weights)
    {
        var path = folder.MakeFolder(name);
        File.Copy(Path.Combine(Repository.TinyGpt, "config.json"), Path.Combine(path, "config.json"));
        File.WriteAllBytes(Path.Combine(path, "model.safetensors"), SafeTensors.Of([.. sources.Select(source => (source.Name, source.Shape, weights(source).Select(weight => (float)weight).ToArray()))]));
        return path;
    }
}
