namespace Eigenscope.Models.Onnx;

/// <summary>ONNX's NodeProto: an operation, the names it takes and gives, and its attributes, which may hold tensors and graphs.</summary>
internal sealed class GraphNode
{
    /// <summary>The most inputs, outputs, attributes, and fields of an attribute.</summary>
    public const int MostItems = 1 << 16;

    private GraphNode(ProtoMessage message) => Message = message;

    /// <summary>The message.</summary>
    public ProtoMessage Message { get; }

    /// <summary>The operation, such as <c>MatMul</c>.</summary>
    public string Operation { get; private set; } = "";

    /// <summary>The names of its inputs.</summary>
    public List<string> Inputs { get; } = [];

    /// <summary>The names of its outputs.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>The fields of its attributes.</summary>
    public List<ProtoField> Attributes { get; } = [];

    /// <summary>The attributes that are whole numbers.</summary>
    public Dictionary<string, long> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a node, but not its attributes.</summary>
    public static GraphNode Read(ProtoMessage message)
    {
        var node = new GraphNode(message);
        foreach (var field in message.Fields())
        {
            node.Take(field);
        }

        return node;
    }

    private void Take(ProtoField field)
    {
        switch (field.Number)
        {
            case 1:
                Add(Inputs, field);
                break;
            case 2:
                Add(Outputs, field);
                break;
            case 4:
                Operation = Message.Text(field);
                break;
            case 5:
                RequireFew(Attributes.Count, field);
                Attributes.Add(field);
                break;
            default:
                break;
        }
    }

    private void Add(List<string> names, ProtoField field)
    {
        RequireFew(names.Count, field);
        names.Add(Message.Text(field));
    }

    private void RequireFew(int count, ProtoField field)
    {
        if (count >= MostItems)
        {
            throw new ModelFormatException(ModelFault.TooLarge, Message.Path, $"a node has more than {MostItems} inputs, outputs or attributes", field.Start);
        }
    }
}
