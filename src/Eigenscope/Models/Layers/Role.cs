namespace Eigenscope.Models.Layers;

/// <summary>What a tensor does in its network, as its name tells. <see cref="Roles.Text"/> gives the spelling used in results.</summary>
public enum Role
{
    /// <summary>Projects the residual stream to queries; both factors of a low-rank query projection count.</summary>
    AttentionQuery,

    /// <summary>Projects to keys.</summary>
    AttentionKey,

    /// <summary>Projects to values.</summary>
    AttentionValue,

    /// <summary>Projects the concatenated heads back to the residual stream.</summary>
    AttentionOutput,

    /// <summary>One matrix that makes two or three of queries, keys and values.</summary>
    AttentionQkv,

    /// <summary>The widening matrix of a feed-forward block.</summary>
    MlpUp,

    /// <summary>The matrix whose activation multiplies the widened stream.</summary>
    MlpGate,

    /// <summary>The narrowing matrix of a feed-forward block.</summary>
    MlpDown,

    /// <summary>Gate and up in one matrix.</summary>
    MlpGateUp,

    /// <summary>A table of token (or token type) vectors.</summary>
    Embedding,

    /// <summary>A table of position vectors or of relative-position biases.</summary>
    PositionEmbedding,

    /// <summary>Projects the residual stream to a score per token.</summary>
    Unembedding,

    /// <summary>Chooses the experts of a mixture.</summary>
    Router,

    /// <summary>A convolution kernel without a more particular role.</summary>
    Convolution,

    /// <summary>A matrix of an LSTM, GRU or plain recurrent cell.</summary>
    Recurrent,

    /// <summary>A normalisation layer's scale or statistic.</summary>
    Norm,

    /// <summary>An additive bias.</summary>
    Bias,

    /// <summary>Anything else, classifier heads among them.</summary>
    Other,
}
