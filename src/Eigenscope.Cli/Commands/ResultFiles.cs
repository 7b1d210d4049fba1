using System.Text;
using System.Text.Json;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary>Saved results, by path; a hyphen is standard input.</summary>
internal static class ResultFiles
{
    private const int HeadBytes = 4096;
    private const string Schemas = "eigenscope/";

    /// <summary>The results of all files, in order, or the comparison, trajectory or merge that the only file holds.</summary>
    /// <exception cref="UsageException">A file is not there or cannot be read, or one of these three is not the only one.</exception>
    /// <exception cref="ResultFormatException">A file is no result.</exception>
    public static SavedDocument Read(IReadOnlyList<string> paths)
    {
        var saved = paths.Select(path => (Path: path, Document: SavedDocument.Parse(Content(path), path == "-" ? "standard input" : path))).ToList();
        return saved.Find(one => one.Document.Alone is not null) is not { Path: { } path, Document: { Alone: { } kind } found } ? new([.. saved.SelectMany(one => one.Document.Results)], null, null)
            : saved.Count == 1 ? found
            : throw new UsageException($"{path}: {kind} makes a page of its own; give it alone");
    }

    /// <summary>The documents of a file that holds a result, by its content; null where it holds something else, or is none.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    /// <exception cref="ResultFormatException">It is a result, and broken.</exception>
    public static IReadOnlyList<ResultDocument>? TryRead(string path) => File.Exists(path) && LooksLikeText(path) && Content(path) is var content && HasSchema(content) ? ResultDocument.Parse(content, path) : null;

    /// <summary>True for the beginning of a JSON object or array; weights are binary.</summary>
    private static bool LooksLikeText(string path)
    {
        var head = Head(path).AsSpan();
        var start = head.TrimStart("\uFEFF"u8).TrimStart(" \t\r\n"u8);
        return start is [(byte)'{' or (byte)'[', ..] && head.IndexOfAnyInRange((byte)0, (byte)8) < 0;
    }

    private static byte[] Head(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[HeadBytes];
            return head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }

    /// <summary>True for JSON with a schema of eigenscope, also where it breaks off behind that.</summary>
    private static bool HasSchema(byte[] content)
    {
        try
        {
            var root = JsonElement.Parse(content.AsSpan().TrimStart("\uFEFF"u8));
            var first = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
            return first.ValueKind == JsonValueKind.Object && first.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String && schema.GetString()!.StartsWith(Schemas, StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, HeadBytes)).Contains($"\"{Schemas}", StringComparison.Ordinal);
        }
    }

    private static byte[] Content(string path)
    {
        try
        {
            if (path != "-")
            {
                return Directory.Exists(path)
                    ? throw new UsageException($"{path}: a folder; a result of eigenscope analyze --format json is wanted")
                    : File.ReadAllBytes(path);
            }

            using var input = Console.OpenStandardInput();
            using var content = new MemoryStream();
            input.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{path}: there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }
}
