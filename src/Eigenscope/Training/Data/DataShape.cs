namespace Eigenscope.Training.Data;

/// <summary>What a network must fit.</summary>
/// <param name="Inputs">The numbers of an example; 0 for text.</param>
/// <param name="Outputs">Classes, targets, or tokens.</param>
/// <param name="Side">Rows and columns of an image; 0 for what is none.</param>
internal readonly record struct DataShape(int Inputs, int Outputs, int Side = 0);
