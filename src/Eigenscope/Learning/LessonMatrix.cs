using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Learning;

/// <summary>A matrix of exact numbers that a lesson is worked on.</summary>
public sealed partial class LessonMatrix
{
    /// <summary>The most rows and the most columns.</summary>
    public const int Largest = 64;

    /// <summary>The most rows and columns of one that is worked by hand.</summary>
    public const int LargestByHand = 4;

    /// <summary>Entries are at most 10 to this, and have no more decimals.</summary>
    private const int MostDigits = 15;

    /// <summary>More characters are no number that one writes.</summary>
    private const int LongestNumber = 100;

    private readonly Rational[,] entries;

    /// <summary>A matrix.</summary>
    /// <param name="entries">Its entries, at least one.</param>
    public LessonMatrix(Rational[,] entries) => this.entries = entries;

    /// <summary>What its rows stand for; null where nothing is said.</summary>
    public IReadOnlyList<string>? RowNames { get; init; }

    /// <summary>What its columns stand for; null where nothing is said.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>The number of rows.</summary>
    public int Rows => entries.GetLength(0);

    /// <summary>The number of columns.</summary>
    public int Columns => entries.GetLength(1);

    /// <summary>True where the numbers can be worked by hand: at most 4 x 4.</summary>
    public bool IsByHand => Math.Max(Rows, Columns) <= LargestByHand;

    /// <summary>The entry in row <paramref name="i"/> and column <paramref name="j"/>.</summary>
    public Rational this[int i, int j] => entries[i, j];

    /// <summary>Reads a matrix such as <c>3 2; 2 3</c>: rows end at semicolons (or line ends), entries at blanks or commas, each a whole number, a decimal one or a fraction.</summary>
    /// <exception cref="LessonException">It is none; the message says where.</exception>
    public static LessonMatrix Parse(string text)
    {
        var rows = text.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Trim('[', ']', ' ').Split([' ', ',', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length > 0).ToList();
        if (rows.Count == 0)
        {
            throw new LessonException("the matrix has no entries; write it as '3 2; 2 3'");
        }

        if (rows.FindIndex(row => row.Length != rows[0].Length) is >= 0 and var uneven)
        {
            throw new LessonException($"row {uneven + 1} of the matrix has {rows[uneven].Length} {(rows[uneven].Length == 1 ? "entry" : "entries")}, and row 1 has {rows[0].Length}; rows end at semicolons");
        }

        if (Math.Max(rows.Count, rows[0].Length) > Largest)
        {
            throw new LessonException($"the matrix is {rows.Count} x {rows[0].Length}; a lesson takes at most {Largest} rows and columns (a weight file of any size is read by real-layer)");
        }

        var read = new Rational[rows.Count, rows[0].Length];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j < rows[0].Length; j++)
            {
                read[i, j] = Entry(rows[i][j]);
            }
        }

        return new LessonMatrix(read);
    }

    /// <summary>The same numbers with the names of another: those of the rows where both have as many rows, those of the columns where both have as many columns.</summary>
    internal LessonMatrix NamedAs(LessonMatrix other) => new(entries)
    {
        RowNames = Rows == other.Rows ? other.RowNames : null,
        ColumnNames = Columns == other.Columns ? other.ColumnNames : null,
    };

    /// <summary>A matrix of whole numbers.</summary>
    internal static LessonMatrix Of(int[,] entries)
    {
        var exact = new Rational[entries.GetLength(0), entries.GetLength(1)];
        for (var i = 0; i < exact.GetLength(0); i++)
        {
            for (var j = 0; j < exact.GetLength(1); j++)
            {
                exact[i, j] = entries[i, j];
            }
        }

        return new LessonMatrix(exact);
    }

    /// <summary>The entries as float64.</summary>
    public DenseMatrix ToDense()
    {
        var values = new double[Rows * Columns];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = entries[k / Columns, k % Columns].ToDouble();
        }

        return new DenseMatrix(Rows, Columns, values);
    }

    /// <summary>The matrix as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Join("; ", Enumerable.Range(0, Rows).Select(i => string.Join(' ', Enumerable.Range(0, Columns).Select(j => Written(entries[i, j])))));

    /// <summary>A number as it is read again; where its parts have too many digits to be written as whole numbers, both are moved behind the point.</summary>
    private static string Written(Rational entry)
    {
        var most = BigInteger.Pow(10, MostDigits);
        return BigInteger.Abs(entry.Numerator) < most && entry.Denominator < most
            ? entry.ToString().Replace('\u2212', '-')
            : $"{(entry.Sign < 0 ? "-" : "")}{Moved(BigInteger.Abs(entry.Numerator))}/{Moved(entry.Denominator)}";
    }

    /// <summary>A whole number with its last digits behind the point.</summary>
    private static string Moved(BigInteger number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture).PadLeft(MostDigits + 1, '0');
        return $"{digits[..^MostDigits]}.{digits[^MostDigits..]}".TrimEnd('0').TrimEnd('.');
    }

    private static Rational Entry(string text)
    {
        var parts = text.Replace('\u2212', '-').Split('/');
        if (parts.Length <= 2 && Decimal(parts[0]) is { } upper && (parts.Length == 1 ? Rational.One : Decimal(parts[1])) is { IsZero: false } lower)
        {
            return upper / lower;
        }

        throw new LessonException($"'{text}' in the matrix is not a number with at most {MostDigits} digits before and behind the point, such as 3, -0.5 or 2/3");
    }

    private static Rational? Decimal(string text)
    {
        if (text.Length > LongestNumber || DecimalNumber().Match(text) is not { Success: true, Groups: var groups } || groups["whole"].Length + groups["part"].Length == 0)
        {
            return null;
        }

        var digits = BigInteger.Parse(groups["sign"].Value + groups["whole"].Value + groups["part"].Value, CultureInfo.InvariantCulture);
        var exponent = (groups["exponent"].Value is { Length: > 0 } power ? int.Parse(power, CultureInfo.InvariantCulture) : 0) - groups["part"].Length;
        var (value, most) = (digits * (exponent < 0 ? new Rational(1, BigInteger.Pow(10, -exponent)) : BigInteger.Pow(10, exponent)), BigInteger.Pow(10, MostDigits));
        return value.Magnitude < most && (value * most).IsWhole ? value : null;
    }

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<whole>[0-9]*)(\.(?<part>[0-9]*))?([eE](?<exponent>[+-]?[0-9]{1,2}))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex DecimalNumber();
}
