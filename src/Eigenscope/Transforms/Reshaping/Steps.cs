using Eigenscope.Analysis;

namespace Eigenscope.Transforms;

/// <summary>Tells how far a run is, in steps of about the same cost.</summary>
/// <param name="count">How many there are.</param>
/// <param name="progress">Who is told; null for nobody.</param>
internal sealed class Steps(int count, IProgress<AnalysisProgress>? progress)
{
    private int done;

    /// <summary>One more step is done.</summary>
    /// <param name="layer">What was worked on.</param>
    public void Done(string layer)
    {
        done++;
        progress?.Report(new AnalysisProgress(Math.Min(done, count), count, Math.Min(1, (double)done / count), layer));
    }
}
