using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary>Saved results, by path; a hyphen is standard input.</summary>
internal static class ResultFiles
{
    /// <summary>The documents of all files, in order.</summary>
    /// <exception cref="UsageException">A file is not there or cannot be read.</exception>
    /// <exception cref="ResultFormatException">A file is no result.</exception>
    public static List<ResultDocument> Read(IEnumerable<string> paths) => [.. paths.SelectMany(path => ResultDocument.Parse(Content(path), path == "-" ? "standard input" : path))];

    private static byte[] Content(string path)
    {
        try
        {
            if (path != "-")
            {
                return Directory.Exists(path)
                    ? throw new UsageException($"{path}: a folder; a result of eigenscope analyze --format json is wanted")
                    : File.ReadAllBytes(path);
            }

            using var input = Console.OpenStandardInput();
            using var content = new MemoryStream();
            input.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{path}: there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }
}
