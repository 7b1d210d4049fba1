using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>How a plan is made.</summary>
internal sealed record PlanOptions
{
    /// <summary>Opens a model or an adapter at a path or address.</summary>
    public Func<string, Model> Open { get; init; } = path => Model.Open(path);

    /// <summary>Whether there is a file or folder at a path.</summary>
    public Func<string, bool> Exists { get; init; } = Path.Exists;

    /// <summary>What is no error, beside what the recipe allows.</summary>
    public Allowances Allow { get; init; }
}
