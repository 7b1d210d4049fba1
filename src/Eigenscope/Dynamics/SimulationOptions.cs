using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>How paths are followed.</summary>
public enum Integrator
{
    /// <summary>The matrix itself, its singular values computed where they are asked for. Exact for a linear drift with noise that does not depend on W; the others are held against it.</summary>
    Matrix,

    /// <summary>The singular values alone, by implicit steps that keep their order (<see cref="SingularValueStep"/>). Of weak order one in the step.</summary>
    SingularValues,

    /// <summary>The eigenvalues alone, by explicit steps as short as the nearest collision asks for. Slow; a check of the others.</summary>
    Explicit,
}

/// <summary>What is simulated. Everything here but <see cref="Threads"/> changes the numbers.</summary>
public sealed record SimulationOptions
{
    /// <summary>The most numbers that an ensemble may hold: 4 GB.</summary>
    private const long MostValues = 1L << 29;

    /// <summary>Where all paths start, which also says the shape.</summary>
    public required SimulationStart Start { get; init; }

    /// <summary>The times at which eigenvalues are wanted, ascending and positive; the start is time 0.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>The drift of the matrix.</summary>
    public MatrixDrift Drift { get; init; } = MatrixDrift.None;

    /// <summary>A further drift of the singular values, by -g_k dt; not for <see cref="Integrator.Matrix"/>. Called from several threads at once.</summary>
    public ModeGradient? ModeGradient { get; init; }

    /// <summary>The noise.</summary>
    public MatrixNoise Noise { get; init; } = MatrixNoise.Isotropic(1);

    /// <summary>How paths are followed.</summary>
    public Integrator Integrator { get; init; } = Integrator.Matrix;

    /// <summary>The longest step, positive. Without effect where the law of the matrix is known exactly.</summary>
    public double Step { get; init; } = 0.01;

    /// <summary>The number of paths, at least 2.</summary>
    public int Paths { get; init; } = 1000;

    /// <summary>
    /// True to follow arXiv 2507.12709 as its authors' code has it: a drift of s^2 / 2 [(N - M + 1) / (2 sigma_k) + sum_j sigma_k / (lambda_k - lambda_j)] for singular values, about half of what the noise of a matrix causes.
    /// Not equal in law to the matrix process; not for <see cref="Integrator.Matrix"/>.
    /// </summary>
    public bool PaperCompat { get; init; }

    /// <summary>Path p draws from a sequence made of this and p.</summary>
    public long Seed { get; init; }

    /// <summary>How many paths are followed at the same time, at least 1. Never changes a number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>True where the law of W(t) is known: no step then, and no error but that of a finite number of paths.</summary>
    public bool IsExact => Integrator == Integrator.Matrix && Drift.IsLinear && Noise.Kappa == 0;

    /// <summary>Throws where options are out of range or do not go together.</summary>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Paths, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        Domain.Positive(Step);
        RequireTimes();
        if (Contradiction() is { } reason)
        {
            throw new ArgumentException(reason, nameof(SimulationOptions));
        }
    }

    private void RequireTimes()
    {
        for (var i = 0; i < Times.Count; i++)
        {
            Domain.Above(i == 0 ? 0 : Times[i - 1], Times[i], nameof(Times));
        }

        ArgumentOutOfRangeException.ThrowIfZero(Times.Count, nameof(Times));
    }

    private string? Contradiction()
    {
        if ((long)Paths * Start.Columns * Times.Count > MostValues)
        {
            return $"{Paths} paths of {Start.Columns} values at {Times.Count} times do not fit into memory";
        }

        if (Drift.Target is { } target && (target.Rows != Start.Rows || target.Columns != Start.Columns))
        {
            return $"a target of {target.Rows} x {target.Columns} does not go with a start of {Start.Rows} x {Start.Columns}";
        }

        if (Noise is { RowFactor: { } rows, ColumnFactor: { } columns } && (rows.Rows != Start.Rows || columns.Rows != Start.Columns || (Drift.IsLinear && !Drift.IsUniform)))
        {
            return "noise of a Kronecker covariance goes with factors of the orders N and M, and not with a quadratic loss of two matrices";
        }

        return Integrator == Integrator.Matrix ? ContradictionOfMatrix() : ContradictionOfValues();
    }

    private string? ContradictionOfMatrix() =>
        PaperCompat ? "the drift of the paper is one of singular values, not of a matrix"
        : ModeGradient is not null ? "a drift of singular values does not move a matrix"
        : Noise.Kappa > 0 && !Drift.IsOfSingularValues ? "noise that grows with singular values goes with no drift or decay alone"
        : null;

    private string? ContradictionOfValues() =>
        !Drift.IsOfSingularValues || !Noise.IsOfSingularValues ? "singular values follow equations of their own only without drift or with decay, and with noise equal in all directions"
        : Integrator == Integrator.Explicit && !IsSpread() ? "explicit steps need starting values that are positive and all different"
        : null;

    private bool IsSpread()
    {
        var sigma = Start.SingularValues;
        return sigma[0] > 0 && Enumerable.Range(1, sigma.Count - 1).All(k => sigma[k] > sigma[k - 1]);
    }
}
