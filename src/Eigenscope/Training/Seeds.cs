using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training;

/// <summary>Seeds of independent sequences from one seed.</summary>
internal static class Seeds
{
    /// <summary>What is drawn.</summary>
    internal enum Use
    {
        /// <summary>Weights before training.</summary>
        Weights,

        /// <summary>The examples of a mini-batch.</summary>
        Batches,

        /// <summary>The examples of mini-batches for statistics of gradients.</summary>
        Gradients,

        /// <summary>Examples for training.</summary>
        Training,

        /// <summary>Examples held out.</summary>
        HeldOut,

        /// <summary>Which examples are held out.</summary>
        Split,

        /// <summary>A teacher, or a grammar.</summary>
        Teacher,
    }

    /// <summary>The seed of the sequence for one use and number.</summary>
    public static ulong Of(ulong seed, Use use, long number = 0)
    {
        var words = new SplitMix64(seed);
        words = new SplitMix64(words.Next() + (ulong)use);
        words = new SplitMix64(words.Next() + (ulong)number);
        return words.Next();
    }
}
