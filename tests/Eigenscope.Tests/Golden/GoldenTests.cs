using System.Reflection;
using System.Text;
using Eigenscope.Learning;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Tests.Learning;
using Xunit;

namespace Eigenscope.Tests.Golden;

public sealed class GoldenTests
{
    [Fact]
    public void The_page_of_metrics_is_the_metric_table() => GoldenFile.Require("docs/metrics.md", MetricCatalogue.Markdown());

    [Fact]
    public void The_page_of_methods_is_the_table_of_methods() => GoldenFile.Require("docs/merge-methods.md", MergeCatalogue.Markdown());

    [Fact]
    public void The_page_of_lessons_is_the_lessons() => GoldenFile.Require("docs/learn.md", LessonMarkdown.Of([.. LessonTopics.All.Select(topic => LessonTests.Own(topic.Name))]));

    [Fact]
    public void The_public_interface_changes_only_on_purpose() =>
        GoldenFile.Require("tests/Eigenscope.Tests/Golden/PublicApi.txt", PublicApi(typeof(Model).Assembly));

    private static string PublicApi(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not MethodInfo { IsSpecialName: true } && !member.Name.Contains('<'))
            .Select(member => member.ToString()!);
}
