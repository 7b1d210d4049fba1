using System.Text;

namespace Eigenscope.Cluster.Engines;

/// <summary>Words of a command line as a POSIX shell writes and reads them; nothing is expanded.</summary>
public static class ShellWords
{
    private const string Plain = "@%+=:,./-_";

    /// <summary>A word that the shell reads as <paramref name="word"/>: as it is where it is plain, else in single quotes.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Words as one line.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>The words of a line: parted by blanks, with single quotes, double quotes and backslashes.</summary>
    /// <exception cref="FormatException">A quote is not closed, or a backslash is the last character.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var (words, word, quote) = (new List<string>(), (StringBuilder?)null, '\0');
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                words.AddRange(word is null ? [] : [word.ToString()]);
                word = null;
                continue;
            }

            word ??= new StringBuilder();
            if (letter == '\\' && quote != '\'')
            {
                at++;
                word.Append(at < line.Length ? Escaped(line[at], quote) : throw new FormatException("a backslash ends it"));
            }
            else if (quote == '\0' ? letter is '\'' or '"' : letter == quote)
            {
                quote = quote == '\0' ? letter : '\0';
            }
            else
            {
                word.Append(letter);
            }
        }

        words.AddRange(word is null ? [] : [word.ToString()]);
        return quote == '\0' ? words : throw new FormatException($"a {quote} is not closed");
    }

    /// <summary>Between double quotes a backslash stands for itself, but before a few characters.</summary>
    private static string Escaped(char letter, char quote) => quote == '"' && letter is not ('"' or '\\' or '$' or '`') ? $"\\{letter}" : letter.ToString();
}
