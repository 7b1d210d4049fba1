using System.Text;
using System.Text.RegularExpressions;

namespace Eigenscope.Cli.Figures;

/// <summary>The figures of a page as SVG files in a folder: those of a model there, those of a layer in a folder of its name.</summary>
internal static partial class FigureFiles
{
    private const string View = "#/figures";
    private const int LongestName = 120;

    /// <summary>Throws where there is no browser or no room for the folder, before any work is done.</summary>
    public static void Check(string folder)
    {
        if (File.Exists(folder))
        {
            throw new UsageException($"{folder}: --figures names a file, a folder is wanted");
        }

        _ = Browser.Find();
    }

    /// <summary>Draws and writes them.</summary>
    /// <returns>How many there are.</returns>
    public static int Write(byte[] page, string folder, CancellationToken cancellation)
    {
        var temporary = Directory.CreateTempSubdirectory("eigenscope-figures-");
        try
        {
            var file = Path.Combine(temporary.FullName, "page.html");
            File.WriteAllBytes(file, page);
            var figures = Figure().Matches(Browser.Find().Document(file, View, cancellation));
            if (figures.Count == 0)
            {
                throw new IOException("the browser drew no figures");
            }

            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (Match figure in figures)
            {
                Write(Path.Combine([folder, .. Folders(figure.Groups["folder"].Value)]), Name(figure.Groups["name"].Value), figure.Groups["content"].Value, taken);
            }

            return figures.Count;
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static void Write(string folder, string name, string content, HashSet<string> taken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{name}.svg");
        for (var i = 2; !taken.Add(path); i++)
        {
            path = Path.Combine(folder, $"{name}-{i}.svg");
        }

        File.WriteAllBytes(path, Convert.FromBase64String(content));
    }

    private static IEnumerable<string> Folders(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Name);

    /// <summary>A name that any file system takes and that leads nowhere else, whatever a layer is called.</summary>
    private static string Name(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text.Length > LongestName ? text[^LongestName..] : text)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        }

        return name.ToString().Trim('.') is { Length: > 0 } trimmed ? trimmed : "_";
    }

    [GeneratedRegex("""<pre data-folder="(?<folder>[^"]*)" data-figure="(?<name>[^"]*)">(?<content>[A-Za-z0-9+/=]*)</pre>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex Figure();
}
