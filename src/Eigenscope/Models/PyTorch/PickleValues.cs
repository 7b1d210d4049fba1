namespace Eigenscope.Models.PyTorch;

/// <summary>
/// A name that a pickle mentions. It is text and stays text: nothing is looked up or loaded.
/// Besides the types here, values are string, long, double, bool, null and, for a tuple, an array.
/// </summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <summary>The name as Python writes it.</summary>
    public string FullName => $"{Module}.{Name}";

    /// <summary>The part before the first dot: the top-level package.</summary>
    public string Package => Module.Split('.', 2)[0];
}

/// <summary>A dict, in order of insertion. Keys are not compared; whoever looks one up takes the last.</summary>
internal sealed class PickleDict
{
    private List<KeyValuePair<object?, object?>>? entries;

    /// <summary>The entries.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => entries ?? [];

    /// <summary>The last value under a text key, or null.</summary>
    public object? Find(string key) => entries?.FindLast(entry => entry.Key is string text && text == key).Value;

    /// <summary>Adds an entry.</summary>
    public void Add(object? key, object? value) => (entries ??= []).Add(new(key, value));
}

/// <summary>A list or a set.</summary>
internal sealed class PickleList
{
    private List<object?>? items;

    /// <summary>The items.</summary>
    public IReadOnlyList<object?> Items => items ?? [];

    /// <summary>Adds items.</summary>
    public void Add(ReadOnlySpan<object?> more) => (items ??= []).AddRange(more);
}

/// <summary>An object of some class, such as a configuration: kept as what its pickle says of it, never made.</summary>
/// <param name="className">The class.</param>
internal sealed class PickleObject(string className)
{
    private PickleDict? items;

    /// <summary>The class.</summary>
    public string ClassName { get; } = className;

    /// <summary>The tensor that it is, for a parameter or variable of PyTorch before 0.4.</summary>
    public TorchTensor? Wrapped { get; init; }

    /// <summary>What BUILD gave it: mostly a dict of attributes.</summary>
    public object? State { get; set; }

    /// <summary>The entries, for a class that is a kind of dict.</summary>
    public PickleDict Items => items ??= new PickleDict();

    /// <summary>The attributes, where the state is a dict.</summary>
    public PickleDict? Attributes => State as PickleDict;
}
