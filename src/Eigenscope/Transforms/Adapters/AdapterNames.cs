namespace Eigenscope.Transforms;

/// <summary>What PEFT calls the tensors of an adapter and its files.</summary>
internal static class AdapterNames
{
    /// <summary>The file of the weights.</summary>
    public const string Weights = "adapter_model.safetensors";

    /// <summary>The file that says how they are applied.</summary>
    public const string Configuration = "adapter_config.json";

    private const string Prefix = "base_model.model.";

    /// <summary>The first factor, [r, inputs].</summary>
    public static string A(TensorChange change) => $"{Prefix}{change.Module}.{(change.IsEmbedding ? "lora_embedding_A" : "lora_A.weight")}";

    /// <summary>The second factor, [outputs, r].</summary>
    public static string B(TensorChange change) => $"{Prefix}{change.Module}.{(change.IsEmbedding ? "lora_embedding_B" : "lora_B.weight")}";

    /// <summary>The change of the bias of a module.</summary>
    public static string Bias(string module) => $"{Prefix}{module}.lora_B.bias";

    /// <summary>A parameter of a module that is saved whole.</summary>
    public static string Whole(TensorChange change) => Prefix + change.Name;
}
