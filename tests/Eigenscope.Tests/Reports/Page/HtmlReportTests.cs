using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Eigenscope.Reports.Page;
using Xunit;

namespace Eigenscope.Tests.Reports.Page;

public sealed partial class HtmlReportTests
{
    private const string Result =
        """
        {"schema": "eigenscope/analysis/1", "model": {"path": "</title><script>alert(1)</script>"}, "settings": {}, "summary": {}, "more": "</script><!--<script>",
         "layers": [
          {"name": "</script><script>alert(2)</script>", "role": "other", "kind": "dense", "status": "analyzed", "metrics": {"xmin": 1}, "warnings": ["<!--"], "eigenvalues": [0, 1, 2, 3, 5]},
          {"name": "b", "role": "other", "kind": "dense", "status": "skipped", "metrics": {}, "warnings": []}]}
        """;

    private readonly string page;

    public HtmlReportTests()
    {
        Assert.SkipUnless(PageBundle.IsAvailable, "the build has no page, for want of Node.js");
        page = Encoding.UTF8.GetString(HtmlReport.Of(ResultDocument.Parse(Encoding.UTF8.GetBytes(Result), "test")));
    }

    [Fact]
    public void The_policy_names_the_script_and_the_style_and_lets_nothing_else_run_or_load()
    {
        var policy = Policy().Match(page).Groups["policy"].Value;

        Assert.Equal($"default-src 'none'; script-src '{Hash(Assert.Single(Contents("script", "")))}'; style-src '{Hash(Assert.Single(Contents("style", "")))}'; img-src data: blob:; base-uri 'none'; form-action 'none'", policy);
    }

    [Fact]
    public void Names_end_no_element()
    {
        Assert.Equal(3, Regex.Count(page, "<script", RegexOptions.IgnoreCase, TimeSpan.FromMinutes(1)) - Regex.Count(Assert.Single(Contents("script", "")), "<script", RegexOptions.IgnoreCase, TimeSpan.FromMinutes(1)));
        Assert.Contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; · Eigenscope</title>", page);
    }

    [Fact]
    public void The_results_are_in_it_as_they_were_but_for_their_spectra()
    {
        var written = Assert.Single(JsonElement.Parse(Assert.Single(Contents("script", " type=\"application/json\" id=\"data\""))).GetProperty("results").EnumerateArray());

        var expected = System.Text.Json.Nodes.JsonNode.Parse(Result)!;
        expected["layers"]![0]!.AsObject().Remove("eigenvalues");
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(expected, System.Text.Json.Nodes.JsonNode.Parse(written.GetRawText())));
    }

    [Fact]
    public void Each_spectrum_is_an_element_of_its_own()
    {
        var view = JsonElement.Parse(Assert.Single(Contents("script", " type=\"application/json\" data-spectrum=\"0/0\"")));

        Assert.Equal(5, view.GetProperty("eigenvalues").GetProperty("count").GetInt32());
        Assert.NotEqual(0, view.GetProperty("laws").GetArrayLength());
        Assert.DoesNotContain("data-spectrum=\"0/1\"", page);
    }

    /// <summary>Nothing asks for the names of XML namespaces, nor for the addresses in the texts of licences.</summary>
    [Fact]
    public void It_names_no_address_but_those_of_namespaces_and_licences() =>
        Assert.All(Address().Matches(page), address => Assert.Matches("^http://www\\.(w3|apache)\\.org/", address.Value));

    [Fact]
    public void Several_results_are_counted_in_the_title()
    {
        var one = ResultDocument.Parse(Encoding.UTF8.GetBytes(Result), "test");

        Assert.Contains("<title>2 models · Eigenscope</title>", Encoding.UTF8.GetString(HtmlReport.Of([.. one, .. one])));
    }

    private IEnumerable<string> Contents(string element, string attributes)
    {
        var (begin, end) = ($"<{element}{attributes}>", $"</{element}>");
        for (var at = page.IndexOf(begin, StringComparison.Ordinal); at >= 0; at = page.IndexOf(begin, at + 1, StringComparison.Ordinal))
        {
            var content = at + begin.Length;
            yield return page[content..page.IndexOf(end, content, StringComparison.Ordinal)];
        }
    }

    private static string Hash(string content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Policy();

    [GeneratedRegex("https?://[^\\s\"'`]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Address();
}
