using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Eigenscope.Cli.Serving;

/// <summary>How far the analysis of a row is, one JSON object a line, until it is done. Who goes away waits no longer.</summary>
internal static class LayerStream
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes it.</summary>
    public static async Task Write(HttpContext http, AnalysisQueue queue, ServedResult result, int row, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        http.Response.ContentType = "application/x-ndjson";
        if (result is LiveModel model && queue.Join(model, row) is { } job)
        {
            try
            {
                await Follow(http.Response, job, end.Token);
            }
            finally
            {
                queue.Leave(job);
            }
        }

        end.Token.ThrowIfCancellationRequested();
        await WriteLine(http.Response, result.Done(row)!, end.Token);
    }

    private static async Task Follow(HttpResponse response, LayerJob job, CancellationToken end)
    {
        while (!job.Ended.IsCompleted)
        {
            await WriteLine(response, State(job), end);
            await Task.WhenAny(job.Ended, Task.Delay(Interval, end));
            end.ThrowIfCancellationRequested();
        }
    }

    private static byte[] State(LayerJob job) => Encoding.UTF8.GetBytes(job.Elapsed is { } elapsed
        ? string.Create(CultureInfo.InvariantCulture, $$"""{"state":"working","seconds":{{elapsed.TotalSeconds:0.##}}}""")
        : """{"state":"waiting"}""");

    private static async Task WriteLine(HttpResponse response, byte[] line, CancellationToken end)
    {
        await response.Body.WriteAsync((byte[])[.. line, (byte)'\n'], end);
        await response.Body.FlushAsync(end);
    }
}
