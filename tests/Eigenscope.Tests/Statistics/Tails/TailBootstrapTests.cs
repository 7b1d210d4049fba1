using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

public sealed class TailBootstrapTests
{
    public static TheoryData<string> Samples => [.. PowerLawReference.Samples];

    [Fact]
    public void Does_not_depend_on_the_number_of_threads()
    {
        var x = Planted.PowerLaw(2.5, 300, 1);
        var expected = Bootstrap(x, new BootstrapOptions { Seed = 5 });
        Assert.Equal(expected, Bootstrap(x, new BootstrapOptions { Seed = 5 }));
        Assert.Equal(expected, Bootstrap(x, new BootstrapOptions { Seed = 5, Threads = 3 }));
        Assert.NotEqual(expected, Bootstrap(x, new BootstrapOptions { Seed = 6 }));
    }

    /// <summary>Both p-values are shares of 300 and 1000 samples: their difference is within 4 of its standard errors, sqrt(p (1 - p) (1/300 + 1/1000)), at most 0.033.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Gives_the_p_values_of_another_program(string sample)
    {
        var reference = PowerLawReference.Read(sample);
        var x = PowerLawReference.Values(reference);
        RequireNear(reference.Number("bootstrap_p_ww_300"), x, new PowerLawOptions());
        RequireNear(reference.Number("bootstrap_p_300"), x, new PowerLawOptions { Distance = TailDistance.Standard });
    }

    [Fact]
    public void An_interval_holds_the_corrected_exponent()
    {
        var bootstrap = Bootstrap(Planted.PowerLaw(3, 500, 2), new BootstrapOptions { Replicates = 200 });
        Assert.InRange(bootstrap.AlphaCorrected, bootstrap.Low, bootstrap.High);
        Assert.InRange(3, bootstrap.Low, bootstrap.High);
        Assert.InRange(bootstrap.StandardError, 0.05, 0.3);
    }

    [Fact]
    public void With_a_cutoff_samples_end_there()
    {
        double[] x = [.. Planted.PowerLaw(1.5, 500, 4).Where(value => value < 30)];
        var (bootstrap, _) = TailBootstrap.Of(x, new PowerLawOptions { Cutoff = UpperCutoff.Largest, LeastTail = 50 }, new BootstrapOptions());
        Assert.NotNull(bootstrap);
        Assert.InRange(bootstrap.P, 0, 1);
    }

    [Fact]
    public void Says_why_there_is_none()
    {
        Assert.Equal((null, "all eigenvalues are equal"), TailBootstrap.Of([2, 2], new PowerLawOptions(), new BootstrapOptions()));
        Assert.Equal((null, "a bootstrap scans for xmin"), TailBootstrap.Of([1, 2, 3], new PowerLawOptions { Xmin = XminChoice.Peak }, new BootstrapOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => TailBootstrap.Of([1, 2, 3], new PowerLawOptions(), new BootstrapOptions { Replicates = 3 }));
    }

    private static void RequireNear(double expected, double[] x, PowerLawOptions options)
    {
        var (bootstrap, _) = TailBootstrap.Of(x, options, new BootstrapOptions { Replicates = 1000, Threads = 2 });
        Assert.NotNull(bootstrap);
        Assert.Equal(expected, bootstrap.P, 4 * 0.033);
    }

    private static TailBootstrap Bootstrap(double[] x, BootstrapOptions options) => Assert.IsType<TailBootstrap>(TailBootstrap.Of(x, new PowerLawOptions(), options).Bootstrap);
}
