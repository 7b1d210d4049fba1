namespace Eigenscope.Models.Remote;

/// <summary>How models are read over HTTP.</summary>
public sealed record RemoteOptions
{
    /// <summary>The address of the hub that <c>hf://</c> means.</summary>
    public Uri Hub { get; init; } = new("https://huggingface.co");

    /// <summary>The access token, sent to the host of <see cref="Hub"/> alone, and only by HTTPS or to this machine; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>How many times a request is tried.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long to wait before the second attempt; twice as long before each further one, unless the server says how long.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait that a server may ask for.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a server may say nothing.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The hub and the token that the environment names: HF_ENDPOINT and HF_TOKEN.</summary>
    public static RemoteOptions FromEnvironment() => new()
    {
        Hub = Uri.TryCreate(Environment.GetEnvironmentVariable("HF_ENDPOINT"), UriKind.Absolute, out var hub) ? hub : new RemoteOptions().Hub,
        Token = Environment.GetEnvironmentVariable("HF_TOKEN") is { Length: > 0 } token ? token : null,
    };
}
