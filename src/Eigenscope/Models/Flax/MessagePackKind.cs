namespace Eigenscope.Models.Flax;

/// <summary>The kinds of value of MessagePack, as far as they are told apart.</summary>
internal enum MessagePackKind
{
    /// <summary>Nil, a truth value or a real number, which is passed over.</summary>
    Other,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>Values one after the other.</summary>
    Array,

    /// <summary>Keys, each followed by its value.</summary>
    Map,

    /// <summary>Bytes of a type that the application defines.</summary>
    Extension,
}

/// <summary>What stands before a value's content.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Value">The value of an integer, the bytes of text and the like, or the entries of an array or map.</param>
/// <param name="Type">The type of an extension.</param>
internal readonly record struct MessagePackHead(MessagePackKind Kind, long Value, sbyte Type = 0);
