namespace Eigenscope.Models.Remote;

/// <summary>Models that lie elsewhere: their headers are read, and of their tensors those that are asked for.</summary>
internal static class RemoteModel
{
    /// <summary>Opens a model.</summary>
    /// <exception cref="ModelFormatException">It cannot be had, or is no model.</exception>
    public static Model Open(RemoteAddress address, RemoteOptions options) => Model.Disposing(new RangeClient(options), client => Open(address, options, client));

    private static Model Open(RemoteAddress address, RemoteOptions options, RangeClient client)
    {
        if (address.Url is { } url)
        {
            return Model.Disposing(RemoteBytes.Open(client, url, address.Text), file => Model.OfFile(address.Text, file, RemoteFiles.Beside(client, url)));
        }

        return Model.Disposing(RemoteFiles.OfHub(client, options, address), files => address.File is { } name ? Model.OfFile(address.Text, files.Open(name), files) : ModelFolder.Open(address.Text, files));
    }
}
