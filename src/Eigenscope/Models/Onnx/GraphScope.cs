using Eigenscope.Models.Layers;

namespace Eigenscope.Models.Onnx;

/// <summary>The names of a graph. A graph inside a node's attribute also sees those of the graphs around it.</summary>
internal sealed class GraphScope(GraphScope? outer)
{
    private const int MostSteps = 64;

    private readonly Dictionary<string, int> tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Input, bool IsTransposed)> copies = new(StringComparer.Ordinal);
    private readonly List<(string Name, TensorUse Use)> uses = [];

    /// <summary>Adds a tensor by its place in the model; false where the graph has that name already.</summary>
    public bool Define(string name, int tensor) => tensors.TryAdd(name, tensor);

    /// <summary>Adds what a node tells of the tensors that it takes.</summary>
    public void Use(GraphNode node)
    {
        if (node is { Inputs: [var copied, ..], Outputs: [var copy, ..] } && WeightUse.IsCopy(node.Operation))
        {
            copies.TryAdd(copy, (copied, node.Operation == WeightUse.Transpose));
        }

        uses.AddRange(WeightUse.Of(node));
    }

    /// <summary>The tensors that nodes of this graph use as weights, and how these are stored; the first use comes first.</summary>
    public IEnumerable<(int Tensor, TensorUse Use)> Uses()
    {
        foreach (var (name, use) in uses)
        {
            if (Find(name, use) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>Follows a name through copies to a tensor; a transposed copy exchanges the axes.</summary>
    private (int Tensor, TensorUse Use)? Find(string name, TensorUse use)
    {
        var scope = this;
        for (var step = 0; step < MostSteps && scope is not null; step++)
        {
            if (scope.tensors.TryGetValue(name, out var tensor))
            {
                return (tensor, use);
            }

            if (scope.copies.TryGetValue(name, out var copy))
            {
                (name, use) = (copy.Input, copy.IsTransposed ? use.Transposed() : use);
            }
            else
            {
                scope = scope.Outer;
            }
        }

        return null;
    }

    private GraphScope? Outer => outer;
}
