using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Eigenscope.Tests.Models.Remote;

/// <summary>
/// A hub on this machine: lists the files of org/model, sends those who want one to another host (this one under another name), and serves parts there. It can be told to fail.
/// </summary>
internal sealed class HubServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private int requests;

    public HubServer()
    {
        listener.Start();
        _ = Task.Run(Accept);
    }

    /// <summary>The files by name.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>What goes wrong with a request for a part of a file, by its number from 0.</summary>
    public Func<int, Fault> FaultOf { get; set; } = _ => Fault.None;

    /// <summary>Every request: the host that it names, its path, its token.</summary>
    public ConcurrentQueue<(string Host, string Path, string? Token)> Seen { get; } = new();

    /// <summary>Bytes of files that were sent.</summary>
    public long Sent => Interlocked.Read(ref sent);

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    private long sent;

    internal enum Fault
    {
        None,
        Dropped,
        Busy,
        ServerError,
        WrongRange,
        Changed,
        Forbidden,
        NoRanges,
        TooMuch,
        Shorter,
        Endless,
        Elsewhere,
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        stop.Dispose();
    }

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token);
            _ = Task.Run(() => Serve(client));
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        using (var stream = client.GetStream())
        using (var reader = new StreamReader(stream, Encoding.ASCII))
        {
            var path = reader.ReadLine()!.Split(' ')[1];
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (reader.ReadLine() is { Length: > 0 } line)
            {
                headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }

            Seen.Enqueue((headers["Host"], path, headers.GetValueOrDefault("Authorization")));
            Answer(stream, path, headers.GetValueOrDefault("Range"));
        }
    }

    private void Answer(NetworkStream stream, string path, string? range)
    {
        const string Tree = "/api/models/org/model/tree/main";
        const string Resolve = "/org/model/resolve/main/";
        if (path == Tree)
        {
            var list = JsonSerializer.SerializeToUtf8Bytes(Files.Select(file => new { type = "file", path = file.Key, size = file.Value.Length }).Prepend(new { type = "directory", path = "onnx", size = 0 }));
            Write(stream, "200 OK", $"Content-Length: {list.Length}", list);
        }
        else if (path.StartsWith(Resolve, StringComparison.Ordinal))
        {
            Write(stream, "302 Found", $"Location: http://localhost:{Address.Port}/blob/{path[Resolve.Length..]}\r\nContent-Length: 0", []);
        }
        else if (path.StartsWith("/blob/", StringComparison.Ordinal) && Files.TryGetValue(Uri.UnescapeDataString(path["/blob/".Length..]), out var file))
        {
            Part(stream, file, range!["bytes=".Length..].Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray());
        }
        else
        {
            Write(stream, "404 Not Found", "Content-Length: 0", []);
        }
    }

    private void Part(NetworkStream stream, byte[] file, int[] range)
    {
        var (fault, first, last) = (FaultOf(Interlocked.Increment(ref requests) - 1), range[0], range[1]);
        var part = file[first..(last + 1)];
        var length = $"Content-Length: {part.Length + (fault == Fault.TooMuch ? 10 : 0)}\r\nContent-Range: bytes {first + (fault == Fault.WrongRange ? 1 : 0)}-{last}/{file.Length}\r\nETag: \"{(fault == Fault.Changed ? "v2" : "v1")}\"";
        switch (fault)
        {
            case Fault.Busy:
                Write(stream, "429 Too Many Requests", "Retry-After: 0\r\nContent-Length: 0", []);
                return;
            case Fault.ServerError:
                Write(stream, "503 Service Unavailable", "Content-Length: 0", []);
                return;
            case Fault.Forbidden:
                Write(stream, "403 Forbidden", "Content-Length: 0", []);
                return;
            case Fault.NoRanges:
                Write(stream, "200 OK", $"Content-Length: {file.Length}", file);
                return;
            case Fault.Shorter:
                Write(stream, "416 Range Not Satisfiable", "Content-Length: 0", []);
                return;
            case Fault.Endless:
                Write(stream, "206 Partial Content", $"Content-Length: 1\r\nContent-Range: bytes 0-0/{long.MaxValue}", [1]);
                return;
            case Fault.Elsewhere:
                Write(stream, "302 Found", "Location: file:///etc/passwd\r\nContent-Length: 0", []);
                return;
            case Fault.Dropped:
                Interlocked.Add(ref sent, part.Length / 3);
                Write(stream, "206 Partial Content", length, part[..(part.Length / 3)]);
                return;
            default:
                Interlocked.Add(ref sent, part.Length);
                Write(stream, "206 Partial Content", length, fault == Fault.TooMuch ? [.. part, .. new byte[10]] : part);
                return;
        }
    }

    private static void Write(NetworkStream stream, string status, string headers, byte[] body)
    {
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\nConnection: close\r\n\r\n"));
        stream.Write(body);
    }
}
