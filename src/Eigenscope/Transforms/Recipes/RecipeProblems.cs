namespace Eigenscope.Transforms;

/// <summary>What is wrong with a recipe, one line each with its place.</summary>
/// <param name="file">The recipe as messages name it.</param>
internal sealed class RecipeProblems(string file)
{
    private readonly List<(int Line, int Column, string Text)> found = [];

    /// <summary>The lines in the order of the file.</summary>
    public IReadOnlyList<string> Lines => [.. found.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).Select(problem => $"{file}:{problem.Line}: {problem.Text}").Distinct(StringComparer.Ordinal)];

    /// <summary>Adds what is wrong with a node.</summary>
    public void Add(RecipeNode node, string what) => found.Add((node.Line, node.Column, SingleLine.Of(what)));

    /// <summary>Adds what is wrong with an entry.</summary>
    public void Add(RecipeEntry entry, string what) => found.Add((entry.Line, entry.Column, SingleLine.Of(what)));
}
