using Eigenscope.Reports;
using Eigenscope.Spectra;
using Eigenscope.Tracking;
using Eigenscope.Training;
using Eigenscope.Training.Data;

namespace Eigenscope.Experiments;

/// <summary>A training as its layers' spectra show it.</summary>
/// <param name="Moments">Its checkpoints, ascending.</param>
internal sealed record LayerCourse(IReadOnlyList<LayerMoment> Moments)
{
    /// <summary>How many singular vectors are kept on either side.</summary>
    public const int Vectors = 10;

    /// <summary>Trains, and reads the layers that a test picks at every checkpoint.</summary>
    public static LayerCourse Of(TrainingOptions options, TrainingData data, Func<NamedWeights, bool> isWanted)
    {
        var moments = new List<LayerMoment>();
        TrainingRun.Start(options, checkpoint => moments.Add(LayerMoment.Of(checkpoint, isWanted)), data);
        return new(moments);
    }

    /// <summary>A value where a measure of progress first reaches a level, between checkpoints in proportion to that measure; NaN where it begins there or never comes there.</summary>
    public double At(double level, Func<LayerMoment, double> progress, Func<LayerMoment, double> of)
    {
        var after = Moments.ToList().FindIndex(moment => progress(moment) >= level);
        if (after < 1)
        {
            return double.NaN;
        }

        var (before, next) = (Moments[after - 1], Moments[after]);
        var share = (level - progress(before)) / (progress(next) - progress(before));
        return ((1 - share) * of(before)) + (share * of(next));
    }

    /// <summary>The overlap of the leading right subspace of a layer at a checkpoint with that at the checkpoint before; null at the first.</summary>
    public double? Overlap(int moment, int layer) => moment == 0 ? null : LayerMoment.Overlap(Moments[moment - 1], Moments[moment], layer);
}

/// <summary>The layers of a training at a checkpoint.</summary>
/// <param name="Log">Losses and accuracy.</param>
/// <param name="Layers">What was read of each.</param>
internal sealed record LayerMoment(TrainingLogEntry Log, IReadOnlyList<(string Name, LayerReading Reading, LeadingVectors Vectors)> Layers)
{
    /// <summary>Reads the layers that a test picks.</summary>
    public static LayerMoment Of(TrainingCheckpoint checkpoint, Func<NamedWeights, bool> isWanted) =>
        new(checkpoint.Log, [.. checkpoint.Weights.Where(isWanted).Select(one => (one.Name, LayerReading.Of(one.Values), LeadingVectors.Of(one.Values, LayerCourse.Vectors)))]);

    /// <summary>The mean over the layers of what is read of each, those left out that have no such number; NaN where none has.</summary>
    public double Mean(Func<LayerReading, double> of) => Layers.Select(layer => of(layer.Reading)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>How often each phase is told, the most frequent first.</summary>
    public static string Phases(IReadOnlyList<LayerReading> readings) =>
        string.Join(' ', readings.GroupBy(reading => reading.Phase).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => $"{group.Key?.Text() ?? "-"}:{group.Count()}"));

    /// <summary>The overlap of the leading right subspaces of a layer, 0 to 1: the mean squared cosine of their principal angles.</summary>
    public static double Overlap(LayerMoment a, LayerMoment b, int layer) => Rotation.Of(a.Layers[layer].Vectors, b.Layers[layer].Vectors)?.Right.Overlap ?? double.NaN;
}
