namespace Eigenscope.LinearAlgebra;

/// <summary>A matrix in panels of 24 rows (see <see cref="Panel"/>).</summary>
internal unsafe interface IPanels
{
    /// <summary>The start of a panel, its first column.</summary>
    double* Start(int panel);
}
