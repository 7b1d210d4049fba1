namespace Eigenscope.Models.Remote;

/// <summary>The address of a model elsewhere: <c>hf://org/model[@revision][/file]</c>, or the URL of a file.</summary>
/// <param name="Text">The address as it was given.</param>
/// <param name="Url">The URL of a file; null for a repository of the hub.</param>
/// <param name="Repository"><c>org/model</c>; empty for a URL.</param>
/// <param name="Revision">A branch, tag or commit.</param>
/// <param name="File">The file of the repository; null for the whole model.</param>
internal sealed record RemoteAddress(string Text, Uri? Url, string Repository, string Revision, string? File)
{
    private const string Scheme = "hf://";
    private const string MainBranch = "main";

    /// <summary>Parses an address; null for a path on this machine.</summary>
    /// <exception cref="ModelFormatException">It is neither a path nor an address.</exception>
    public static RemoteAddress? Parse(string text)
    {
        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return OfHub(text);
        }

        return text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            ? Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 ? new RemoteAddress(text, url, "", "", null) : throw Bad(text, "not a URL that can be read")
            : null;
    }

    private static RemoteAddress OfHub(string text)
    {
        var parts = text[Scheme.Length..].Split('/', 3);
        if (parts.Length < 2)
        {
            throw Bad(text, "hf://ORG/MODEL is wanted, with @REVISION or /FILE after it where it matters");
        }

        var (name, revision) = parts[1].Split('@', 2) is [var left, var right] ? (left, right) : (parts[1], MainBranch);
        var file = parts.Length == 3 ? parts[2] : null;
        if (!IsName(parts[0]) || !IsName(name) || !IsName(revision) || file is not null && !Array.TrueForAll(file.Split('/'), IsName))
        {
            throw Bad(text, "an organisation, a model, a revision and a file are names of letters, digits, '-', '_' and '.'");
        }

        return new RemoteAddress(text, null, $"{parts[0]}/{name}", revision, file);
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 255 && text is not ("." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static ModelFormatException Bad(string text, string what) => new(ModelFault.Missing, text, what);
}
