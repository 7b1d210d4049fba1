using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Eigenscope.EndToEnd;

/// <summary>The explorer as a process, seen as a browser or an attacker sees it: by what it answers.</summary>
internal sealed class ExplorerProcess : IDisposable
{
    private readonly RunningTool tool;

    private ExplorerProcess(RunningTool tool, string address)
    {
        this.tool = tool;
        Address = new Uri(address);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(Address.GetLeftPart(UriPartial.Authority)), Timeout = Tool.Patience };
    }

    /// <summary>What the tool printed.</summary>
    public Uri Address { get; }

    private HttpClient Client { get; }

    /// <summary>Starts it on any free port and waits until it listens.</summary>
    public static Task<ExplorerProcess> Start(params string[] arguments) => Start(arguments, []);

    public static async Task<ExplorerProcess> Start(string[] arguments, IEnumerable<(string Name, string Value)> environment)
    {
        string[] line = ["serve", .. arguments.Contains("--port") ? arguments : [.. arguments, "--port", "0"]];
        var started = Tool.Start(line, environment);
        var address = await started.FirstLine.WaitAsync(Tool.Patience);
        return address.StartsWith("http://", StringComparison.Ordinal) ? new(started, address) : throw new InvalidOperationException($"no address but '{address}': {started.Finish(Tool.Patience).Error}");
    }

    private HttpRequestMessage Request(string method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Client.BaseAddress!, path));
        Array.ForEach(headers, header => request.Headers.TryAddWithoutValidation(header.Name, header.Value));
        return request;
    }

    public Task<HttpResponseMessage> Send(string method, string path, params (string Name, string Value)[] headers) => Client.SendAsync(Request(method, path, headers));

    /// <summary>What a GET is answered; throws where that is no success.</summary>
    public Task<byte[]> Bytes(string path) => Client.GetByteArrayAsync(path);

    public Task<string> Text(string path) => Client.GetStringAsync(path);

    public async Task<JsonElement> Json(string path) => JsonElement.Parse(await Bytes(path));

    /// <summary>The body of an answer.</summary>
    public static Task<byte[]> Bytes(HttpResponseMessage response) => response.Content.ReadAsByteArrayAsync();

    public static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync();

    /// <summary>The state of every row of a result.</summary>
    public async Task<string[]> Statuses(int model) =>
        [.. (await Json("/api/data")).GetProperty("results")[model].GetProperty("layers").EnumerateArray().Select(row => AnalysisDocument.Text(row, "status")!)];

    /// <summary>Begins to analyse a row, and returns what is told of it, line by line; dispose it to go away.</summary>
    public async Task<LayerLines> Analyze(int model, int row)
    {
        var response = await Client.SendAsync(Request("POST", $"/api/layers/{model}/{row}", ("X-Eigenscope", "1")), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Sends bytes as they are over a connection of their own, and returns the whole answer.</summary>
    public async Task<string> SendRaw(string text)
    {
        using var connection = await Connect(text);
        using var answer = new MemoryStream();
        using var patience = new CancellationTokenSource(Tool.Patience);
        await connection.GetStream().CopyToAsync(answer, patience.Token);
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>A connection over which bytes were sent, as they are.</summary>
    public async Task<TcpClient> Connect(string text)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, Address.Port);
        await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
        return connection;
    }

    /// <summary>Sends a signal, and returns what the process left behind.</summary>
    public ToolResult End(string signal)
    {
        tool.Send(signal);
        return tool.Finish(Tool.Patience);
    }

    public void Dispose()
    {
        Client.Dispose();
        tool.Kill();
        tool.Dispose();
    }

    /// <summary>What is told of a row while it is analysed.</summary>
    internal sealed class LayerLines(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public MediaTypeHeaderValue? Type => response.Content.Headers.ContentType;

        /// <summary>The next line; null at the end.</summary>
        public async Task<JsonElement?> Next() => await reader.ReadLineAsync() is { } line ? JsonElement.Parse(line) : null;

        /// <summary>The next line that says something other than the given states; it must come.</summary>
        public async Task<JsonElement> Past(params string[] states)
        {
            while (true)
            {
                var line = await Next() ?? throw new InvalidOperationException("the stream ended");
                if (!states.Contains(State(line)))
                {
                    return line;
                }
            }
        }

        public static string? State(JsonElement line) => AnalysisDocument.Text(line, "state");

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
