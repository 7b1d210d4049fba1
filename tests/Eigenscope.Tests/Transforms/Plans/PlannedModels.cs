using System.Text;
using Eigenscope.Models;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Models.Zip;
using Eigenscope.Tests.Transforms.Recipes;
using Eigenscope.Transforms;

namespace Eigenscope.Tests.Transforms.Plans;

/// <summary>Small models in memory, by path, and the plans of recipes on them.</summary>
internal sealed class PlannedModels
{
    private readonly Dictionary<string, Func<Model>> byPath = new(StringComparer.Ordinal);

    /// <summary>How often each path was opened.</summary>
    public Dictionary<string, int> Opened { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a model of tensors "name dtype sizes...".</summary>
    public PlannedModels With(string path, string? config, params string[] tensors) => WithFiles(path, config is null ? [] : [("config.json", config)], tensors);

    /// <summary>Adds a model with files beside it.</summary>
    public PlannedModels WithFiles(string path, (string Name, string Text)[] files, params string[] tensors)
    {
        byPath[path] = () =>
        {
            var made = tensors.Select(Tensor).ToArray();
            return new Model(path, "safetensors", new MemoryFiles([.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]), [.. made.Select(tensor => tensor.Bytes)], made, null);
        };
        return this;
    }

    /// <summary>The tensors of a network with an embedding, blocks, a norm and an unembedding.</summary>
    public static string[] Network(int blocks, int rows = 10, bool isTied = false, string prefix = "model.") =>
    [
        $"{prefix}embed_tokens.weight F16 {rows} 4",
        .. Enumerable.Range(0, blocks).SelectMany(i => new[] { $"{prefix}layers.{i}.self_attn.q_proj.weight F16 4 4", $"{prefix}layers.{i}.mlp.up_proj.weight F16 8 4" }),
        $"{prefix}norm.weight F16 4",
        .. isTied ? Array.Empty<string>() : [$"lm_head.weight F16 {rows} 4"],
    ];

    /// <summary>The plan of a recipe.</summary>
    public MergePlan Plan(string yaml, Allowances allow = Allowances.None) =>
        MergePlan.Of(RecipeText.Read(yaml, [.. byPath.Keys]), new PlanOptions { Open = Open, Exists = byPath.ContainsKey, Allow = allow });

    private Model Open(string path)
    {
        Opened[path] = Opened.GetValueOrDefault(path) + 1;
        return byPath.TryGetValue(path, out var make) ? make() : throw new ModelFormatException(ModelFault.Missing, path, "no such file or folder");
    }

    private static Tensor Tensor(string text)
    {
        var parts = text.Split(' ');
        long[] shape = [.. parts[2..].Select(size => long.Parse(size, System.Globalization.CultureInfo.InvariantCulture))];
        var type = DTypes.TryParse(parts[1], out var known) ? known : throw new ArgumentException(text, nameof(text));
        return new Tensor(parts[0], type, shape, new MemoryBytes(new byte[(shape.Aggregate(1L, (product, size) => product * size) * type.Bits() / 8)]), 0);
    }
}
