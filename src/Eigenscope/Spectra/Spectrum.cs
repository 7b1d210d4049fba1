using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Lapack;

namespace Eigenscope.Spectra;

/// <summary>
/// All singular values of one weight matrix W, or of several pooled, or estimates of some of them, with the evidence of how far to trust them.
/// </summary>
public sealed class Spectrum
{
    /// <summary>The error of either route is within this times sqrt(M), relative to the largest value; eps = 2^-52.</summary>
    private const double ErrorFactor = 8 * 2.220446049250313e-16;

    private Spectrum(double[] singularValues, double[] eigenvalues, SpectrumRoute route, double floor, string? library = null, SpectrumApproximation? approximation = null)
    {
        SingularValues = singularValues;
        Eigenvalues = eigenvalues;
        Route = route;
        Floor = floor;
        Library = library;
        Approximation = approximation;
    }

    /// <summary>The singular values sigma of W, ascending: as many as the smaller side has rows. In the units of the weights.</summary>
    public IReadOnlyList<double> SingularValues { get; }

    /// <summary>The eigenvalues lambda = sigma^2 of W^T W, ascending; never divided by the number of rows.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>The route by which they were computed.</summary>
    public SpectrumRoute Route { get; }

    /// <summary>
    /// The resolution of the route, in units of sigma: a singular value at or below it is known to be at most about that small, and no more.
    /// </summary>
    public double Floor { get; }

    /// <summary>The LAPACK library that computed them, such as "OpenBLAS 0.3.21, SkylakeX"; null where Eigenscope itself did.</summary>
    public string? Library { get; }

    /// <summary>How far the values are from the true ones by <see cref="SpectrumRoute.Approximate"/>; null by the other routes.</summary>
    public SpectrumApproximation? Approximation { get; }

    /// <summary>How it was computed, and how far to trust it.</summary>
    public SpectrumEvidence Evidence => new(Route, Floor, Library, Approximation);

    /// <summary>How many singular values lie at or below <see cref="Floor"/>.</summary>
    public int CountAtFloor => SingularValues.Count(sigma => sigma <= Floor);

    /// <summary>The largest singular value, sigma_max.</summary>
    public double Largest => SingularValues[^1];

    /// <summary>Computes the spectrum of a matrix on one thread.</summary>
    /// <param name="w">The matrix, N x M or M x N.</param>
    /// <param name="route">The route.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static Spectrum Of(IMatrix w, SpectrumRoute route, CancellationToken cancellation = default) =>
        Of(w, new SpectrumOptions { Route = route }, cancellation);

    /// <summary>Computes the spectrum of a matrix.</summary>
    /// <param name="w">The matrix, N x M or M x N.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second; a call of a LAPACK library under way runs to its end.</param>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    /// <exception cref="LapackUnavailableException">The solver is LAPACK, and no usable library is installed.</exception>
    /// <exception cref="LapackException">The LAPACK library did not reach a result.</exception>
    public static Spectrum Of(IMatrix w, SpectrumOptions options, CancellationToken cancellation = default)
    {
        switch (options.Solver, options.Route)
        {
            case (SpectrumSolver.Lapack, SpectrumRoute.Gram):
                return OfLapackGram(w, LapackLibrary.Installed, cancellation);
            case (SpectrumSolver.Lapack, SpectrumRoute.Accurate):
                return OfLapack(w, LapackLibrary.Installed, cancellation);
            case (SpectrumSolver.Own, _):
                using (var execution = Execution.On(options.Threads, cancellation))
                {
                    return Of(w, options, execution);
                }

            default:
                throw Unknown(options);
        }
    }

    /// <summary>Computes the spectrum of a matrix by the Gram route, as <see cref="Of(IMatrix, SpectrumOptions, CancellationToken)"/> does, bit for bit, and from the same reduction the singular vectors of the largest values.</summary>
    /// <param name="w">The matrix, N x M or M x N.</param>
    /// <param name="count">How many vectors on either side at most, at least 1; see <see cref="LeadingVectors.Of(IMatrix, int, int, CancellationToken)"/>.</param>
    /// <param name="threads">The most threads that work on it, at least 1. Never changes a number.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static (Spectrum Spectrum, LeadingVectors Vectors) OfGramWithVectors(IMatrix w, int count, int threads = 1, CancellationToken cancellation = default)
    {
        using var execution = Execution.On(threads, cancellation);
        return OfGramWithVectors(w, count, execution);
    }

    /// <summary>The values of several spectra as one, such as those of the slices of a convolution kernel.</summary>
    /// <param name="parts">At least one spectrum, all by one route and solver.</param>
    public static Spectrum Pool(IReadOnlyList<Spectrum> parts) => parts.Count == 1
        ? parts[0]
        : new Spectrum(
            [.. parts.SelectMany(part => part.SingularValues).Order()],
            [.. parts.SelectMany(part => part.Eigenvalues).Order()],
            parts[0].Route,
            parts.Max(part => part.Floor),
            parts[0].Library,
            SpectrumApproximation.Pool(parts, parts.Max(part => part.Floor)));

