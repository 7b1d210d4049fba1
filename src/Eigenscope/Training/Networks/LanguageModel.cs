using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Data;

namespace Eigenscope.Training.Networks;

/// <summary>A decoder-only transformer: vectors of tokens and places, causal blocks, a normalisation, and a score for each token that may follow. Names are those of GPT-2 but for the parts of attention.</summary>
internal sealed class LanguageModel : Network
{
    private const double EmbeddingDeviation = 0.1;

    private readonly TokenEmbedding embedding;
    private readonly TransformerBlock[] blocks;
    private readonly Chain chain;
    private readonly Parameter[] parameters;

    /// <param name="options">Width, depth, heads, context, activation, and whether the head is tied.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    public LanguageModel(NetworkOptions options, int vocabulary)
    {
        embedding = new TokenEmbedding("transformer.wte", "transformer.wpe", vocabulary, options.Context, options.Width, options.IsTied);
        blocks = [.. Enumerable.Range(0, options.Depth).Select(i => new TransformerBlock($"transformer.h.{i}", options, options.Context, isCausal: true))];
        var head = options.IsTied ? new Linear(embedding.Tokens) : new Linear("lm_head", options.Width, vocabulary, hasBias: false);
        chain = new Chain([.. blocks, new LayerNorm("transformer.ln_f", options.Width), head]);
        parameters = [.. chain.Parameters.Prepend(embedding.Positions).Prepend(embedding.Tokens).Distinct()];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override RowMajor Forward(Batch batch, Execution execution) => chain.Forward(embedding.Forward(batch.Tokens!), execution);

    /// <inheritdoc/>
    public override void Backward(RowMajor gradient, Execution execution) => embedding.Backward(chain.Backward(gradient, execution));

    /// <summary>What writes to the stream is drawn smaller by sqrt(2 depth), so that the stream does not grow (Radford et al. 2019).</summary>
    protected override void Initialize(NetworkOptions options, ulong seed)
    {
        var writers = blocks.SelectMany(block => block.OutputWeights).ToHashSet();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].IsMatrix)
            {
                var deviation = parameters[i] == embedding.Tokens || parameters[i] == embedding.Positions
                    ? EmbeddingDeviation
                    : InitialWeights.Deviation(parameters[i]) / (writers.Contains(parameters[i]) ? Math.Sqrt(2 * options.Depth) : 1);
                InitialWeights.Draw(parameters[i], options.InitialScale * deviation, seed, i);
            }
        }
    }
}
