using System.IO.Enumeration;
using Eigenscope.Models.Layers;

namespace Eigenscope.Analysis;

/// <summary>Chooses layers by name and role.</summary>
/// <param name="Include">Patterns with * and ?, matched against the whole path of the tensor or the layer; empty for all.</param>
/// <param name="Exclude">Patterns of what is left out, after <paramref name="Include"/>.</param>
/// <param name="Roles">Roles or groups of roles (<see cref="Models.Layers.Roles.FilterTexts"/>); empty for all.</param>
public sealed record LayerFilter(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude, IReadOnlyList<string> Roles)
{
    /// <summary>The filter that lets every layer pass.</summary>
    public static LayerFilter All { get; } = new([], [], []);

    /// <summary>The full name of the only layer that passes; null to go by the patterns and roles.</summary>
    public string? Only { get; init; }

    /// <summary>Why a layer is left out; null where it passes.</summary>
    public string? Reason(WeightMatrix layer) =>
        Only is not null && layer.Name != Only ? "not the layer asked for"
        : Include.Count > 0 && !Matches(Include, layer) ? "not chosen by --layers"
        : Matches(Exclude, layer) ? "left out by --exclude"
        : Roles.Count > 0 && !Roles.Any(role => Accepts(role, layer.Role)) ? "not chosen by --role"
        : null;

    private static bool Matches(IReadOnlyList<string> patterns, WeightMatrix layer) => patterns.Any(pattern =>
        FileSystemName.MatchesSimpleExpression(pattern, layer.Name, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(pattern, layer.Tensor.Name, ignoreCase: false));

    private static bool Accepts(string text, Role role) => Models.Layers.Roles.TryParseFilter(text, out var accepts) && accepts(role);
}
