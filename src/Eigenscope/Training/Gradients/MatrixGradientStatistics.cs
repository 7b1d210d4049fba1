using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Gradients;

/// <summary>
/// What the gradients g of independent mini-batches by one weight matrix W (N rows, M columns) are like: with Xi = g - mean of g, and all means over mini-batches with K - 1 in the denominator.
/// </summary>
/// <param name="Name">The name of W.</param>
/// <param name="Mean">The mean gradient, N x M.</param>
/// <param name="RowCovariance">L = E[Xi Xi^T] / M, N x N; its mean diagonal element is <paramref name="Variance"/>.</param>
/// <param name="ColumnCovariance">R = E[Xi^T Xi] / (N c), M x M, where c is <paramref name="Variance"/>; its mean diagonal element is 1. Zero where c is.</param>
/// <param name="Variance">c, the variance of an element, averaged over all elements. Unbiased.</param>
/// <param name="ModeVariance">The variance of u_k^T g v_k for the singular vectors of W; only for singular values above 1e-7 of the largest, whose vectors are known.</param>
/// <param name="ModeEigenvalues">lambda_k = sigma_k^2 of W in the same order, descending.</param>
public sealed record MatrixGradientStatistics(
    string Name,
    DenseMatrix Mean,
    DenseMatrix RowCovariance,
    DenseMatrix ColumnCovariance,
    double Variance,
    IReadOnlyList<double> ModeVariance,
    IReadOnlyList<double> ModeEigenvalues);
