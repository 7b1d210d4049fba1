using System.Text;

namespace Eigenscope.Experiments;

/// <summary>The tables and figures that the repository keeps, in docs/experiments.</summary>
internal static class ResultFiles
{
    /// <summary>Writes what an experiment found.</summary>
    public static void Write(string experiment, ExperimentResult result)
    {
        foreach (var (path, content) in Files(experiment, result))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>The files that differ from what an experiment found, or are missing.</summary>
    public static IReadOnlyList<string> Differing(string experiment, ExperimentResult result) =>
        [.. Files(experiment, result).Where(file => !File.Exists(file.Path) || !File.ReadAllBytes(file.Path).AsSpan().SequenceEqual(file.Content)).Select(file => file.Path)];

    private static IEnumerable<(string Path, byte[] Content)> Files(string experiment, ExperimentResult result) =>
    [
        .. result.Tables.Select(table => (Of("results", $"{experiment}{(table.Name.Length == 0 ? "" : $"-{table.Name}")}.csv"), Encoding.UTF8.GetBytes(table.ToCsv()))),
        .. result.Figures.Select(figure => (Of("images", $"{experiment}-{figure.Name}.svg"), figure.Chart.ToSvg())),
    ];

    private static string Of(string folder, string name) => Path.Combine(Repository(), "docs", "experiments", folder, name);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Eigenscope.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("this is not inside the repository");
        }

        return folder.FullName;
    }
}
