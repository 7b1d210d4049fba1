namespace Eigenscope.Statistics;

/// <summary>The five phases of training of Martin and Mahoney (2021), and the collapse of the rank.</summary>
public enum Phase
{
    /// <summary>The spectrum is that of a random matrix.</summary>
    RandomLike,

    /// <summary>Eigenvalues lie just beyond the edge of the random part.</summary>
    BleedingOut,

    /// <summary>Eigenvalues lie well beyond the edge of a random part that is one.</summary>
    BulkSpikes,

    /// <summary>The random part has no sharp edge: signals of all strengths run into it.</summary>
    BulkDecay,

    /// <summary>There is no random part to speak of: the eigenvalues reach over orders of magnitude. Does not assert a power law.</summary>
    HeavyTailed,

    /// <summary>A tenth of the eigenvalues or more is far below the others, or zero.</summary>
    RankCollapse,
}
