using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>What one model has learned beyond the base, in one layer.</summary>
/// <param name="Matrix">D_i = W_i - W_0.</param>
/// <param name="SingularValues">All of its singular values, ascending.</param>
/// <param name="Vectors">Its leading singular vectors.</param>
internal sealed record TaskChange(IMatrix Matrix, IReadOnlyList<double> SingularValues, LeadingVectors Vectors)
{
    private const double KeptEnergy = 0.99;

    /// <summary>|D_i|_F.</summary>
    public double Norm { get; } = Math.Sqrt(SingularValues.Sum(sigma => sigma * sigma));

    /// <summary>exp of the entropy of sigma / sum sigma (Roy and Vetterli 2007).</summary>
    public double EffectiveRank
    {
        get
        {
            var sum = SingularValues.Sum();
            return Math.Exp(-SingularValues.Where(sigma => sigma > 0).Sum(sigma => sigma / sum * Math.Log(sigma / sum)));
        }
    }

    /// <summary>How many singular values hold 99 % of the squared norm; as many as there are vectors at most.</summary>
    public int Rank => Math.Min(Vectors.SingularValues.Count, Truncation.RankFor([.. SingularValues.Select(sigma => sigma * sigma)], KeptEnergy));
}
