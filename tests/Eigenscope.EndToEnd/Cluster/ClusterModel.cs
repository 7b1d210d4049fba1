using System.Collections.Concurrent;

namespace Eigenscope.EndToEnd.Cluster;

/// <summary>A model of 24 matrices, from 700 x 500 to 1160 x 891, and what one machine says of it.</summary>
public sealed class ClusterModel : IDisposable
{
    /// <summary>Its matrices.</summary>
    public const int Layers = 24;

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, byte[]> results = new(StringComparer.Ordinal);

    public ClusterModel() => File = folder.Write("model.safetensors", SafeTensors.Of(
        [.. Enumerable.Range(0, Layers).Select(layer => RandomWeights.Tensor($"blocks.{layer}.weight", layer, 700 + (20 * layer), 500 + (17 * layer)))]));

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The bytes that one machine writes.</summary>
    /// <param name="options">The options of analyze.</param>
    public byte[] Result(params string[] options) => results.GetOrAdd(string.Join(' ', options), _ =>
    {
        var result = Tool.Run(["analyze", File, "--format", "json", .. options], [], SlurmCluster.Patience);
        return result.ExitCode == 0 ? result.OutputBytes : throw new InvalidOperationException(result.Error);
    });

    public void Dispose() => folder.Dispose();
}
