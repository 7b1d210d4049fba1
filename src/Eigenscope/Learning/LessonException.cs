namespace Eigenscope.Learning;

/// <summary>A lesson cannot be worked on what was given; the message is one line that says what would be right.</summary>
/// <param name="message">The line.</param>
public sealed class LessonException(string message) : Exception(message);
