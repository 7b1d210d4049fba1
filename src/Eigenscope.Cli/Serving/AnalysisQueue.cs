namespace Eigenscope.Cli.Serving;

/// <summary>One layer at a time, in the order in which they were asked for. A layer that no client waits for any more is given up.</summary>
internal sealed class AnalysisQueue
{
    private readonly Lock gate = new();
    private readonly LinkedList<LayerJob> waiting = [];
    private LayerJob? working;
    private Task work = Task.CompletedTask;
    private bool isStopped;

    /// <summary>Waits for a row together with others that do, or as the first; null where there is nothing to wait for. Every job that was joined must be left.</summary>
    public LayerJob? Join(LiveModel model, int row)
    {
        lock (gate)
        {
            if (isStopped || !model.IsPending(row))
            {
                return null;
            }

            var job = Find(model, row) ?? Add(new LayerJob(model, row));
            job.Clients++;
            return job;
        }
    }

    /// <summary>Waits no longer.</summary>
    public void Leave(LayerJob job)
    {
        lock (gate)
        {
            if (--job.Clients == 0 && !job.Ended.IsCompleted)
            {
                GiveUp(job);
            }
        }
    }

    /// <summary>Gives up everything, and ends when nothing is worked on.</summary>
    public Task Stop()
    {
        lock (gate)
        {
            isStopped = true;
            waiting.Clear();
            working?.Cancel();
            return work;
        }
    }

    private void GiveUp(LayerJob job)
    {
        if (waiting.Remove(job))
        {
            job.Dispose();
        }
        else
        {
            job.Cancel();
        }
    }

    private LayerJob? Find(LiveModel model, int row) => working?.Is(model, row) == true ? working : waiting.FirstOrDefault(job => job.Is(model, row));

    private LayerJob Add(LayerJob job)
    {
        if (working is null)
        {
            Begin(job);
        }
        else
        {
            waiting.AddLast(job);
        }

        return job;
    }

    private void Begin(LayerJob job)
    {
        working = job;
        job.Begin();
        work = Task.Factory.StartNew(() => Work(job), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Work(LayerJob job)
    {
        try
        {
            job.Work();
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it; the row stays pending.
        }
        finally
        {
            End(job);
        }
    }

    private void End(LayerJob job)
    {
        lock (gate)
        {
            job.End();
            job.Dispose();
            working = null;
            if (waiting.First is { } next)
            {
                waiting.RemoveFirst();
                Begin(next.Value);
            }
        }
    }
}
