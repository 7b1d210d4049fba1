using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>The singular values of a change, with zeros for those that count as such.</summary>
internal sealed class ChangeSpectrum
{
    /// <param name="vectors">The decomposition.</param>
    /// <param name="share">Values up to this share of the largest count as zero.</param>
    public ChangeSpectrum(SingularVectors vectors, double share)
    {
        Rank = vectors.Rank(share);
        Values = [.. vectors.Values.Select((value, k) => k < Rank ? value : 0)];
        Nuclear = Values.Sum();
        Energy = Values.Sum(value => value * value);
    }

    /// <summary>s, descending.</summary>
    public double[] Values { get; }

    /// <summary>How many are above zero.</summary>
    public int Rank { get; }

    /// <summary>Their sum, the nuclear norm.</summary>
    public double Nuclear { get; }

    /// <summary>The sum of their squares.</summary>
    public double Energy { get; }

    /// <summary>exp of the entropy of s / sum s, from 1 to the rank (Roy and Vetterli 2007); 0 for no change.</summary>
    public double EffectiveRank => Nuclear == 0 ? 0 : Math.Exp(-Values.Where(value => value > 0).Sum(value => value / Nuclear * Math.Log(value / Nuclear)));

    /// <summary>The fewest leading values whose sum is at least a share of the whole; 0 for no change.</summary>
    public int NuclearRank(double share) => Leading(share * Nuclear, value => value);

    /// <summary>The fewest leading values whose squares are at least a share of the energy; 0 for no change.</summary>
    public int EnergyRank(double share) => Leading(share * Energy, value => value * value);

    /// <summary>The share of the energy in the leading values; NaN for no change.</summary>
    public double KeptEnergy(int rank) => Values.Take(rank).Sum(value => value * value) / Energy;

    private int Leading(double wanted, Func<double, double> part)
    {
        var (sum, rank) = (0.0, 0);
        while (rank < Rank && (rank == 0 || sum < wanted))
        {
            sum += part(Values[rank++]);
        }

        return rank;
    }
}
