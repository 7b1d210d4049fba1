namespace Eigenscope.Models.PyTorch;

/// <summary>The stack of a pickle, with marks that start groups, and the memo. Both are bounded.</summary>
internal sealed class PickleStack(PickleCursor cursor)
{
    /// <summary>The most values on the stack.</summary>
    public const int MaxDepth = 1 << 20;

    /// <summary>The most remembered values.</summary>
    public const int MaxMemo = 1 << 20;

    private readonly List<object?> values = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];

    /// <summary>How many values there are.</summary>
    public int Count => values.Count;

    /// <summary>How many groups are open.</summary>
    public int OpenGroups => marks.Count;

    private int Floor => marks.Count == 0 ? 0 : marks[^1];

    /// <summary>Adds a value.</summary>
    public void Push(object? value)
    {
        RequireRoom(values.Count, MaxDepth, "values on the stack");
        values.Add(value);
    }

    /// <summary>Takes the last value of the current group.</summary>
    public object? Pop()
    {
        var value = Peek();
        values.RemoveAt(values.Count - 1);
        return value;
    }

    /// <summary>The last value of the current group.</summary>
    public object? Peek() => values.Count > Floor ? values[^1] : throw cursor.Bad(ModelFault.BadHeader, "a value is wanted from an empty stack");

    /// <summary>Starts a group.</summary>
    public void Mark()
    {
        RequireRoom(marks.Count, MaxDepth, "marks on the stack");
        marks.Add(values.Count);
    }

    /// <summary>Takes the current group.</summary>
    public object?[] PopGroup()
    {
        if (marks.Count == 0)
        {
            throw cursor.Bad(ModelFault.BadHeader, "a group is closed that was never opened");
        }

        var start = Floor;
        var group = values.GetRange(start, values.Count - start).ToArray();
        values.RemoveRange(start, group.Length);
        marks.RemoveAt(marks.Count - 1);
        return group;
    }

    /// <summary>Takes the last <paramref name="count"/> values of the current group, in order.</summary>
    public object?[] PopMany(int count)
    {
        var taken = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            taken[i] = Pop();
        }

        return taken;
    }

    /// <summary>Drops the last value, or the mark of a group that is empty.</summary>
    public void Drop()
    {
        if (marks.Count > 0 && values.Count == Floor)
        {
            marks.RemoveAt(marks.Count - 1);
        }
        else
        {
            Pop();
        }
    }

    /// <summary>Remembers the last value under the next free number.</summary>
    public void Memoize() => Remember(memo.Count);

    /// <summary>Remembers the last value under a number.</summary>
    public void Remember(long number)
    {
        RequireRoom(memo.Count, MaxMemo, "remembered values");
        memo[number] = Peek();
    }

    /// <summary>Adds a remembered value.</summary>
    public void Recall(long number) =>
        Push(memo.TryGetValue(number, out var value) ? value : throw cursor.Bad(ModelFault.BadHeader, $"remembered value {number} was never stored"));

    private void RequireRoom(int count, int most, string what)
    {
        if (count >= most)
        {
            throw cursor.Bad(ModelFault.TooLarge, $"more than {most} {what}");
        }
    }
}
