using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Data;

namespace Eigenscope.Training.Networks;

/// <summary>A transformer over the pieces of an image: the same blocks without the causal mask, a normalisation, one row for the image, and a score for each class.</summary>
internal sealed class VisionTransformer : Network
{
    private const double VectorDeviation = 0.1;

    private readonly PatchEmbedding embedding;
    private readonly TransformerBlock[] blocks;
    private readonly Chain chain;
    private readonly Parameter[] parameters;

    /// <param name="options">Width, depth, heads, patch, pooling, activation.</param>
    /// <param name="side">The rows and columns of an image.</param>
    /// <param name="classes">How many classes there are.</param>
    public VisionTransformer(NetworkOptions options, int side, int classes)
    {
        embedding = new PatchEmbedding("vit", side, options.Patch, options.Width, !options.PoolsMean);
        blocks = [.. Enumerable.Range(0, options.Depth).Select(i => new TransformerBlock($"vit.blocks.{i}", options, embedding.Length, isCausal: false))];
        chain = new Chain([.. blocks, new LayerNorm("vit.norm", options.Width), new Pooling(embedding.Length, options.PoolsMean), new Linear("head", options.Width, classes)]);
        parameters = [.. embedding.Parameters, .. chain.Parameters];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override RowMajor Forward(Batch batch, Execution execution) => chain.Forward(embedding.Forward(batch.Inputs!, execution), execution);

    /// <inheritdoc/>
    public override void Backward(RowMajor gradient, Execution execution) => embedding.Backward(chain.Backward(gradient, execution), execution);

    /// <summary>As in <see cref="LanguageModel"/>.</summary>
    protected override void Initialize(NetworkOptions options, ulong seed)
    {
        var (writers, vectors) = (blocks.SelectMany(block => block.OutputWeights).ToHashSet(), embedding.Vectors.ToHashSet());
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].IsMatrix || vectors.Contains(parameters[i]))
            {
                var deviation = vectors.Contains(parameters[i])
                    ? VectorDeviation
                    : InitialWeights.Deviation(parameters[i]) / (writers.Contains(parameters[i]) ? Math.Sqrt(2 * options.Depth) : 1);
                InitialWeights.Draw(parameters[i], options.InitialScale * deviation, seed, i);
            }
        }
    }
}
