using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Eigenscope.Models.Remote;

/// <summary>
/// Reads files and parts of files over HTTP: follows redirects itself, so that the token goes to the hub's host alone; tries again after a dropped connection, a server's error or its
/// plea to wait, from where it stopped.
/// </summary>
internal sealed class RangeClient(RemoteOptions options) : IDisposable
{
    private const int MostRedirects = 8;

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = options.Timeout, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private long received;

    /// <summary>How many bytes of content have come in, over all requests.</summary>
    public long Received => Interlocked.Read(ref received);

    /// <summary>The whole of a small document.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="most">The most bytes that are taken.</param>
    /// <exception cref="ModelFormatException">It cannot be had, or is longer.</exception>
    public byte[] Document(Uri url, int most)
    {
        using var content = new MemoryStream();
        Repeat(url, () =>
        {
            content.SetLength(0);
            using var response = Send(url, null);
            Copy(url, response, (bytes, _) =>
            {
                if (content.Length + bytes.Length > most)
                {
                    throw Bad(ModelFault.TooLarge, url, $"the answer is longer than {most} bytes");
                }

                content.Write(bytes);
            });
        });
        return content.ToArray();
    }

    /// <summary>The length of a file and what marks its version, from a request for its first byte.</summary>
    /// <exception cref="ModelFormatException">It cannot be had, or its server does not serve parts of files.</exception>
    public (long Length, string? Version) Inspect(Uri url)
    {
        (long Length, string? Version) found = default;
        Repeat(url, () =>
        {
            using var response = Send(url, new RangeHeaderValue(0, 0));
            found = (TotalLength(url, response), response.Headers.ETag?.Tag);
        });
        return found;
    }

    /// <summary>Reads a part of a file, in pieces as they come.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many.</param>
    /// <param name="version">What marks the version that is read; another one is an error.</param>
    /// <param name="take">Told of each piece and its place in the file.</param>
    /// <exception cref="ModelFormatException">It cannot be had.</exception>
    public void Read(Uri url, long offset, long length, string? version, PieceReader take)
    {
        var done = 0L;
        Repeat(url, () =>
        {
            using var response = Send(url, new RangeHeaderValue(offset + done, offset + length - 1));
            TotalLength(url, response);
            RequireVersion(url, response, version);
            RequireRange(url, response, offset + done, length - done);
            Copy(url, response, (bytes, at) =>
            {
                if (at + bytes.Length > length - done)
                {
                    throw Bad(ModelFault.Inconsistent, url, "the server sends more than was asked for");
                }

                take(bytes, offset + done + at);
            }, taken => done += taken);
            if (done < length)
            {
                throw new HttpRequestException($"the connection ended {length - done} bytes early");
            }
        });
    }

    public void Dispose() => client.Dispose();

    private delegate void Chunk(ReadOnlySpan<byte> bytes, long at);

    /// <summary>Runs a request until it succeeds, as often as the options allow.</summary>
    private void Repeat(Uri url, Action request)
    {
        for (var attempt = 1; ; attempt++)
        {
            var wait = options.Delay * Math.Pow(2, attempt - 1);
            try
            {
                request();
                return;
            }
            catch (BusyException e) when (attempt < options.Attempts)
            {
                wait = e.RetryAfter ?? wait;
            }
            catch (BusyException e)
            {
                throw Bad(ModelFault.Unreadable, url, $"{e.Message}, after {attempt} attempts");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                if (attempt >= options.Attempts)
                {
                    throw new ModelFormatException(ModelFault.Unreadable, url.ToString(), $"reading failed {attempt} times: {Reason(e)}", inner: e);
                }
            }

            Thread.Sleep(wait < options.LongestDelay ? wait : options.LongestDelay);
        }
    }

    private static string Reason(Exception e) => e is OperationCanceledException ? "the server does not answer" : (e.InnerException ?? e).Message;

