using System.Text.RegularExpressions;
using Xunit;

namespace Eigenscope.Tests.Golden;

/// <summary>The documents of the experiments: each is in the index, names its command, and every table and figure that is kept is shown by one.</summary>
public sealed partial class ExperimentDocumentsTests
{
    private static string Folder { get; } = Path.Combine(SharedFiles.Repository, "docs", "experiments");

    public static TheoryData<string> Documents => [.. Directory.EnumerateFiles(Folder, "*.md").Select(path => Path.GetFileName(path)).Where(name => name != "README.md").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_in_the_index_and_names_its_command(string document)
    {
        var name = Path.GetFileNameWithoutExtension(document);
        Assert.Contains($"[{name}]({document})", File.ReadAllText(Path.Combine(Folder, "README.md")), StringComparison.Ordinal);
        Assert.Contains($"--project experiments -- {name}", File.ReadAllText(Path.Combine(Folder, document)), StringComparison.Ordinal);
        Assert.Contains($"\"{name}\"", string.Concat(Directory.EnumerateFiles(Path.Combine(SharedFiles.Repository, "experiments"), "*.cs").Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_linked_is_there_and_what_is_kept_is_linked()
    {
        var linked = Directory.EnumerateFiles(Folder, "*.md").SelectMany(path => Link().Matches(File.ReadAllText(path))).Select(match => match.Groups["file"].Value).ToHashSet(StringComparer.Ordinal);
        var kept = new[] { "images", "results" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Folder, folder)).Select(path => $"{folder}/{Path.GetFileName(path)}")).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(kept.Order(StringComparer.Ordinal), linked.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(?<file>(images|results)/[\w.-]+\.(svg|csv))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();
}
