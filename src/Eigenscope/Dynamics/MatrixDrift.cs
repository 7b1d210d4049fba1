using System.Runtime.CompilerServices;
using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>The gradient of a loss in the weights.</summary>
/// <param name="w">W, N x M, row by row.</param>
/// <param name="gradient">G, to be filled, in the same order. The weights move by -G dt.</param>
public delegate void MatrixGradient(ReadOnlySpan<double> w, Span<double> gradient);

/// <summary>The gradient of a loss in singular values.</summary>
/// <param name="sigma">The singular values, ascending.</param>
/// <param name="gradient">g_k = u_k^T G v_k, to be filled, in the same order.</param>
public delegate void ModeGradient(ReadOnlySpan<double> sigma, Span<double> gradient);

/// <summary>The drift -G of dW = -G dt + noise.</summary>
public sealed class MatrixDrift
{
    private readonly DenseMatrix? left;
    private readonly DenseMatrix? right;

    private MatrixDrift(string name, double rate = 0, DenseMatrix? target = null, DenseMatrix? left = null, DenseMatrix? right = null, MatrixGradient? gradient = null)
    {
        (Name, Rate, Target, Gradient) = (name, rate, target, gradient);
        (this.left, this.right) = (left, right);
    }

    /// <summary>No drift: G = 0.</summary>
    public static MatrixDrift None { get; } = new("none");

    /// <summary>"none", "decay", "pull", "quadratic" or "custom".</summary>
    public string Name { get; }

    /// <summary>beta of decay and of a pull; 0 for the others.</summary>
    public double Rate { get; }

    /// <summary>W* of a pull or of a quadratic loss; null where there is none, or it is 0.</summary>
    public DenseMatrix? Target { get; }

    /// <summary>True where the drift is the same for all elements: singular values then follow equations of their own, whatever the singular vectors.</summary>
    public bool IsOfSingularValues => Target is null && left is null && Gradient is null;

    /// <summary>True where the law of W(t) is known exactly for every t: G is linear in W.</summary>
    public bool IsLinear => Gradient is null;

    /// <summary>True where every element decays at the same <see cref="Rate"/> towards its own target.</summary>
    internal bool IsUniform => left is null && Gradient is null;

    /// <summary>The gradient that a caller gave.</summary>
    internal MatrixGradient? Gradient { get; }

    /// <summary>Weight decay: G = beta W.</summary>
    /// <param name="beta">beta, finite; per unit of time.</param>
    /// <returns>The drift.</returns>
    public static MatrixDrift Decay(double beta) => new("decay", Domain.Finite(beta));

    /// <summary>A pull towards a target: G = beta (W - W*).</summary>
    /// <param name="beta">beta, finite; per unit of time.</param>
    /// <param name="target">W*, N x M.</param>
    /// <returns>The drift.</returns>
    public static MatrixDrift Pull(double beta, DenseMatrix target) => new("pull", Domain.Finite(beta), target);

    /// <summary>A quadratic loss tr((W - W*)^T A (W - W*) B) / 2: G = A (W - W*) B.</summary>
    /// <param name="left">A, N x N and symmetric.</param>
    /// <param name="right">B, M x M and symmetric.</param>
    /// <param name="target">W*, N x M.</param>
    /// <returns>The drift.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit together, or A or B is not symmetric.</exception>
    public static MatrixDrift Quadratic(DenseMatrix left, DenseMatrix right, DenseMatrix target)
    {
        RequireSymmetric(left, target.Rows);
        RequireSymmetric(right, target.Columns);
        return new("quadratic", 0, target, left, right);
    }

    /// <summary>Any drift. Followed by small steps (Euler and Maruyama), since nothing is known of it.</summary>
    /// <param name="gradient">G; called from several threads at once.</param>
    /// <returns>The drift.</returns>
    public static MatrixDrift Of(MatrixGradient gradient) => new("custom", gradient: gradient);

    /// <summary>The start and the target in a frame in which every element of W relaxes by itself, at rates that are written beside them. Isotropic noise is the same in every frame, and so are singular values.</summary>
    /// <param name="start">W(0), N x M, row by row.</param>
    /// <param name="rows">N.</param>
    internal (double[] Start, double[] Target, double[] Rates) Decoupled(double[] start, int rows)
    {
        var target = Target?.ToArray() ?? new double[start.Length];
        if (left is null || right is null)
        {
            return (start, target, [.. Enumerable.Repeat(Rate, start.Length)]);
        }

        using var a = Eigen(left);
        using var b = Eigen(right);
        var columns = start.Length / rows;
        var rates = new double[start.Length];
        for (var i = 0; i < start.Length; i++)
        {
            rates[i] = a.Values[i / columns] * b.Values[i % columns];
        }

        return (Rotated(start, a, b), Rotated(target, a, b), rates);
    }

    /// <summary>P^T X Q.</summary>
    private static double[] Rotated(double[] x, SymmetricEigenvectors p, SymmetricEigenvectors q)
    {
        var (n, m) = (p.Values.Count, q.Values.Count);
        var (half, result) = (new double[x.Length], new double[x.Length]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < m; j++)
            {
                half[(i * m) + j] = Lanes.Dot(x.AsSpan(i * m, m), q.Vector(j));
            }
        }

        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < m; j++)
                {
                    result[(k * m) + j] += p.Vector(k)[i] * half[(i * m) + j];
                }
            }
        }

        return result;
    }

    private static SymmetricEigenvectors Eigen(DenseMatrix a)
    {
        using var symmetric = new SymmetricMatrix(a.Rows);
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                symmetric[i, j] = a[i, j];
            }
        }

        return SymmetricEigenvectors.Of(symmetric, CancellationToken.None);
    }

    private static void RequireSymmetric(DenseMatrix a, int order, [CallerArgumentExpression(nameof(a))] string? name = null)
    {
        var fits = a.Rows == order && a.Columns == order;
        for (var i = 0; fits && i < order; i++)
        {
            for (var j = 0; j < i; j++)
            {
                fits &= a[i, j].Equals(a[j, i]);
            }
        }

        if (!fits)
        {
            throw new ArgumentException($"a symmetric matrix of order {order} is wanted", name);
        }
    }
}
