using System.Buffers;
using System.Text.Json;
using Eigenscope.Learning;
using Eigenscope.Reports;
using Microsoft.AspNetCore.Http;

namespace Eigenscope.Cli.Serving;

/// <summary>Works lessons for the page: on their own matrices, on one that the query gives, or on a row of a result.</summary>
internal sealed class LessonWork(Explorer explorer)
{
    /// <summary>A lesson takes a fraction of a second; who asks for many at once waits.</summary>
    private const int AtOnce = 2;

    private static readonly SemaphoreSlim Turns = new(AtOnce);

    /// <summary>The lesson, or in a line why it cannot be worked, as JSON with the status of the answer; null where there is no such lesson, or no such row.</summary>
    /// <param name="name">The lesson.</param>
    /// <param name="query">What it is worked on: <c>matrix</c>, or <c>model</c> and <c>row</c>, or nothing for its own.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<(int Status, byte[] Content)?> Answer(string name, IQueryCollection query, CancellationToken cancellation)
    {
        var wantsRow = query.ContainsKey("model") || query.ContainsKey("row");
        var (result, row) = (explorer.At(Routes.Index(query["model"].ToString())), Routes.Index(query["row"].ToString()));
        if (LessonTopics.Find(name) is not { } topic || (wantsRow && result?.Row(row) is null))
        {
            return null;
        }

        await Turns.WaitAsync(cancellation);
        try
        {
            var input = new LessonInput { Matrix = MatrixIn(query), Layers = wantsRow ? [result!.Reading(row)] : [] };
            return (StatusCodes.Status200OK, LessonJson.Of(topic.Teach(input, cancellation)));
        }
        catch (LessonException e)
        {
            return (StatusCodes.Status400BadRequest, Error(e.Message));
        }
        finally
        {
            Turns.Release();
        }
    }

    private static LessonMatrix? MatrixIn(IQueryCollection query) => query["matrix"] switch
    {
        [] => null,
        [{ } text] => LessonMatrix.Parse(text),
        _ => throw new LessonException("more than one matrix is given"),
    };

    private static byte[] Error(string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("error", message);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
