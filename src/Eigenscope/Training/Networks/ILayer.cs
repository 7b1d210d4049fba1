using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>
/// A part of a network. What it returns is a buffer of its own, which holds until its next call; what <see cref="Forward"/> was given must stay as it is until <see cref="Backward"/> has returned.
/// </summary>
internal interface ILayer
{
    /// <summary>What is trained, in a fixed order.</summary>
    IEnumerable<Parameter> Parameters { get; }

    /// <summary>The outputs, a row for each row of inputs.</summary>
    RowMajor Forward(RowMajor inputs, Execution execution);

    /// <summary>From the derivatives of the loss by the outputs of the last <see cref="Forward"/> to those by its inputs; sets the gradients of the parameters.</summary>
    RowMajor Backward(RowMajor gradient, Execution execution);
}
