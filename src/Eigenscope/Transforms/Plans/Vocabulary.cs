using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>The tokens of a model, as the files of its tokenizer give them.</summary>
/// <param name="Tokens">Their number; null where the file does not tell.</param>
/// <param name="Fingerprint">The same for the same tokens in the same order.</param>
internal sealed record Vocabulary(int? Tokens, string Fingerprint)
{
    private const int MaxBytes = 256 << 20;

    private static readonly string[] Files = ["tokenizer.json", "vocab.json", "tokenizer.model", "vocab.txt"];

    /// <summary>The vocabulary among the files of a model; null where there is none that can be read.</summary>
    public static Vocabulary? Of(Model model)
    {
        try
        {
            if (model.Companions is not { } files || Array.Find(Files, files.Has) is not { } name || files.OpenListed(name) is not { Length: <= MaxBytes } file)
            {
                return null;
            }

            var bytes = file.ReadArray(0, file.Length);
            return name.EndsWith(".json", StringComparison.Ordinal) ? OfJson(bytes) : new Vocabulary(null, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ModelFormatException)
        {
            return null;
        }
    }

    private static Vocabulary? OfJson(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        var ids = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var root = json.RootElement;
        Add(ids, root.ValueKind == JsonValueKind.Object && root.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.Object && model.TryGetProperty("vocab", out var vocabulary) ? vocabulary : root);
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("added_tokens", out var added) && added.ValueKind == JsonValueKind.Array)
        {
            foreach (var token in added.EnumerateArray().Where(token => token.ValueKind == JsonValueKind.Object && token.TryGetProperty("content", out _) && token.TryGetProperty("id", out _)))
            {
                ids[token.GetProperty("content").GetString() ?? ""] = token.GetProperty("id").GetRawText();
            }
        }

        var text = string.Concat(ids.Select(entry => $"{entry.Key}\0{entry.Value}\n"));
        return ids.Count == 0 ? null : new Vocabulary(ids.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>Tokens with their numbers, or in their order.</summary>
    private static void Add(SortedDictionary<string, string> ids, JsonElement vocabulary)
    {
        if (vocabulary.ValueKind == JsonValueKind.Object)
        {
            foreach (var token in vocabulary.EnumerateObject().Where(token => token.Value.ValueKind == JsonValueKind.Number))
            {
                ids[token.Name] = token.Value.GetRawText();
            }
        }
        else if (vocabulary.ValueKind == JsonValueKind.Array)
        {
            var place = 0;
            foreach (var token in vocabulary.EnumerateArray())
            {
                ids[(token.ValueKind == JsonValueKind.Array && token.GetArrayLength() > 0 ? token[0] : token).GetString() ?? ""] = (place++).ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}
