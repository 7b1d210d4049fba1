using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>An object inside a saved document, and where it stands there: what is read from it has the kind that is asked for, or one line says where it has not.</summary>
internal readonly record struct DocumentPart(JsonElement Element, string Place)
{
    /// <summary>The part, where it is an object.</summary>
    /// <exception cref="ResultFormatException">It is none.</exception>
    public static DocumentPart Of(JsonElement element, string place) =>
        element.ValueKind == JsonValueKind.Object ? new(element, place) : throw new ResultFormatException($"{place}: no object");

    /// <summary>An object in a field.</summary>
    public DocumentPart Part(string name) => new(Field(name, JsonValueKind.Object), $"{Place}: {name}");

    /// <summary>An object in a field, or null.</summary>
    public DocumentPart? PartOrNull(string name) => Any(name).ValueKind == JsonValueKind.Null ? null : Part(name);

    /// <summary>The objects of a list.</summary>
    public IReadOnlyList<DocumentPart> Parts(string name)
    {
        var place = Place;
        return [.. Items(name).Select((item, index) => Of(item, $"{place}: {name}[{index}]"))];
    }

    /// <summary>The objects of a list, of which some may be null.</summary>
    public IReadOnlyList<DocumentPart?> PartsOrNull(string name)
    {
        var place = Place;
        return [.. Items(name).Select((item, index) => item.ValueKind == JsonValueKind.Null ? (DocumentPart?)null : Of(item, $"{place}: {name}[{index}]"))];
    }

    /// <summary>The objects in the fields of an object.</summary>
    public IReadOnlyList<DocumentPart> Named(string name)
    {
        var part = Part(name);
        return [.. part.Element.EnumerateObject().Select(field => Of(field.Value, $"{part.Place}: {field.Name}"))];
    }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<JsonElement> Items(string name) => [.. Field(name, JsonValueKind.Array).EnumerateArray()];

    /// <summary>True where there is such a field.</summary>
    public bool Has(string name) => Element.TryGetProperty(name, out _);

    /// <summary>Requires texts.</summary>
    public void Texts(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Field(name, JsonValueKind.String);
        }
    }

    /// <summary>Requires texts, or null.</summary>
    public void TextsOrNull(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _ = Any(name).ValueKind == JsonValueKind.Null ? default : Field(name, JsonValueKind.String);
        }
    }

    /// <summary>Requires finite numbers.</summary>
    public void Numbers(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Number(Any(name), $"'{name}'");
        }
    }

    /// <summary>Requires finite numbers, or null.</summary>
    public void NumbersOrNull(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Any(name).ValueKind != JsonValueKind.Null)
            {
                Numbers(name);
            }
        }
    }

    /// <summary>Requires true or false.</summary>
    public void Flags(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _ = Any(name).ValueKind is JsonValueKind.True or JsonValueKind.False ? true : throw new ResultFormatException($"{Place}: '{name}' is neither true nor false");
        }
    }

    /// <summary>Requires that each of some fields, where it is there, is a finite number or null.</summary>
    public void NumbersWhereThere(IEnumerable<string> names)
    {
        foreach (var name in names.Where(Has))
        {
            NumbersOrNull(name);
        }
    }

    /// <summary>Requires a list of finite numbers.</summary>
    public void NumberList(string name)
    {
        foreach (var (index, item) in Items(name).Index())
        {
            Number(item, $"{name}[{index}]");
        }
    }

    /// <summary>Requires a list of texts.</summary>
    public void TextList(string name)
    {
        foreach (var (index, item) in Items(name).Index())
        {
            _ = item.ValueKind == JsonValueKind.String ? true : throw new ResultFormatException($"{Place}: {name}[{index}] is no string");
        }
    }

    /// <summary>A position in a list of a known length.</summary>
    public int Position(string name, int count) =>
        Any(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt32(out var position) && position >= 0 && position < count ? position
        : throw new ResultFormatException($"{Place}: '{name}' is {Any(name).GetRawText()}; a number from 0 to {count - 1} is wanted");

    private JsonElement Field(string name, JsonValueKind kind) => ResultDocument.Field(Element, name, kind, Place);

    private JsonElement Any(string name) => Element.TryGetProperty(name, out var field) ? field : throw new ResultFormatException($"{Place}: '{name}' is missing");

    private void Number(JsonElement value, string name) =>
        _ = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? true : throw new ResultFormatException($"{Place}: {name} is no number");
}
