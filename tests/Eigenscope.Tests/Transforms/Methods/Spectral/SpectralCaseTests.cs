using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>Recorded results of the methods' published programs and of independent ones, as published: without guards of the rank.</summary>
public sealed class SpectralCaseTests
{
    [Theory]
    [InlineData("", 10)]
    [InlineData("", 40)]
    [InlineData("", 70)]
    [InlineData("", 100)]
    [InlineData("wide_", 10)]
    [InlineData("wide_", 40)]
    [InlineData("wide_", 70)]
    [InlineData("wide_", 100)]
    public void Star(string prefix, int eta)
    {
        var (result, facts) = Paper(SpectralRun.Recorded("star", prefix)).With("eta", (double)eta).Run();
        var numbers = SpectralReference.Numbers("cases", $"{prefix}star_eta{eta}");
        Assert.Equal(numbers.GetProperty("kept_ranks").Doubles(), facts.Facts("kept_rank"));
        RequireLength(numbers.GetProperty("frob").GetDouble(), result, 1e-10);
        if (eta != 70 && !(prefix == "wide_" && eta == 10))
        {
            RequireFiles($"{prefix}star_eta{eta}", result, 1e-10);
        }
        else if (eta == 10)
        {
            SpectralAssertions.Near(SpectralReference.Array("numpy/wide_star_eta10").ToDense(), result, 1e-10);
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("", 2)]
    [InlineData("", 3)]
    [InlineData("wide_", 1)]
    [InlineData("wide_", 2)]
    [InlineData("wide_", 3)]
    public void Star_of_one_model(string prefix, int model)
    {
        var all = SpectralRun.Recorded("star", prefix);
        var one = all with { Changes = [all.Changes[model - 1]] };
        SpectralAssertions.Near(SpectralReference.Array($"official/{prefix}star_eta40_task{model}_delta").ToDense(), one.With("eta", 40.0).Change(), 1e-10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wide_")]
    public void Task_singular_vectors(string prefix)
    {
        var (result, facts) = Paper(SpectralRun.Recorded("tsv_m", prefix)).Run();
        var numbers = SpectralReference.Numbers("cases", $"{prefix}tsvm");
        Assert.Equal(numbers.GetProperty("sti").GetDouble(), facts.Fact("interference"), 1e-9);
        Assert.All(facts.Facts("kept_rank"), rank => Assert.Equal(numbers.GetProperty("k_per_task").GetDouble(), rank));
        RequireLength(numbers.GetProperty("frob").GetDouble(), result, 1e-9);
        if (prefix.Length == 0)
        {
            RequireFiles("tsvm", result, 1e-9);
        }
    }

    [Theory]
    [InlineData("", 1e-10)]
    [InlineData("wide_", 1e-5)]
    public void Isotropic(string prefix, double tolerance)
    {
        var (result, _) = Paper(SpectralRun.Recorded("iso_c", prefix)).Run();
        RequireFiles($"{prefix}iso_c", result, tolerance);
        RequireLength(SpectralReference.Numbers("cases", $"{prefix}iso_c", "frob").GetDouble(), result, tolerance);
    }

    [Theory]
    [InlineData("", 1e-9)]
    [InlineData("wide_", 1e-5)]
    public void Isotropic_with_directions_of_tasks(string prefix, double tolerance)
    {
        var (result, _) = Paper(SpectralRun.Recorded("iso_cts", prefix)).Run();
        RequireLength(SpectralReference.Numbers("cases", $"{prefix}iso_cts", "frob").GetDouble(), result, tolerance);
        if (prefix.Length > 0)
        {
            RequireFiles("wide_iso_cts", result, tolerance);
        }
    }

    [Fact]
    public void Knots_with_ties()
    {
        var (result, _) = Paper(SpectralRun.Recorded("knots")).With("merge", "ties").With("density", 0.2).Run();
        RequireFiles("knots_ties_top20", result, 1e-10);
        RequireLength(SpectralReference.Numbers("cases", "knots_ties_top20", "frob").GetDouble(), result, 1e-10);
    }

    /// <summary>Only singular values up to 1e-5 lie between that and the sum.</summary>
    [Fact]
    public void Knots_with_task_arithmetic_is_the_sum()
    {
        var run = SpectralRun.Recorded("knots").With("merge", "task_arithmetic");
        SpectralAssertions.Near(run.Changes.Aggregate(SpectralAssertions.Plus), run.Change(), 1e-12);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("loose")]
    [InlineData("weighted")]
    [InlineData("strict")]
    [InlineData("identical")]
    public void Spectral_aware(string name)
    {
        var numbers = SpectralReference.Numbers("cases", $"spectral_aware_{name}");
        var run = SpectralRun.Recorded("spectral_aware");
        run = name switch
        {
            "loose" => run.With("tau", 9.0).With("omega", 0.0),
            "weighted" => run with { Weights = numbers.GetProperty("weights").Doubles() },
            "strict" => run.With("kappa", 0.999).With("g_max", 1.2),
            "identical" => run with { Changes = [run.Changes[0], run.Changes[0], run.Changes[0]] },
            _ => run,
        };
        var (result, facts) = run.Run();
        var report = numbers.GetProperty("report");
        Assert.Equal(report.GetProperty("route").GetString(), facts.Route);
        SpectralAssertions.Near(report.GetProperty("erank").Doubles(), facts.Facts("effective_rank"), 1e-9);
        SpectralAssertions.Near(report.GetProperty("energy_ranks").Doubles(), facts.Facts("energy_rank"), 0);
        Assert.Equal(report.GetProperty("log_rank_dispersion").GetDouble(), facts.Fact("dispersion"), 1e-7);
        Assert.Equal(report.GetProperty("rank_variance").GetDouble(), facts.Fact("rank_variance"), 1e-9);
        Assert.Equal(report.GetProperty("overlap").GetDouble(), facts.Fact("overlap"), 1e-10);
        RequireLength(numbers.GetProperty("frob").GetDouble(), result, 1e-9);
        if (report.TryGetProperty("shared_rank", out var rank))
        {
            Assert.Equal(rank.GetInt32(), facts.Fact("shared_rank"));
            Assert.Equal(report.GetProperty("nuclear_gain").GetDouble(), facts.Fact("nuclear_gain"), 1e-9);
            Assert.Equal(report.GetProperty("nuclear_gain_capped").GetBoolean(), facts.Fact("nuclear_gain_capped") == 1);
            SpectralAssertions.Near(report.GetProperty("energy_kept").Doubles(), facts.Facts("kept_energy"), 1e-9);
        }

        if (name is "default" or "loose" or "identical")
        {
            SpectralAssertions.Near(SpectralReference.Array($"numpy/spectral_aware_{name}").ToDense(), result, 1e-9);
        }
    }

    private static SpectralRun Paper(SpectralRun run) => run.With("variant", "paper");

    /// <summary>The published program's result and that of an independent one.</summary>
    private static void RequireFiles(string name, DenseMatrix result, double tolerance)
    {
        SpectralAssertions.Near(SpectralReference.Array($"official/{name}").ToDense(), result, tolerance);
        SpectralAssertions.Near(SpectralReference.Array($"numpy/{name}").ToDense(), result, tolerance);
    }

    private static void RequireLength(double expected, DenseMatrix result, double tolerance) => Assert.Equal(expected, Math.Sqrt(result.SquaredNorm()), tolerance * 10);
}
