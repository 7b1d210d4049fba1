using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Eigenscope.Cli.Serving;

/// <summary>The web server: Kestrel by itself, without a host around it that would read settings from the environment or write a log.</summary>
internal sealed class ExplorerServer : IHttpApplication<HttpContext>, IDisposable
{
    private const int MostConnections = 4096;
    private const int LongestRequestLine = 4096;
    private const int MostHeaders = 64;

    private readonly KestrelServer kestrel;
    private readonly Guard guard;
    private readonly Routes routes;

    private ExplorerServer(IPEndPoint endpoint, Guard guard, Routes routes)
    {
        (this.guard, this.routes) = (guard, routes);
        kestrel = new KestrelServer(Options.Create(Settings(endpoint)), new SocketTransportFactory(Options.Create(new SocketTransportOptions { Backlog = MostConnections }), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => new Uri(kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;

    /// <summary>A server that listens; null where the port is taken.</summary>
    /// <exception cref="UsageException">It cannot listen at this address.</exception>
    public static async Task<ExplorerServer?> TryStart(IPEndPoint endpoint, Guard guard, Routes routes, CancellationToken cancellation)
    {
        var server = new ExplorerServer(endpoint, guard, routes);
        try
        {
            await server.kestrel.StartAsync(server, cancellation);
            return server;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            server.Dispose();
            return null;
        }
        catch (SocketException e)
        {
            server.Dispose();
            throw new UsageException($"{endpoint}: cannot listen there: {e.Message}");
        }
    }

    /// <summary>Ends every connection at once.</summary>
    public Task Stop() => kestrel.StopAsync(new CancellationToken(canceled: true));

    public void Dispose() => kestrel.Dispose();

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    async Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context)
    {
        try
        {
            Guard.Protect(context.Response);
            if (!await guard.Stops(context))
            {
                await routes.Answer(context);
            }
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (Exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        catch (Exception)
        {
            context.Abort();
        }
    }

    private static KestrelServerOptions Settings(IPEndPoint endpoint)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = MostConnections;
        options.Limits.MaxRequestLineSize = LongestRequestLine;
        options.Limits.MaxRequestHeaderCount = MostHeaders;
        options.Limits.MaxRequestBodySize = Guard.LargestBody;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        return options;
    }
}
