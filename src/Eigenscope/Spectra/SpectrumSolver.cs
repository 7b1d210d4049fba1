namespace Eigenscope.Spectra;

/// <summary>Who computes singular values.</summary>
public enum SpectrumSolver
{
    /// <summary>Eigenscope itself: the same bits on every machine and for any number of threads.</summary>
    Own,

    /// <summary>
    /// A LAPACK library that is installed on the machine, such as OpenBLAS or MKL: dsyrk and dsyevd by the Gram route, dgesdd by the accurate
    /// one. The last digits depend on the library, the kernel that it chooses, and its threads.
    /// </summary>
    Lapack,
}
