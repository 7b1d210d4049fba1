using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Eigenscope.Cli.Serving;

/// <summary>Where the explorer listens, and under which names a browser may ask for it there: another name would be that of a page elsewhere that points to this machine (DNS rebinding).</summary>
/// <param name="Address">The address.</param>
/// <param name="Host">The host of the URL that is printed.</param>
internal sealed record ListenAddress(IPAddress Address, string Host)
{
    private const string Localhost = "localhost";
    private const int HttpPort = 80;

    private static readonly string[] LoopbackHosts = ["127.0.0.1", Localhost, "[::1]"];

    /// <summary>This machine only.</summary>
    public static ListenAddress Loopback => new(IPAddress.Loopback, LoopbackHosts[0]);

    private bool IsWildcard => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    /// <summary>Reads an IP address, or <c>localhost</c>.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static ListenAddress Parse(string text) =>
        string.Equals(text, Localhost, StringComparison.OrdinalIgnoreCase) ? new(IPAddress.Loopback, Localhost)
        : IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text) ? new(address, HostOf(address))
        : throw new UsageException($"--listen '{text}' is neither an IP address nor localhost");

    /// <summary>True where a Host header means this server.</summary>
    public bool Accepts(HostString host, int port) => host.HasValue && (host.Port ?? HttpPort) == port
        && (LoopbackHosts.Append(Host).Contains(host.Host, StringComparer.OrdinalIgnoreCase) || (IsWildcard && IPAddress.TryParse(host.Host, out _)));

    /// <summary>No URL has a scope, and none that a server accepts has the wildcard of IPv6.</summary>
    private static string HostOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : $"[{(address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : new IPAddress(address.GetAddressBytes()))}]";
}
