using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>The files around a model's weights that belong to it: its configuration and its tokenizer.</summary>
internal static class ModelCompanions
{
    private const string Config = "config.json";
    private const long MaxBytes = 256 << 20;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> Tokenizers = new(StringComparer.Ordinal)
    {
        "tokenizer.json", "tokenizer_config.json", "tokenizer.model", "special_tokens_map.json", "added_tokens.json", "vocab.json", "vocab.txt", "merges.txt", "spiece.model", "sentencepiece.bpe.model",
        "chat_template.json", "chat_template.jinja", "tekken.json",
    };

    private static readonly HashSet<string> Settings = new(StringComparer.Ordinal) { "generation_config.json", "preprocessor_config.json", "processor_config.json", "video_preprocessor_config.json" };

    /// <summary>Copies what belongs to a model into a folder that is being written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The model whose tokenizer is wanted.</param>
    /// <param name="type">The type that the weights are stored in; null where they keep their own.</param>
    /// <param name="blocks">The number of blocks, where it changed; else null.</param>
    /// <param name="write">Writes a file by name.</param>
    public static void Copy(Model model, Model tokenizer, DType? type, int? blocks, Action<string, byte[]> write)
    {
        foreach (var name in Names(model).Where(name => name == Config || Settings.Contains(name)))
        {
            var content = Read(model, name);
            write(name, name == Config ? Adapted(content, type, blocks) : content);
        }

        foreach (var name in Names(tokenizer).Where(Tokenizers.Contains))
        {
            write(name, Read(tokenizer, name));
        }
    }

    private static IReadOnlyList<string> Names(Model model) => model.Companions?.Names ?? [];

    private static byte[] Read(Model model, string name)
    {
        var file = model.Companions!.OpenListed(name);
        return file.Length <= MaxBytes ? file.ReadArray(0, file.Length) : throw new MergeException($"{file.Path}: {file.Length} bytes are too many for a file of its kind");
    }

    /// <summary>The configuration with the type and the number of blocks that it has now; as it is where it is no JSON object.</summary>
    private static byte[] Adapted(byte[] config, DType? type, int? blocks)
    {
        if (type is null && blocks is null)
        {
            return config;
        }

        try
        {
            if (JsonNode.Parse(config) is not JsonObject root)
            {
                return config;
            }

            Replace(root, TypeName(type), "torch_dtype", "dtype");
            Replace(root, blocks, "num_hidden_layers", "n_layer", "num_layers", "n_layers");
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                root.WriteTo(json, Indented);
            }

            stream.WriteByte((byte)'\n');
            return stream.ToArray();
        }
        catch (JsonException)
        {
            return config;
        }
    }

    private static void Replace(JsonObject root, JsonNode? value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (value is not null && root.ContainsKey(name))
            {
                root[name] = value.DeepClone();
            }
        }
    }

    private static JsonNode? TypeName(DType? type) => type switch
    {
        DType.F64 => "float64",
        DType.F32 => "float32",
        DType.BF16 => "bfloat16",
        DType.F16 => "float16",
        _ => null,
    };
}
