namespace Eigenscope.Training.Data;

/// <summary>Grey images with a class each.</summary>
/// <param name="training">Those for training.</param>
/// <param name="heldOut">Those held out.</param>
/// <param name="classes">How many classes there are.</param>
internal sealed class Images(ImageSet training, ImageSet heldOut, int classes) : TrainingData
{
    /// <summary>About the mean of all pixels.</summary>
    private const double Mean = 0.15;

    /// <summary>About their standard deviation.</summary>
    private const double Deviation = 0.3;

    /// <inheritdoc/>
    public override int TrainingCount => training.Labels.Length;

    /// <inheritdoc/>
    public override int HeldOutCount => heldOut.Labels.Length;

    /// <inheritdoc/>
    internal override DataShape Shape => new(training.Side * training.Side, classes, training.Side);

    /// <inheritdoc/>
    internal override void Fill(Batch batch, ReadOnlySpan<int> examples, bool isHeldOut)
    {
        var set = isHeldOut ? heldOut : training;
        var size = set.Side * set.Side;
        var (inputs, labels) = batch.Classified(examples.Length, size);
        for (var i = 0; i < examples.Length; i++)
        {
            labels[i] = set.Labels[examples[i]];
            var from = set.Pixels.AsSpan(examples[i] * size, size);
            var to = inputs.Row(i);
            for (var j = 0; j < to.Length; j++)
            {
                to[j] = ((from[j] / 255.0) - Mean) / Deviation;
            }
        }
    }
}

/// <summary>Images of one size.</summary>
/// <param name="Side">Rows and columns.</param>
/// <param name="Pixels">A byte for each pixel, 0 for paper and 255 for ink, row by row, image by image.</param>
/// <param name="Labels">The class of each.</param>
internal sealed record ImageSet(int Side, byte[] Pixels, byte[] Labels);
