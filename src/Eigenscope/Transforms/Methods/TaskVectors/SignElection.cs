using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>
/// The election of TIES (Yadav et al. 2023): element by element, the changes whose sign is that of the sum of all votes are added, and divided by the sum of their divisors.
/// </summary>
/// <param name="Votes">What a change is multiplied by for its vote.</param>
/// <param name="Factors">What a change is multiplied by in the sum.</param>
/// <param name="Divisors">What a change adds to the divisor; null where nothing is divided.</param>
internal sealed record SignElection(double[] Votes, double[] Factors, double[]? Divisors)
{
    /// <summary>The sign where the votes add up to zero.</summary>
    public bool ZeroIsPositive { get; init; } = true;

    /// <summary>The least divisor; one that is zero is 1.</summary>
    public double LeastDivisor { get; init; } = double.NegativeInfinity;

    /// <summary>Computes the merged change of a block.</summary>
    /// <param name="changes">The changes, one model after another.</param>
    /// <param name="to">The merged change.</param>
    /// <returns>The number of elements where votes of opposite sign meet.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Merge(ReadOnlySpan<double> changes, Span<double> to)
    {
        var (count, conflicts) = (to.Length, 0);
        var (tie, floor) = (Vector512.Create(ZeroIsPositive ? -1L : 0).AsDouble(), Vector512.Create(LeastDivisor));
        var i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count)
        {
            Vector512<double> votes = default, positive = default, negative = default;
            for (var model = 0; model < Votes.Length; model++)
            {
                var vote = Vector512.Create(changes[((model * count) + i)..]) * Vector512.Create(Votes[model]);
                votes += vote;
                positive |= Vector512.GreaterThan(vote, Vector512<double>.Zero);
                negative |= Vector512.LessThan(vote, Vector512<double>.Zero);
            }

            conflicts += BitOperations.PopCount((positive & negative).ExtractMostSignificantBits());
            var elected = Vector512.GreaterThan(votes, Vector512<double>.Zero) | (Vector512.Equals(votes, Vector512<double>.Zero) & tie);
            Vector512<double> sum = default, divisor = default;
            for (var model = 0; model < Votes.Length; model++)
            {
                var change = Vector512.Create(changes[((model * count) + i)..]);
                var vote = change * Vector512.Create(Votes[model]);
                var agrees = Vector512.ConditionalSelect(elected, Vector512.GreaterThan(vote, Vector512<double>.Zero), Vector512.LessThan(vote, Vector512<double>.Zero));
                sum += (change * Vector512.Create(Factors[model])) & agrees;
                divisor += Divisors is null ? default : Vector512.Create(Divisors[model]) & agrees;
            }

            if (Divisors is not null)
            {
                divisor = Vector512.ConditionalSelect(Vector512.Equals(divisor, Vector512<double>.Zero), Vector512<double>.One, Vector512.Max(divisor, floor));
                sum /= divisor;
            }

            sum.CopyTo(to[i..]);
        }

        for (; i < count; i++)
        {
            conflicts += MergeOne(changes, to, i) ? 1 : 0;
        }

        return conflicts;
    }

    private bool MergeOne(ReadOnlySpan<double> changes, Span<double> to, int i)
    {
        var (votes, positive, negative) = (0.0, false, false);
        for (var model = 0; model < Votes.Length; model++)
        {
            var vote = changes[(model * to.Length) + i] * Votes[model];
            votes += vote;
            (positive, negative) = (positive || vote > 0, negative || vote < 0);
        }

        var elected = votes > 0 || (votes == 0 && ZeroIsPositive);
        var (sum, divisor) = (0.0, 0.0);
        for (var model = 0; model < Votes.Length; model++)
        {
            var change = changes[(model * to.Length) + i];
            var vote = change * Votes[model];
            if (elected ? vote > 0 : vote < 0)
            {
                sum += change * Factors[model];
                divisor += Divisors?[model] ?? 0;
            }
        }

        to[i] = Divisors is null ? sum : sum / (divisor == 0 ? 1 : Math.Max(divisor, LeastDivisor));
        return positive && negative;
    }
}
