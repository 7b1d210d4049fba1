using System.Text;
using System.Text.Json.Nodes;
using Eigenscope.Learning;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Xunit;

namespace Eigenscope.Tests.Reports.Page;

public sealed class LessonPageTests
{
    private static readonly LessonTopic Topic = new("</title>", "</title><script>alert(1)</script>", "<!--", LessonSubject.Matrix, (topic, _) => new(topic, LessonMatrix.Parse("1 2"), [new($"</script><!--<script>", [new Paragraph($"λ₁ = σ₁²")])]));

    [Fact]
    public void The_page_has_the_lesson_as_it_is_and_the_list()
    {
        var data = JsonNode.Parse(PageData.Of(Topic.Teach(new LessonInput(), TestContext.Current.CancellationToken)))!;

        Assert.Empty(data["results"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(LessonJson.Of(Topic.Teach(new LessonInput(), TestContext.Current.CancellationToken))), data["lesson"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(LessonJson.OfAll())!["lessons"], data["lessons"]));
    }

    [Fact]
    public void Texts_end_no_element()
    {
        Assert.SkipUnless(PageBundle.IsAvailable, "the build has no page, for want of Node.js");

        var page = Encoding.UTF8.GetString(HtmlReport.Of(Topic.Teach(new LessonInput(), TestContext.Current.CancellationToken)));

        Assert.Contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; · Eigenscope</title>", page);
        Assert.DoesNotContain("</script><!--", page);
        Assert.DoesNotContain("<script>alert(1)", page);
    }
}