    private HttpResponseMessage Send(Uri url, RangeHeaderValue? range)
    {
        for (var (at, hops) = (url, 0); hops <= MostRedirects; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            request.Headers.Range = range;
            request.Headers.UserAgent.ParseAdd("eigenscope");
            request.Headers.Authorization = MayHaveToken(at) ? new AuthenticationHeaderValue("Bearer", options.Token) : null;
            using var patience = new CancellationTokenSource(options.Timeout);
            var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
            {
                return response;
            }

            using (response)
            {
                at = Redirected(url, at, response) ?? throw Failed(url, response);
            }
        }

        throw Bad(ModelFault.Unreadable, url, $"more than {MostRedirects} redirects");
    }

    private bool MayHaveToken(Uri url) => options.Token is not null && url.Host == options.Hub.Host && url.Port == options.Hub.Port && url.Scheme == options.Hub.Scheme
        && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback);

    private static Uri? Redirected(Uri url, Uri at, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        var next = new Uri(at, location);
        return next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && at.Scheme == Uri.UriSchemeHttp)
            ? next
            : throw Bad(ModelFault.Unsafe, url, $"the server redirects to {next.Scheme}, which is not followed");
    }

    private static Exception Failed(Uri url, HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 or 403 => Bad(ModelFault.Unreadable, url, $"the server refuses access ({(int)response.StatusCode}): a gated or private model needs a token in HF_TOKEN"),
        404 or 410 => Bad(ModelFault.Missing, url, "no such file or model"),
        416 => Bad(ModelFault.Inconsistent, url, "the file is shorter than it was said to be"),
        408 or 429 or >= 500 => new BusyException($"the server is busy ({(int)response.StatusCode})", RetryAfter(response)),
        var status => Bad(ModelFault.Unreadable, url, $"the server answers {status.ToString(CultureInfo.InvariantCulture)}"),
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date && date > DateTimeOffset.UtcNow ? date - DateTimeOffset.UtcNow : null);

    private static long TotalLength(Uri url, HttpResponseMessage response) => response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.Length is { } length
        ? length
        : throw Bad(ModelFault.Unsupported, url, "the server does not serve parts of files (HTTP ranges): download the file, and open it here");

    private static void RequireVersion(Uri url, HttpResponseMessage response, string? version)
    {
        if (version is not null && response.Headers.ETag?.Tag is { } tag && tag != version)
        {
            throw Bad(ModelFault.Inconsistent, url, "the file changed while it was read");
        }
    }

    private static void RequireRange(Uri url, HttpResponseMessage response, long offset, long length)
    {
        var range = response.Content.Headers.ContentRange!;
        if (range.From != offset || range.To != offset + length - 1)
        {
            throw Bad(ModelFault.Inconsistent, url, $"the server sends bytes {range.From} to {range.To}, and {offset} to {offset + length - 1} were asked for");
        }
    }

    private void Copy(Uri url, HttpResponseMessage response, Chunk take, Action<long>? stopped = null)
    {
        var (buffer, at) = (new byte[1 << 16], 0L);
        using var stream = response.Content.ReadAsStream();
        try
        {
            while (ReadSome(stream, buffer) is var count and > 0)
            {
                take(buffer.AsSpan(0, count), at);
                at += count;
                Interlocked.Add(ref received, count);
            }
        }
        finally
        {
            stopped?.Invoke(at);
        }
    }

    private int ReadSome(Stream stream, byte[] buffer)
    {
        using var patience = new CancellationTokenSource(options.Timeout);
        return stream.ReadAsync(buffer, patience.Token).AsTask().GetAwaiter().GetResult();
    }

    private static ModelFormatException Bad(ModelFault fault, Uri url, string what) => new(fault, url.GetLeftPart(UriPartial.Path), what);

    private sealed class BusyException(string message, TimeSpan? retryAfter) : Exception(message)
    {
        public TimeSpan? RetryAfter { get; } = retryAfter;
    }
}

/// <summary>Takes a piece of a file.</summary>
/// <param name="bytes">The piece.</param>
/// <param name="offset">Its place in the file.</param>
internal delegate void PieceReader(ReadOnlySpan<byte> bytes, long offset);
