using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests;

/// <summary>A folder of the library uses only folders to its left, and the library uses nothing but the base class library.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] LeftToRight =
    [
        "LinearAlgebra", "Models", "Spectra", "Statistics", "Metrics", "Analysis", "Comparison", "Tracking", "Dynamics", "Training", "Forecasting", "Transforms", "Learning", "Cluster", "Reports",
    ];

    private static readonly string[] AllowedPackages = ["System.Numerics.Tensors"];

    private static string Library { get; } = Path.Combine(SharedFiles.Repository, "src", "Eigenscope");

    public static TheoryData<string> Folders =>
        [.. Directory.EnumerateDirectories(Library).Select(folder => Path.GetFileName(folder)).Where(name => name is not ("bin" or "obj"))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_folders_to_its_left(string folder)
    {
        var place = Array.IndexOf(LeftToRight, folder);
        Assert.True(place >= 0, $"src/Eigenscope/{folder} has no place in the order of folders");
        var files = Directory.EnumerateFiles(Path.Combine(Library, folder), "*.cs", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = WithoutComments().Replace(File.ReadAllText(file), "");
            Assert.Contains($"namespace Eigenscope.{folder}", text, StringComparison.Ordinal);
            Assert.All(Used(text), used => Assert.True(Array.IndexOf(LeftToRight, used) is var at && at >= 0 && at <= place, $"{Path.GetRelativePath(Library, file)} uses {used}"));
        }
    }

    /// <summary>The page is built as the library is: data, numerics, parts, figures, views.</summary>
    [Fact]
    public void A_folder_of_the_page_uses_only_folders_to_its_left()
    {
        string[] order = ["data", "numerics", "parts", "figures", "views"];
        var source = Path.Combine(SharedFiles.Repository, "web", "src");
        Assert.Equal(order.Order(), Directory.EnumerateDirectories(source).Select(folder => Path.GetFileName(folder)!).Order());
        foreach (var file in Directory.EnumerateFiles(source, "*.ts", SearchOption.AllDirectories).Where(file => Path.GetDirectoryName(file) != source))
        {
            var place = Array.IndexOf(order, Path.GetFileName(Path.GetDirectoryName(file)));
            Assert.All(PageImport().Matches(File.ReadAllText(file)), match => Assert.True(Array.IndexOf(order, match.Groups["folder"].Value) is var at && at >= 0 && at <= place, $"{Path.GetFileName(file)}: {match.Value}"));
        }
    }

    [Fact]
    public void Every_file_lies_in_a_folder() => Assert.Empty(Directory.EnumerateFiles(Library, "*.cs"));

    [Fact]
    public void The_library_references_no_packages_but_analyzers_and_tensors()
    {
        XDocument[] projects = [XDocument.Load(Path.Combine(Library, "Eigenscope.csproj")), XDocument.Load(Path.Combine(SharedFiles.Repository, "Directory.Build.props"))];
        var packages = projects.SelectMany(project => project.Descendants("PackageReference")).Where(reference => !IsAnalyzer(reference));
        Assert.All(packages, reference => Assert.Contains(reference.Attribute("Include")?.Value, AllowedPackages));
        Assert.Empty(projects.SelectMany(project => project.Descendants("ProjectReference").Concat(project.Descendants("FrameworkReference"))));
    }

    /// <summary>
    /// What uses wide registers is never compiled ahead of its use, and a first, slow compilation of it would be what a short run runs: so it is compiled well at once, or with its caller.
    /// </summary>
    [Fact]
    public void What_uses_wide_registers_is_compiled_well_at_once()
    {
        const MethodImplAttributes AtOnce = MethodImplAttributes.AggressiveOptimization | MethodImplAttributes.AggressiveInlining;
        var slow = typeof(Panel).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => (method.MethodImplementationFlags & AtOnce) == MethodImplAttributes.IL && UsesWideRegisters(method));
        Assert.Empty(slow.Select(method => $"{method.DeclaringType}.{method.Name}"));
    }

    private static bool UsesWideRegisters(MethodInfo method) =>
        method.GetMethodBody() is { } body && body.LocalVariables.Select(local => local.LocalType).Concat(method.GetParameters().Select(parameter => parameter.ParameterType)).Any(IsWide);

    private static bool IsWide(Type type) => type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Vector512<>) || type.GetGenericTypeDefinition() == typeof(Vector256<>));

    /// <summary>The folders that a text names: in using directives, and in names qualified from the root or, since namespaces nest, from the library.</summary>
    private static IEnumerable<string> Used(string text) =>
        QualifiedName().Matches(text).Select(match => match.Groups["folder"].Value).Distinct(StringComparer.Ordinal);

    private static bool IsAnalyzer(XElement reference) =>
        reference.Attribute("PrivateAssets")?.Value == "all" && reference.Attribute("IncludeAssets")?.Value.Split("; ") is { } assets && !assets.Contains("compile", StringComparer.Ordinal);

    [GeneratedRegex("""from "\.\./(?<folder>[^/"]+)/""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PageImport();

    [GeneratedRegex(@"//.*?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex WithoutComments();

    [GeneratedRegex(
        @"\bEigenscope\.(?<folder>[A-Z]\w*)|(?<![\w.""])(?<folder>LinearAlgebra|Models|Spectra|Statistics|Metrics|Analysis|Comparison|Tracking|Dynamics|Training|Forecasting|Transforms|Learning|Cluster|Reports)\.[A-Z]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex QualifiedName();
}
