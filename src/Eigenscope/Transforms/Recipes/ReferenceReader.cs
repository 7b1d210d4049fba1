namespace Eigenscope.Transforms;

/// <summary>Reads how a recipe names a model: a text, or a map of a model and an adapter.</summary>
/// <param name="paths">Where models are.</param>
/// <param name="nodes">Reads nodes.</param>
/// <param name="problems">Where problems go.</param>
/// <param name="warnings">What a user should know.</param>
internal sealed class ReferenceReader(ModelPaths paths, NodeReader nodes, RecipeProblems problems, List<string> warnings)
{
    /// <summary>The model; null where the node names none.</summary>
    /// <param name="node">The node; null for none.</param>
    /// <param name="what">What it is, such as <c>base_model</c>.</param>
    public ModelReference? Of(RecipeNode? node, string what) => node switch
    {
        null => null,
        { Kind: RecipeNodeKind.Map } => OfMap(node, what),
        _ => nodes.Text(node, what) is { } text ? Checked(node, paths.Of(text, out var problem), problem) : null,
    };

    private ModelReference? OfMap(RecipeNode node, string what)
    {
        nodes.IsMap(node, what, "model", "lora", "override_architecture");
        if (node["override_architecture"] is not null)
        {
            warnings.Add($"override_architecture of {what} changes nothing: what a tensor is follows from its name and shape");
        }

        if (node["model"] is not { } model)
        {
            problems.Add(node, $"{what} names no model: {{model: {{path: PATH}}, lora: {{path: PATH}}}} is wanted");
            return null;
        }

        var path = Part(model, $"model of {what}");
        var adapter = node["lora"] is { } lora ? Part(lora, $"lora of {what}") : null;
        return path is null ? null : new ModelReference(path, adapter);
    }

    private string? Part(RecipeNode node, string what)
    {
        if (node.Kind != RecipeNodeKind.Map)
        {
            return nodes.Text(node, what) is { } text ? Checked(node, paths.Of(text, null, out var wrong), wrong) : null;
        }

        nodes.IsMap(node, what, "path", "revision");
        if (nodes.Text(node["path"], what) is { } path)
        {
            return Checked(node, paths.Of(path, nodes.Text(node["revision"], what), out var problem), problem);
        }

        problems.Add(node, $"{what} has no path");
        return null;
    }

    private T? Checked<T>(RecipeNode node, T? value, string? problem)
        where T : class
    {
        if (problem is not null)
        {
            problems.Add(node, problem);
            return null;
        }

        return value;
    }
}
