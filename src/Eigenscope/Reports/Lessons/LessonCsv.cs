using System.Globalization;
using System.Text;
using Eigenscope.Learning;

namespace Eigenscope.Reports;

/// <summary>What a lesson holds against numbers, as CSV: a row a claim.</summary>
public static class LessonCsv
{
    /// <summary>The rows below a heading; UTF-8.</summary>
    public static byte[] Of(Lesson lesson)
    {
        var text = new StringBuilder("lesson,step,claim,error,bound,holds\n");
        foreach (var (step, claim) in lesson.Claims)
        {
            text.Append(CultureInfo.InvariantCulture, $"{lesson.Topic.Name},{CsvReport.Quoted(step.Title.ToString())},{CsvReport.Quoted(claim.Text.ToString())},{claim.Error:R},{claim.Bound:R},{(claim.Holds ? "true" : "false")}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>All lessons; UTF-8.</summary>
    public static byte[] OfAll()
    {
        var text = new StringBuilder("lesson,title,about\n");
        foreach (var topic in LessonTopics.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"{topic.Name},{CsvReport.Quoted(topic.Title)},{CsvReport.Quoted(topic.About)}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
