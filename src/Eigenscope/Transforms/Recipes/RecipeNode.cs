using System.Globalization;

namespace Eigenscope.Transforms;

/// <summary>What a <see cref="RecipeNode"/> is.</summary>
public enum RecipeNodeKind
{
    /// <summary>A text, as it stands in the file.</summary>
    Scalar,

    /// <summary>A list of nodes.</summary>
    List,

    /// <summary>Nodes by name.</summary>
    Map,
}

/// <summary>An entry of a map.</summary>
/// <param name="Name">Its name; unique in the map.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Line">The line of the name, from 1.</param>
/// <param name="Column">The column of the name, from 1.</param>
public sealed record RecipeEntry(string Name, RecipeNode Value, int Line, int Column);

/// <summary>A part of a recipe, whatever language it is written in: a text, a list or a map, with its place in the file.</summary>
public sealed class RecipeNode
{
    private RecipeNode(RecipeNodeKind kind, int line, int column) => (Kind, Line, Column) = (kind, line, column);

    /// <summary>What it is.</summary>
    public RecipeNodeKind Kind { get; }

    /// <summary>The text of a scalar; empty for lists and maps.</summary>
    public string Text { get; private init; } = "";

    /// <summary>True for a scalar in quotes, which is a text whatever it looks like.</summary>
    public bool IsQuoted { get; private init; }

    /// <summary>The nodes of a list.</summary>
    public IReadOnlyList<RecipeNode> Items { get; private init; } = [];

    /// <summary>The entries of a map, in the order of the file.</summary>
    public IReadOnlyList<RecipeEntry> Entries { get; private init; } = [];

    /// <summary>The line on which it begins, from 1.</summary>
    public int Line { get; }

    /// <summary>The column in which it begins, from 1.</summary>
    public int Column { get; }

    /// <summary>Makes a scalar.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="isQuoted">True where it stands in quotes.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="column">Its column, from 1.</param>
    public static RecipeNode Scalar(string text, bool isQuoted = false, int line = 1, int column = 1) => new(RecipeNodeKind.Scalar, line, column) { Text = text, IsQuoted = isQuoted };

    /// <summary>Makes a list.</summary>
    /// <param name="items">Its nodes.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="column">Its column, from 1.</param>
    public static RecipeNode List(IReadOnlyList<RecipeNode> items, int line = 1, int column = 1) => new(RecipeNodeKind.List, line, column) { Items = items };

    /// <summary>Makes a map.</summary>
    /// <param name="entries">Its entries.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="column">Its column, from 1.</param>
    public static RecipeNode Map(IReadOnlyList<RecipeEntry> entries, int line = 1, int column = 1) => new(RecipeNodeKind.Map, line, column) { Entries = entries };

    /// <summary>True for a scalar that says nothing: empty, <c>~</c> or <c>null</c>.</summary>
    internal bool IsNull => Kind == RecipeNodeKind.Scalar && !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The value of a scalar: a finite double, a bool as YAML 1.1 spells it, else a string. Null for a list, a map or nothing.</summary>
    internal object? Value => Kind != RecipeNodeKind.Scalar || IsNull ? null : IsQuoted ? Text : (object?)Flag(Text) ?? (object?)Number(Text) ?? Text;

    /// <summary>The node as a message shows it.</summary>
    internal string Shown => Kind switch
    {
        RecipeNodeKind.List => "a list",
        RecipeNodeKind.Map => "a map",
        _ => IsNull ? "nothing" : IsQuoted ? $"the text '{Text}'" : $"'{Text}'",
    };

    /// <summary>The value of an entry; null where there is none, or nothing.</summary>
    internal RecipeNode? this[string name] => Entries.FirstOrDefault(entry => entry.Name == name)?.Value is { IsNull: false } value ? value : null;

    private static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
