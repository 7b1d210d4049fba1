using System.Text.Json;

namespace Eigenscope.Models.Remote;

/// <summary>The files of a repository of the hub at one revision, or those beside a file on another server.</summary>
internal sealed class RemoteFiles : CompanionFiles
{
    private const int MostListing = 64 << 20;

    private readonly RangeClient client;
    private readonly Func<string, Uri> urlOf;

    private RemoteFiles(RangeClient client, string path, Func<string, Uri> urlOf, IReadOnlyList<string> names) =>
        (this.client, Path, this.urlOf, Names) = (client, path, urlOf, names);

    /// <inheritdoc/>
    public override string Path { get; }

    /// <summary>The names of the files in the root of a repository; none for another server.</summary>
    public override IReadOnlyList<string> Names { get; }

    /// <summary>The files of a repository.</summary>
    /// <exception cref="ModelFormatException">It cannot be listed.</exception>
    public static RemoteFiles OfHub(RangeClient client, RemoteOptions options, RemoteAddress address)
    {
        var listing = client.Document(new Uri(options.Hub, $"/api/models/{address.Repository}/tree/{address.Revision}"), MostListing);
        return new RemoteFiles(client, $"hf://{address.Repository}@{address.Revision}", name => new Uri(options.Hub, $"/{address.Repository}/resolve/{address.Revision}/{Escaped(name)}"), NamesIn(listing, address.Text));
    }

    /// <summary>The files beside a URL.</summary>
    public static RemoteFiles Beside(RangeClient client, Uri url) => new(client, url.GetLeftPart(UriPartial.Authority), name => new Uri(url, Escaped(name)), []);

    /// <summary>Closes the files and the connections.</summary>
    public override void Dispose()
    {
        base.Dispose();
        client.Dispose();
    }

    /// <inheritdoc/>
    protected override ByteSource OpenPlain(string path) => RemoteBytes.Open(client, urlOf(path), $"{Path}/{path}");

    private static string Escaped(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    private static IReadOnlyList<string> NamesIn(byte[] listing, string address)
    {
        try
        {
            using var json = JsonDocument.Parse(listing);
            return [.. json.RootElement.EnumerateArray().Where(item => item.GetProperty("type").GetString() == "file").Select(item => item.GetProperty("path").GetString()).OfType<string>().Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ModelFormatException(ModelFault.BadHeader, address, "the hub's list of files cannot be read", inner: e);
        }
    }
}
