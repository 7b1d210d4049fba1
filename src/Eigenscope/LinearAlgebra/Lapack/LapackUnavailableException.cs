namespace Eigenscope.LinearAlgebra.Lapack;

/// <summary>No usable LAPACK library is installed, or the one that was named cannot be used; the message is one line for the user.</summary>
public sealed class LapackUnavailableException(string message) : Exception(message);
