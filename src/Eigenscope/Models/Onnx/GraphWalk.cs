using Eigenscope.Models.Layers;

namespace Eigenscope.Models.Onnx;

/// <summary>Walks the graphs of a model and gathers every tensor in them: initialisers, constants, and those of graphs inside attributes and of functions.</summary>
internal sealed class GraphWalk(ByteSource file)
{
    /// <summary>The most tensors, and the most nodes, that are read.</summary>
    private const int MostItems = 1 << 20;

    /// <summary>The most graphs and functions.</summary>
    private const int MostGraphs = 1 << 16;

    private readonly List<(TensorMessage Message, string Name)> found = [];
    private readonly List<GraphScope> scopes = [];
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private int nodes;

    /// <summary>True where the model had a graph.</summary>
    public bool HasGraph { get; private set; }

    /// <summary>Walks a whole model.</summary>
    public void Model(ProtoMessage model)
    {
        foreach (var field in model.Fields())
        {
            if (field.Number == 7)
            {
                HasGraph = HasGraph ? throw Bad(ModelFault.Inconsistent, "the model has two graphs", field) : true;
                Graph(model.Message(field), null);
            }
            else if (field.Number == 25)
            {
                Function(model.Message(field));
            }
        }
    }

    /// <summary>The tensors in file order, each with a name of its own.</summary>
    public List<Tensor> Tensors(ExternalData files)
    {
        var uses = new Dictionary<int, TensorUse>();
        foreach (var (tensor, use) in scopes.SelectMany(scope => scope.Uses()))
        {
            uses.TryAdd(tensor, use);
        }

        return [.. found.Select((item, i) => item.Message.ToTensor(item.Name, uses.TryGetValue(i, out var known) ? known : null, files))];
    }

    private void Graph(ProtoMessage graph, GraphScope? outer)
    {
        var scope = Scope(outer, graph);
        foreach (var field in graph.Fields())
        {
            switch (field.Number)
            {
                case 1:
                    Node(graph.Message(field), field, scope);
                    break;
                case 5:
                    Add(graph, field, null, scope);
                    break;
                case 15:
                    throw Bad(ModelFault.Unsupported, "the graph has a sparse initialiser; store it dense", field);
                default:
                    break;
            }
        }
    }

    private void Function(ProtoMessage function)
    {
        var scope = Scope(null, function);
        foreach (var field in function.Fields().Where(field => field.Number == 7))
        {
            Node(function.Message(field), field, scope);
        }
    }

    private GraphScope Scope(GraphScope? outer, ProtoMessage graph)
    {
        if (scopes.Count >= MostGraphs)
        {
            throw new ModelFormatException(ModelFault.TooLarge, graph.Path, $"the model has more than {MostGraphs} graphs and functions");
        }

        var scope = new GraphScope(outer);
        scopes.Add(scope);
        return scope;
    }

    private void Node(ProtoMessage message, ProtoField at, GraphScope scope)
    {
        if (++nodes > MostItems)
        {
            throw Bad(ModelFault.TooLarge, $"the model has more than {MostItems} nodes", at);
        }

        var node = GraphNode.Read(message);
        foreach (var attribute in node.Attributes)
        {
            Attribute(node, message.Message(attribute), scope);
        }

        scope.Use(node);
    }

    private void Attribute(GraphNode node, ProtoMessage attribute, GraphScope scope)
    {
        var fields = attribute.Fields().Where(field => field.Number is 1 or 3 or 5 or 6 or 10 or 11 or 22 or 23).Take(GraphNode.MostItems + 1).ToList();
        if (fields.Count > GraphNode.MostItems)
        {
            throw Bad(ModelFault.TooLarge, $"an attribute has more than {GraphNode.MostItems} fields", fields[^1]);
        }

        var name = fields.Where(field => field.Number == 1).Select(attribute.Text).FirstOrDefault() ?? "";
        foreach (var field in fields)
        {
            switch (field.Number)
            {
                case 3:
                    node.Numbers[name] = attribute.Integer(field);
                    break;
                case 5 or 10:
                    Add(attribute, field, ConstantName(node, name), scope);
                    break;
                case 6 or 11:
                    Graph(attribute.Message(field), scope);
                    break;
                case 22 or 23:
                    throw Bad(ModelFault.Unsupported, "a node has a sparse tensor; store it dense", field);
                default:
                    break;
            }
        }
    }

    /// <summary>A constant is known by what it is the output of; a tensor that another operation carries has the attribute's name behind that.</summary>
    private static string ConstantName(GraphNode node, string attribute)
    {
        var output = node.Outputs.FirstOrDefault() ?? "";
        return node.Operation == "Constant" ? output : $"{output}.{attribute}";
    }

    private void Add(ProtoMessage parent, ProtoField field, string? name, GraphScope scope)
    {
        var tensor = TensorMessage.Read(file, parent, field, name);
        if (found.Count >= MostItems)
        {
            throw Bad(ModelFault.TooLarge, $"the model has more than {MostItems} tensors", field);
        }

        if (!scope.Define(tensor.Name, found.Count))
        {
            throw Bad(ModelFault.Inconsistent, $"a graph has the tensor '{tensor.Name}' twice", field);
        }

        if (!tensor.IsText)
        {
            found.Add((tensor, Unique(tensor.Name)));
        }
    }

    /// <summary>The name, with <c>:1</c>, <c>:2</c>, ... behind it where another graph has a tensor of that name.</summary>
    private string Unique(string name)
    {
        var unique = name;
        while (!names.TryAdd(unique, 0))
        {
            unique = $"{name}:{++names[name]}";
        }

        return unique;
    }

    private ModelFormatException Bad(ModelFault fault, string what, ProtoField at) => new(fault, file.Path, what, at.Start);
}
