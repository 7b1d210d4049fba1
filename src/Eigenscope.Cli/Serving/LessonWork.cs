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

    /// <summary>Before and after.</summary>
    private const int MostRows = 2;

    private static readonly SemaphoreSlim Turns = new(AtOnce);

    /// <summary>The lesson, or in a line why it cannot be worked, as JSON with the status of the answer; null where there is no such lesson, or no such row.</summary>
    /// <param name="name">The lesson.</param>
    /// <param name="query">What it is worked on: <c>matrix</c>, or <c>model</c> and <c>row</c>, both twice for a layer before and after its training, or nothing for its own.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<(int Status, byte[] Content)?> Answer(string name, IQueryCollection query, CancellationToken cancellation)
    {
        if (LessonTopics.Find(name) is not { } topic || RowsIn(query) is not { } rows)
        {
            return null;
        }

        await Turns.WaitAsync(cancellation);
        try
        {
            var input = new LessonInput { Matrix = MatrixIn(query), Layers = [.. rows.Select(place => place.Result.Reading(place.Row))] };
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

    /// <summary>The rows that are named, at most two; null where one of them is none.</summary>
    private List<(ServedResult Result, int Row)>? RowsIn(IQueryCollection query)
    {
        var (models, rows) = (query["model"], query["row"]);
        var found = models.Zip(rows, (model, row) => (Result: explorer.At(Routes.Index(model ?? "")), Row: Routes.Index(row ?? ""))).ToList();
        return models.Count == rows.Count && found.Count <= MostRows && found.TrueForAll(place => place.Result?.Row(place.Row) is not null) ? found.ConvertAll(place => (place.Result!, place.Row)) : null;
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
