using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

/// <summary>The approximate route on matrices small enough to hold it against the Gram route.</summary>
public sealed class LanczosSpectrumTests
{
    /// <summary>Half of the usual steps: their basis of 384 vectors leaves room in the matrices here.</summary>
    private const int Steps = 16;

    private static readonly Dictionary<string, Func<DenseMatrix>> Kinds = new(StringComparer.Ordinal)
    {
        ["noise"] = () => Matrices.Normal(700, 500, 1),
        ["square noise"] = () => Matrices.Normal(600, 600, 2),
        ["wide noise"] = () => Matrices.Normal(450, 1300, 3),
        ["power law"] = () => Columns(800, 550, j => Math.Pow((j + 1) / 550.0, -0.4)),
        ["low rank and noise"] = LowRankAndNoise,
        ["a third of the columns zero"] = () => Columns(700, 600, j => j % 3 == 0 ? 0 : 1),
        ["one huge column"] = () => Columns(500, 480, j => j == 7 ? 1e4 : 1),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Resolved_values_lie_within_the_residual_bound(string name)
    {
        var (w, spectrum) = Approximated(name);
        var (known, exact) = (spectrum.Approximation!, OfGram(w));
        Assert.InRange(known.Resolved, 1, Steps * 24);
        for (var k = 1; k <= known.Resolved; k++)
        {
            var allowance = Accuracy.Lambda(SpectrumRoute.Gram, exact.Eigenvalues.Count, exact.Largest);
            Assert.Equal(exact.Eigenvalues[^k], spectrum.Eigenvalues[^k], (known.ResidualBound * spectrum.Eigenvalues[^k]) + allowance);
        }
    }

    /// <summary>The stated error is two standard errors and a change over half of the steps; five standard errors are allowed.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_distribution_is_right_within_the_stated_error(string name)
    {
        var (w, spectrum) = Approximated(name);
        Assert.InRange(spectrum.Approximation!.DensityError, 0, 0.15);
        Assert.InRange(Distance(OfGram(w), spectrum), 0, 2.5 * spectrum.Approximation.DensityError);
    }

    /// <summary>The estimated values are matched to the trace, which is a sum over all elements: eps for every one of them is ample.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_squared_norm_is_exact(string name)
    {
        var (w, spectrum) = Approximated(name);
        Assert.Equal(1, spectrum.Eigenvalues.Sum() / w.SquaredNorm(), w.Rows * w.Columns * Accuracy.Epsilon);
    }

    /// <summary>M q^T G q for a random unit vector q has a variance of at most 2 tr G^2, and 24 of them are averaged. Resolved values count as exact.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_trace_error_is_within_five_standard_errors(string name)
    {
        var (w, spectrum) = Approximated(name);
        var lambda = OfGram(w).Eigenvalues.SkipLast(spectrum.Approximation!.Resolved).ToList();
        var error = Math.Sqrt(2 * lambda.Sum(x => x * x) / 24) + (spectrum.Approximation.DensityError * lambda.Sum());
        Assert.InRange(Math.Abs(spectrum.Approximation.TraceError), 0, 5 * error / w.SquaredNorm());
    }

    /// <summary>As above, for tr G^2 and tr G^4.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_second_moment_is_within_five_standard_errors(string name)
    {
        var w = Kinds[name]();
        using var gram = new GramOperator(w, Execution.OneThread(CancellationToken.None));
        var ritz = RitzValues.Of(BlockLanczos.Of(gram, 4, 5, Execution.OneThread(CancellationToken.None)), CancellationToken.None);
        var moment = ritz.Values.Select((theta, j) => theta * theta * ritz.Weights.AsSpan(j * 24, 24).ToArray().Sum() / 24).Sum() * gram.Order;
        var lambda = OfGram(w).Eigenvalues;
        Assert.Equal(lambda.Sum(x => x * x), moment, 5 * Math.Sqrt(2 * lambda.Sum(x => Math.Pow(x, 4)) / 24));
        Assert.Equal(1, ritz.Weights.Sum() / 24, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_and_vector_widths_change_no_bit(string name)
    {
        var w = Kinds[name]();
        var first = OfLanczos(w, 1, new Execution(TileKernel.OfLanes(8), 1, CancellationToken.None));
        foreach (var (lanes, threads) in new[] { (8, 2), (4, 3), (2, 1) })
        {
            using var execution = new Execution(TileKernel.OfLanes(lanes), threads, CancellationToken.None);
            var other = OfLanczos(w, 1, execution);
            Assert.Equal(first.SingularValues, other.SingularValues);
            Assert.Equal(first.Approximation, other.Approximation);
        }
    }

    /// <summary>Each of two estimates is within its stated error of the truth.</summary>
    [Fact]
    public void Another_seed_gives_another_estimate_within_the_stated_error()
    {
        var w = Kinds["power law"]();
        var (one, two) = (OfLanczos(w, 1), OfLanczos(w, 2));
        Assert.NotEqual(one.SingularValues, two.SingularValues);
        Assert.InRange(Distance(one, two), 0, 2.5 * (one.Approximation!.DensityError + two.Approximation!.DensityError));
        Assert.Equal(one.Largest, two.Largest, one.Largest * (one.Approximation.ResidualBound + two.Approximation.ResidualBound));
    }

    /// <summary>Values above the smallest that is resolved stand for themselves; all others are known to be smaller, and no more.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_floor_lies_below_the_resolved_values(string name)
    {
        var (_, spectrum) = Approximated(name);
        Assert.Equal(SpectrumRoute.Approximate, spectrum.Route);
        Assert.Equal(spectrum.SingularValues.Order(), spectrum.SingularValues);
        Assert.Equal(spectrum.SingularValues.Count - spectrum.Approximation!.Resolved, spectrum.CountAtFloor);
    }

    /// <summary>A matrix whose smaller side is at most 3072 is done whole.</summary>
    [Fact]
    public void A_small_matrix_takes_the_Gram_route()
    {
        var w = Matrices.Normal(40, 30, 1);
        var spectrum = Accuracy.Of(w, SpectrumRoute.Approximate);
        Assert.Equal((SpectrumRoute.Gram, null), (spectrum.Route, spectrum.Approximation));
        Assert.Equal(Accuracy.Of(w, SpectrumRoute.Gram).SingularValues, spectrum.SingularValues);
    }

    [Fact]
    public void Pooled_spectra_state_the_worst_errors()
    {
        var parts = new[] { OfLanczos(Kinds["noise"](), 1), OfLanczos(Kinds["power law"](), 1) };
        var pooled = Spectrum.Pool(parts);
        Assert.Equal(parts.Max(part => part.Approximation!.DensityError), pooled.Approximation!.DensityError);
        Assert.Equal(parts.Max(part => part.Approximation!.ResidualBound), pooled.Approximation.ResidualBound);
        Assert.Equal(pooled.SingularValues.Count - pooled.CountAtFloor, pooled.Approximation.Resolved);
    }

    private static (DenseMatrix W, Spectrum Spectrum) Approximated(string name) => Kinds[name]() is var w ? (w, OfLanczos(w, 1)) : default;

    private static Spectrum OfLanczos(IMatrix w, ulong seed, Execution? execution = null) =>
        Spectrum.OfLanczos(w, seed, execution ?? Execution.OneThread(CancellationToken.None), Steps);

    private static Spectrum OfGram(IMatrix w) => Accuracy.Of(w, SpectrumRoute.Gram);

    /// <summary>The Lévy distance of two spectra as they are, in units of the root mean square.</summary>
    private static double Distance(Spectrum x, Spectrum y) =>
        Steplike(x).Distance(Steplike(y), Math.Sqrt(x.Eigenvalues.Average()));

    /// <summary>So many steps that no two values are averaged.</summary>
    private static SpectralMeasure Steplike(Spectrum spectrum)
    {
        double[] sigma = [.. spectrum.SingularValues.Select(sigma => sigma > spectrum.Largest * 1e-6 ? sigma : 0)];
        return new SpectralMeasure(sigma, [.. Enumerable.Repeat(1.0, sigma.Length)], int.MaxValue);
    }

    private static DenseMatrix Columns(int rows, int columns, Func<int, double> length)
    {
        var noise = Matrices.Normal(rows, columns, rows);
        return Matrices.Of(rows, columns, (i, j) => noise[i, j] * length(j));
    }

    private static DenseMatrix LowRankAndNoise()
    {
        var (noise, left, right) = (Matrices.Normal(600, 500, 1), Matrices.Normal(600, 10, 2), Matrices.Normal(10, 500, 3));
        return Matrices.Of(600, 500, (i, j) => noise[i, j] + Enumerable.Range(0, 10).Sum(k => left[i, k] * right[k, j] * 0.7 / (k + 1)));
    }
}
