namespace Eigenscope.Models.PyTorch;

/// <summary>A tensor and its path in the saved object.</summary>
internal sealed record NamedTensor(string Name, TorchTensor Tensor);

/// <summary>
/// Visits everything that an unpickled object holds, in order. Values can be shared and even contain themselves, so depth and number of
/// visits are bounded. Of objects, dict-like ones are visited as dicts, modules by their parameters, buffers and children, and
/// those of TorchScript by their attributes; attributes of others are no weights.
/// </summary>
internal sealed class TensorWalk(string path)
{
    /// <summary>The deepest nesting.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most visited values.</summary>
    public const int MaxVisits = 10_000_000;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 1 << 16;

    /// <summary>The most characters in all names together, which shared values could otherwise multiply.</summary>
    public const long MaxNameCharacters = 1 << 26;

    /// <summary>The attributes of <c>torch.nn.Module</c> that make up its state dict, in its order.</summary>
    private static readonly string[] ModuleParts = ["_parameters", "_buffers", "_modules"];

    /// <summary>How the names of TorchScript's classes begin; all their attributes are the model's.</summary>
    private const string ScriptClasses = "__torch__.";

    private readonly List<NamedTensor> found = [];
    private readonly List<object?> keys = [];
    private int visits;
    private long nameCharacters;

    /// <summary>The tensors in a value, in order.</summary>
    public List<NamedTensor> Collect(object? root)
    {
        Visit(root);
        return found;
    }

    private void Visit(object? value)
    {
        RequireBudget();
        switch (value)
        {
            case TorchTensor tensor:
                found.Add(new NamedTensor(Name(), tensor));
                break;
            case RefusedTensor refused:
                throw Bad(ModelFault.Unsupported, $"tensor '{Name()}' is of a kind that is not read ({refused.Kind}); save it plain and dense, by dequantize(), to_dense() or resolve_conj()");
            case PickleDict dict:
                VisitEntries(dict.Entries);
                break;
            case PickleObject { Attributes: { } attributes } when attributes.Find("_modules") is not null:
                VisitModule(attributes);
                break;
            case PickleObject { Attributes: { } attributes } script when script.ClassName.StartsWith(ScriptClasses, StringComparison.Ordinal):
                VisitEntries(attributes.Entries);
                break;
            case PickleObject { Wrapped: { } wrapped }:
                Visit(wrapped);
                break;
            case PickleObject other:
                VisitEntries(other.Items.Entries);
                break;
            case PickleList list:
                VisitItems(list.Items);
                break;
            case object?[] tuple:
                VisitItems(tuple);
                break;
        }
    }

    private void VisitModule(PickleDict attributes)
    {
        foreach (var part in ModuleParts)
        {
            if (attributes.Find(part) is PickleDict dict)
            {
                VisitEntries(dict.Entries);
            }
        }
    }

    private void VisitEntries(IReadOnlyList<KeyValuePair<object?, object?>> entries)
    {
        foreach (var (key, value) in entries)
        {
            VisitUnder(key, value);
        }
    }

    private void VisitItems(IReadOnlyList<object?> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            VisitUnder((long)i, items[i]);
        }
    }

    private void VisitUnder(object? key, object? value)
    {
        keys.Add(key);
        Visit(value);
        keys.RemoveAt(keys.Count - 1);
    }

    private void RequireBudget()
    {
        if (keys.Count > MaxDepth || visits++ > MaxVisits)
        {
            throw Bad(ModelFault.TooLarge, $"the pickle nests deeper than {MaxDepth} or holds more than {MaxVisits} values");
        }
    }

    /// <summary>The path as a name; a tensor that is the whole file is named after the file.</summary>
    private string Name()
    {
        var name = keys.Count == 0 ? Path.GetFileNameWithoutExtension(path) : string.Join('.', keys.Select(KeyText));
        nameCharacters += name.Length;
        return name.Length <= MaxNameLength && nameCharacters <= MaxNameCharacters
            ? name
            : throw Bad(ModelFault.TooLarge, $"a tensor's name is longer than {MaxNameLength} characters, or all names together are longer than {MaxNameCharacters}");
    }

    private string KeyText(object? key) => key switch
    {
        string text => text,
        long number => number.ToString(),
        _ => throw Bad(ModelFault.Unsupported, "a tensor lies under a key that is neither text nor a number"),
    };

    private ModelFormatException Bad(ModelFault fault, string what) => new(fault, path, what);
}
