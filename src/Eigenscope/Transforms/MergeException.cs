namespace Eigenscope.Transforms;

/// <summary>A merge, or another change of weights, that cannot be done as it was asked for; the message says in one line what is wrong and where.</summary>
/// <param name="message">The line.</param>
public sealed class MergeException(string message) : Exception(message);
