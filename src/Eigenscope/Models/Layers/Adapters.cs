namespace Eigenscope.Models.Layers;

/// <summary>Pairs the factors of low-rank adapters: lora_A and lora_B of PEFT, lora_down and lora_up of kohya, down and up of others.</summary>
internal sealed class Adapters
{
    private static readonly (string Down, string Up)[] Words = [("lora_A", "lora_B"), ("lora_down", "lora_up"), ("lora.down", "lora.up"), (":down", ":up"), ("lora_embedding_A", "lora_embedding_B"), (".lora_a", ".lora_b")];

    private readonly Dictionary<string, Tensor> byName = new(StringComparer.Ordinal);
    private readonly AdapterConfig? config;

    public Adapters(Model model)
    {
        config = model.Adapter;
        foreach (var tensor in model.Tensors)
        {
            byName.TryAdd(tensor.Name, tensor);
        }
    }

    /// <summary>What a tensor is in an adapter: its second factor, with the product; or its first, with the name of the product; null for all others.</summary>
    public (string Name, LowRankProduct? Product)? Of(Tensor tensor)
    {
        foreach (var (down, up) in Words)
        {
            if (Twin(tensor, down, up) is { } second && LowRankProduct.Fit(tensor, second))
            {
                return (NameOf(tensor.Name, down), null);
            }

            if (Twin(tensor, up, down) is { } first && LowRankProduct.Fit(first, tensor))
            {
                var name = NameOf(first.Name, down);
                return (name, new LowRankProduct(first, tensor, AdapterConfig.Scale(config, Module(first.Name, down), first.Shape[0], Alpha(first.Name, down))));
            }
        }

        return null;
    }

    private Tensor? Twin(Tensor tensor, string word, string other)
    {
        var at = tensor.Name.LastIndexOf(word, StringComparison.Ordinal);
        return at < 0 ? null : byName.GetValueOrDefault(string.Concat(tensor.Name.AsSpan(0, at), other, tensor.Name.AsSpan(at + word.Length)));
    }

    /// <summary>The name with both factors in one, such as <c>q_proj.lora_BA.weight</c>.</summary>
    private static string NameOf(string name, string down)
    {
        var at = name.LastIndexOf(down, StringComparison.Ordinal);
        var joint = down switch { "lora_A" => "lora_BA", ".lora_a" => ".lora_ba", "lora_embedding_A" => "lora_embedding_BA", ":down" => ":up·down", _ => down.Replace("down", "up·down", StringComparison.Ordinal) };
        return string.Concat(name.AsSpan(0, at), joint, name.AsSpan(at + down.Length));
    }

    private static string Module(string name, string down) => name[..name.LastIndexOf(down, StringComparison.Ordinal)].TrimEnd('.');

    /// <summary>kohya stores alpha beside the factors.</summary>
    private double? Alpha(string name, string down)
    {
        if (!byName.TryGetValue(Module(name, down) + ".alpha", out var alpha) || alpha.Count != 1 || alpha.Quantization is not null || !Widening.Reads(alpha.Type))
        {
            return null;
        }

        Span<double> value = stackalloc double[1];
        alpha.Read(0, value);
        return value[0];
    }
}
