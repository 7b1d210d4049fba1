namespace Eigenscope.Models.Numpy;

/// <summary>
/// The dict literal of an npy header. The grammar knows nothing but what such a header holds:
/// <c>{'descr': text, 'fortran_order': True|False, 'shape': (int, ...)}</c>, each key once and in any order.
/// </summary>
/// <remarks>Numbers may end in <c>L</c>, as NumPy wrote them under Python 2.</remarks>
internal sealed class NpyLiteral
{
    private readonly string path;
    private readonly string text;
    private int at;
    private string? descr;
    private bool? fortranOrder;
    private long[]? shape;

    private NpyLiteral(string path, string text)
    {
        this.path = path;
        this.text = text;
    }

    /// <summary>The type code.</summary>
    public string Descr => descr ?? throw Bad("the key 'descr' is missing");

    /// <summary>True where the first axis runs fastest.</summary>
    public bool FortranOrder => fortranOrder ?? throw Bad("the key 'fortran_order' is missing");

    /// <summary>The length of each axis.</summary>
    public IReadOnlyList<long> Shape => shape ?? throw Bad("the key 'shape' is missing");

    /// <summary>The shape as people write it.</summary>
    public string ShapeText => Shape.Count == 0 ? "scalar" : string.Join('x', Shape);

    /// <summary>Parses a header text.</summary>
    /// <exception cref="ModelFormatException">It is anything else than such a literal.</exception>
    public static NpyLiteral Parse(string path, string text)
    {
        var literal = new NpyLiteral(path, text);
        literal.Dict();
        literal.Expect(literal.at == text.Length, "nothing after the dict");
        _ = (literal.Descr, literal.FortranOrder, literal.Shape);
        return literal;
    }

    private void Dict()
    {
        Require('{');
        while (!Accept('}'))
        {
            Entry();
            if (!Accept(','))
            {
                Require('}');
                return;
            }
        }
    }

    private void Entry()
    {
        var key = Quoted();
        Require(':');
        switch (key)
        {
            case "descr" when descr is null:
                descr = TypeCode();
                break;
            case "fortran_order" when fortranOrder is null:
                fortranOrder = Truth();
                break;
            case "shape" when shape is null:
                shape = Tuple();
                break;
            default:
                throw Bad($"the key '{key}' is unknown or repeated; descr, fortran_order and shape are expected");
        }
    }

    private string TypeCode()
    {
        if (Peek() is '[' or '(')
        {
            throw new ModelFormatException(ModelFault.Unsupported, path, "a structured array (several fields per element) is not read; save each field as its own array");
        }

        return Quoted();
    }

    private string Quoted()
    {
        var quote = Peek();
        Expect(quote is '\'' or '"', "a quoted text");
        var end = text.IndexOf(quote, at + 1);
        Expect(end >= 0, "a closing quote");
        var value = text[(at + 1)..end];
        Expect(!value.Contains('\\'), "a text without escapes");
        at = end + 1;
        Space();
        return value;
    }

    private bool Truth()
    {
        var isTrue = text.AsSpan(at).StartsWith("True");
        Expect(isTrue || text.AsSpan(at).StartsWith("False"), "True or False");
        at += isTrue ? 4 : 5;
        Space();
        return isTrue;
    }

    private long[] Tuple()
    {
        var sizes = new List<long>();
        Require('(');
        while (!Accept(')'))
        {
            sizes.Add(Number());
            Expect(sizes.Count <= Tensor.MaxRank, $"at most {Tensor.MaxRank} axes");
            if (!Accept(','))
            {
                Expect(sizes.Count > 1, "a comma after the only axis");
                Require(')');
                break;
            }
        }

        return [.. sizes];
    }

    private long Number()
    {
        var start = at;
        while (char.IsAsciiDigit(Current()))
        {
            at++;
        }

        Expect(long.TryParse(text.AsSpan(start, at - start), out var value), "an axis length of 0 to 2^63-1");
        Accept('L');
        Space();
        return value;
    }

    private char Peek()
    {
        Space();
        return Current();
    }

    private char Current() => at < text.Length ? text[at] : '\0';

    private bool Accept(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        at++;
        Space();
        return true;
    }

    private void Require(char expected) => Expect(Accept(expected), $"'{expected}'");

    private void Space()
    {
        while (Current() is ' ' or '\n' or '\t' or '\r')
        {
            at++;
        }
    }

    private void Expect(bool met, string expected)
    {
        if (!met)
        {
            throw Bad($"at character {at} {expected} is expected");
        }
    }

    private ModelFormatException Bad(string what) => new(ModelFault.BadHeader, path, $"the npy header is no dict of descr, fortran_order and shape: {what}");
}
