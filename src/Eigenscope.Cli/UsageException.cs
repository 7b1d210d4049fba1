namespace Eigenscope.Cli;

/// <summary>What was asked for cannot be done; the message is one line for the user.</summary>
internal sealed class UsageException(string message) : Exception(message);
