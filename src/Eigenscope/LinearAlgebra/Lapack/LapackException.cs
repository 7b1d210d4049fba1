namespace Eigenscope.LinearAlgebra.Lapack;

/// <summary>A routine of the LAPACK library did not reach a result.</summary>
/// <param name="routine">The routine, such as dsyevd.</param>
/// <param name="library">The name of the library.</param>
/// <param name="info">What the routine returned: negative for a bad argument, positive where it did not converge.</param>
public sealed class LapackException(string routine, string library, int info)
    : Exception($"{routine} of {library} {(info > 0 ? "did not converge" : "refused its arguments")} (info = {info})")
{
    /// <summary>What the routine returned: never 0.</summary>
    public int Info { get; } = info;
}
