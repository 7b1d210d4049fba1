using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics;

/// <summary>What WeightWatcher 0.7.5.5 made of its own spectra: the density fit, the tail of unit determinant.</summary>
public sealed class WeightWatcherDensityTests
{
    private static readonly string[] Tables = ["PL_default_mp_detx.csv", "PL_randomize_seed12345.csv"];

    /// <summary>The product of all its eigenvalues is 1 up to rounding.</summary>
    private const string Orthogonal = "edge_ortho_100x100";

    public static TheoryData<string> Names => [.. WeightWatcherTable.Matrices];

    /// <summary>Sums over a thousand places in another order: the search may end a little elsewhere.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_density_fit_is_repeated(string name)
    {
        var row = WeightWatcherTable.Row(Tables[0], name);
        Require(row, "", WeightWatcherTable.Eigenvalues(name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_density_fit_of_shuffled_layers_is_repeated(string name)
    {
        var row = WeightWatcherTable.Row(Tables[1], name);
        Require(row, "rand_", WeightWatcherTable.Eigenvalues(name, "rand_evals"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_tail_of_unit_determinant_is_the_same(string name)
    {
        var row = WeightWatcherTable.Row(Tables[0], name);
        var tail = UnitDeterminantTail.Of(WeightWatcherTable.Eigenvalues(name));
        Assert.Equal(WeightWatcherTable.Number(row, "detX_num"), tail.Count);
        if (name == Orthogonal)
        {
            return;
        }

        Near(WeightWatcherTable.Number(row, "detX_val"), tail.Start, 1e-10);
        Near(WeightWatcherTable.Number(row, "detX_val_unrescaled"), tail.ScaledStart, 1e-10);
    }

    /// <summary>From the draws that it made.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_distance_from_the_shuffled_layer_is_the_same(string name)
    {
        var row = WeightWatcherTable.Row(Tables[1], name);
        var (layer, first, second) = (WeightWatcherTable.Eigenvalues(name), WeightWatcherTable.Eigenvalues(name, "rand_evals"), WeightWatcherTable.Eigenvalues(name, "rand_evals2"));
        Assert.InRange(JensenShannon.Distance(layer, second), WeightWatcherTable.Number(row, "rand_distance") - 1e-8, WeightWatcherTable.Number(row, "rand_distance") + 1e-8);
        Near(WeightWatcherTable.Number(row, "max_rand_eval"), first[^1], 1e-10);
        Near(WeightWatcherTable.Number(row, "ww_softrank"), second[^1] / layer[^1], 1e-10);
        Near(WeightWatcherTable.Number(row, "ww_maxdist"), layer[^1] - second[^1], 1e-9);
    }

    private static void Require(IReadOnlyDictionary<string, string> row, string prefix, double[] eigenvalues)
    {
        var (fit, _) = DensityFit.Of(eigenvalues, (int)WeightWatcherTable.Number(row, "N"), (int)WeightWatcherTable.Number(row, "M"));
        Assert.NotNull(fit);
        Near(WeightWatcherTable.Number(row, prefix + "W_scale"), fit.Scale, 1e-12);
        Near(WeightWatcherTable.Number(row, prefix + "sigma_mp"), fit.Sigma, 1e-6);
        Near(WeightWatcherTable.Number(row, prefix + "bulk_max"), fit.BulkMax, 1e-6);
        Near(WeightWatcherTable.Number(row, prefix + "bulk_min"), fit.BulkMin, 1e-6);
        Near(WeightWatcherTable.Number(row, prefix + "mp_softrank"), fit.SoftRank, 1e-6);
        Assert.Equal(WeightWatcherTable.Number(row, prefix + "num_spikes"), fit.Spikes);
        Assert.Equal(WeightWatcherTable.Number(row, prefix + "mp_softrank") < 0.002501, fit.IsSentinel);
    }

    private static void Near(double expected, double actual, double tolerance) => Assert.InRange(actual, expected - (tolerance * Math.Abs(expected)), expected + (tolerance * Math.Abs(expected)));
}
