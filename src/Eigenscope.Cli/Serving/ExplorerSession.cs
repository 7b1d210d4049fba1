using System.Net;

namespace Eigenscope.Cli.Serving;

/// <summary>The explorer from its first request to the signal that ends it.</summary>
internal static class ExplorerSession
{
    private const int PortsTried = 100;

    /// <summary>Serves until it is cancelled.</summary>
    /// <param name="explorer">What is shown.</param>
    /// <param name="elsewhere">Where to listen, with a token; null for this machine only, without one.</param>
    /// <param name="port">The first port to try; 0 for any.</param>
    /// <param name="note">Told what the user should know besides the address.</param>
    /// <param name="cancellation">The end.</param>
    public static async Task Run(Explorer explorer, ListenAddress? elsewhere, int port, Action<string> note, CancellationToken cancellation)
    {
        var (listen, token) = elsewhere is null ? (ListenAddress.Loopback, null) : (elsewhere, AccessToken.Random());
        var (guard, routes) = (new Guard(listen, token), new Routes(explorer, cancellation));
        using var server = await Start(endpoint => ExplorerServer.TryStart(endpoint, guard, routes, cancellation), listen.Address, port, note);
        Interruption.IsNormalEnd = true;
        Console.Out.WriteLine($"http://{listen.Host}:{server.Port}/{(token is null ? "" : $"?token={token.Text}")}");
        await Task.WhenAny(Task.Delay(Timeout.Infinite, cancellation));
        await Task.WhenAll(explorer.Queue.Stop(), server.Stop());
    }

    private static async Task<ExplorerServer> Start(Func<IPEndPoint, Task<ExplorerServer?>> tryStart, IPAddress address, int port, Action<string> note)
    {
        var last = Math.Min(port + PortsTried, IPEndPoint.MaxPort);
        for (var next = port; next <= last; next++)
        {
            if (await tryStart(new IPEndPoint(address, next)) is { } server)
            {
                if (next != port)
                {
                    note($"port {port} is taken; this is port {next}");
                }

                return server;
            }
        }

        throw new UsageException($"the ports from {port} to {last} are all taken; --port 0 takes any that is free");
    }
}