    private static Spectrum Of(IMatrix w, SpectrumOptions options, Execution execution) => options.Route switch
    {
        SpectrumRoute.Gram => OfGram(w, execution),
        SpectrumRoute.Accurate => OfBidiagonal(w, execution),
        SpectrumRoute.Approximate when Math.Min(w.Rows, w.Columns) <= LanczosSpectrum.LargestExact => OfGram(w, execution),
        SpectrumRoute.Approximate => OfLanczos(w, (ulong)options.Seed, execution, options.Steps),
        _ => throw Unknown(options),
    };

    private static ArgumentOutOfRangeException Unknown(SpectrumOptions options) =>
        new(nameof(options), options, "the route or the solver is none of those known, or they do not go together");

    /// <summary>The Gram route with a given kernel.</summary>
    internal static Spectrum OfGram(IMatrix w, Execution execution)
    {
        using var gram = ScaledGram.Of(w, execution);
        var lambda = TridiagonalEigenvalues.Of(Tridiagonalization.Of(gram.Matrix, execution), 0, execution);
        return FromGram(lambda, gram.Scale);
    }

    /// <summary>The Gram route with a given kernel, and the vectors of the largest values; the Gram matrix of W up to a scale may be looked at before it is overwritten.</summary>
    internal static (Spectrum Spectrum, LeadingVectors Vectors) OfGramWithVectors(IMatrix w, int count, Execution execution, Action<SymmetricMatrix>? look = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var gram = ScaledGram.Of(w, execution);
        look?.Invoke(gram.Matrix);
        using var eigenvectors = LeadingEigenvectors.Of(gram.Matrix, count, LeadingVectors.ResolvedSquare, execution);
        return (FromGram(eigenvectors.Values, gram.Scale), LeadingVectors.Of(w, gram.Scale, eigenvectors, execution));
    }

    /// <summary>The accurate route with a given kernel.</summary>
    internal static Spectrum OfBidiagonal(IMatrix w, Execution execution)
    {
        var (band, scale) = BandBidiagonalization.Of(w, BandWidth.OfBidiagonal(Math.Min(w.Rows, w.Columns)), execution);
        using (band)
        {
            var sigma = TridiagonalEigenvalues.Of(BulgeChase.Of(band, execution), band.Order / 2, execution);
            sigma = Array.ConvertAll(sigma, value => Math.Max(0, value) * scale);
            return new Spectrum(sigma, Array.ConvertAll(sigma, value => value * value), SpectrumRoute.Accurate, AccurateFloor(sigma));
        }
    }

    /// <summary>
    /// The approximate route with a given kernel. What is not resolved is only known to be no larger than the smallest value that is, so the floor lies
    /// just below that.
    /// </summary>
    internal static Spectrum OfLanczos(IMatrix w, ulong seed, Execution execution, int steps = LanczosSpectrum.Steps)
    {
        var (sigma, evidence) = LanczosSpectrum.Of(w, seed, execution, steps);
        var floor = Math.BitDecrement(sigma[^evidence.Resolved]);
        return new Spectrum(sigma, Array.ConvertAll(sigma, value => value * value), SpectrumRoute.Approximate, Math.Max(0, floor), null, evidence);
    }

    private static Spectrum OfLapackGram(IMatrix w, LapackLibrary library, CancellationToken cancellation)
    {
        var (lambda, scale) = LapackGram.Eigenvalues(w, library.Routines, cancellation);
        return FromEigenvalues(lambda, scale, library.Name);
    }

    private static Spectrum OfLapack(IMatrix w, LapackLibrary library, CancellationToken cancellation)
    {
        var sigma = LapackSingularValues.Of(w, library.Routines, cancellation);
        return new Spectrum(sigma, Array.ConvertAll(sigma, value => value * value), SpectrumRoute.Accurate, AccurateFloor(sigma), library.Name);
    }

    /// <summary>From the eigenvalues of the Gram matrix of W / <paramref name="scale"/>, of which rounding may have made zeros negative.</summary>
    private static Spectrum FromGram(double[] lambda, double scale) => FromEigenvalues(Array.ConvertAll(lambda, value => Math.Max(0, value)), scale);

    /// <summary>From the eigenvalues of the Gram matrix of W / <paramref name="scale"/>, none of them negative.</summary>
    private static Spectrum FromEigenvalues(double[] lambda, double scale, string? library = null)
    {
        var sigma = Array.ConvertAll(lambda, value => Math.Sqrt(value) * scale);
        return new Spectrum(sigma, Array.ConvertAll(lambda, value => value * scale * scale), SpectrumRoute.Gram, GramFloor(sigma), library);
    }

    /// <summary>sigma^2 carries an error of a few eps sqrt(M) lambda_max, so sigma is lost below the root of that.</summary>
    private static double GramFloor(double[] sigma) => sigma[^1] * Math.Sqrt(ErrorFactor * Math.Sqrt(sigma.Length));

    private static double AccurateFloor(double[] sigma) => sigma[^1] * ErrorFactor * Math.Sqrt(sigma.Length);
}
