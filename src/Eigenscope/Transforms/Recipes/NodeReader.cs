using System.Globalization;

namespace Eigenscope.Transforms;

/// <summary>Reads nodes as what they are to be; one that is something else is a problem, and read as nothing.</summary>
/// <param name="problems">Where problems go.</param>
internal sealed class NodeReader(RecipeProblems problems)
{
    /// <summary>True for a map without other keys than these; others are problems, and the rest is read all the same.</summary>
    /// <param name="node">The node; null for none.</param>
    /// <param name="what">What it is, such as <c>the recipe</c>.</param>
    /// <param name="keys">The keys that it may have.</param>
    public bool IsMap(RecipeNode? node, string what, params IReadOnlyList<string> keys)
    {
        if (node is null || !Is(node, RecipeNodeKind.Map, what, "a map of keys and values"))
        {
            return false;
        }

        foreach (var entry in node.Entries.Where(entry => !keys.Contains(entry.Name, StringComparer.Ordinal)))
        {
            problems.Add(entry, $"unknown key '{entry.Name}' in {what}{NearestName.Clause(entry.Name, keys)}");
        }

        return true;
    }

    /// <summary>The nodes of a list; none where it is something else.</summary>
    public IReadOnlyList<RecipeNode> List(RecipeNode node, string what) => Is(node, RecipeNodeKind.List, what, "a list") ? node.Items : [];

    /// <summary>A text; null where it is something else.</summary>
    public string? Text(RecipeNode? node, string what) =>
        node is null || node.IsNull ? null : Is(node, RecipeNodeKind.Scalar, what, "a text") ? node.Text : null;

    /// <summary>A whole number; null where it is something else.</summary>
    public long? Whole(RecipeNode? node, string what)
    {
        if (node is null || node.IsNull)
        {
            return null;
        }

        if (node is { Kind: RecipeNodeKind.Scalar, IsQuoted: false } && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        problems.Add(node, $"{what} is {node.Shown}, and a whole number is wanted");
        return null;
    }

    /// <summary>One of some words, case aside; null where it is something else.</summary>
    public string? Word(RecipeNode? node, string what, params IReadOnlyList<string> words)
    {
        if (Text(node, what) is not { } text)
        {
            return null;
        }

        var known = words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            problems.Add(node!, $"unknown {what} '{text}'{NearestName.Clause(text, words)}");
        }

        return known;
    }

    private bool Is(RecipeNode node, RecipeNodeKind kind, string what, string wanted)
    {
        if (node.Kind != kind)
        {
            problems.Add(node, $"{what} is {node.Shown}, and {wanted} is wanted");
        }

        return node.Kind == kind;
    }
}
