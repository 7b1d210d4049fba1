namespace Eigenscope.Transforms;

/// <summary>Finds the models that a recipe names.</summary>
/// <param name="folder">The folder of the recipe, where a path is looked for that is not in the working folder; empty for the working folder.</param>
/// <param name="exists">Whether there is a file or folder at a path.</param>
internal sealed class ModelPaths(string folder, Func<string, bool> exists)
{
    private const string Hub = "hf://";

    /// <summary>Reads <c>MODEL[@REVISION][+ADAPTER[@REVISION]]</c>. A path that is there as it is written is one whole, whatever it holds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong with it; null where nothing is.</param>
    public ModelReference? Of(string text, out string? problem)
    {
        problem = null;
        if (OnDisk(text) is { } whole)
        {
            return new ModelReference(whole);
        }

        var parts = IsAddress(text) && !text.StartsWith(Hub, StringComparison.OrdinalIgnoreCase) ? [text] : text.Split('+');
        if (parts.Length > 2 || Array.Exists(parts, part => part.Length == 0))
        {
            problem = $"'{text}' is no model: MODEL[@REVISION][+ADAPTER[@REVISION]] is wanted, or a path that is there";
            return null;
        }

        var model = Part(parts[0], out problem);
        var adapter = problem is null && parts.Length == 2 ? Part(parts[1], out problem) : null;
        return problem is null ? new ModelReference(model, adapter) : null;
    }

    /// <summary>The path or address of a model.</summary>
    /// <param name="path">A path, an address, or <c>org/model</c> of the Hugging Face hub where no such path is there.</param>
    /// <param name="revision">A branch, tag or commit of the hub; null for none.</param>
    /// <param name="problem">What is wrong with it; null where nothing is.</param>
    public string Of(string path, string? revision, out string? problem)
    {
        problem = null;
        if (OnDisk(path) is { } found)
        {
            problem = revision is null ? null : $"'{path}' is a path on this machine, and those have no revision '{revision}'";
            return found;
        }

        var address = IsHubName(path) ? Hub + path : path;
        if (revision is null)
        {
            return address;
        }

        problem = IsAddress(address) ? null : $"'{path}' is not there, and only models of the hub (org/model) have a revision '{revision}'";
        return $"{address}@{revision}";
    }

    /// <summary>The path of a file: as it is written, else beside the recipe where it is there.</summary>
    public string OfFile(string path) => OnDisk(path) ?? path;

    private string Part(string text, out string? problem)
    {
        var at = text.LastIndexOf('@');
        return at < 0 || OnDisk(text) is not null ? Of(text, null, out problem) : Of(text[..at], text[(at + 1)..], out problem);
    }

    private string? OnDisk(string path)
    {
        if (path.Length == 0 || IsAddress(path))
        {
            return null;
        }

        var beside = Path.Combine(folder, path);
        return exists(path) ? path : exists(beside) ? beside : null;
    }

    private static bool IsAddress(string text) => text.Contains("://", StringComparison.Ordinal);

    private static bool IsHubName(string text) =>
        text.Split('/') is [{ Length: > 0 } organisation, { Length: > 0 }] && organisation is not ("." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');
}
