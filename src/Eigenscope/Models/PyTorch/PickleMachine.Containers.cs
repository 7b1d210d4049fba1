namespace Eigenscope.Models.PyTorch;

/// <content>Instructions that make and fill tuples, lists, sets and dicts. Filling checks what is filled.</content>
internal sealed partial class PickleMachine
{
    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark: stack.Mark(); break;
            case PickleOpcode.EmptyTuple: stack.Push(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple1: stack.Push(stack.PopMany(1)); break;
            case PickleOpcode.Tuple2: stack.Push(stack.PopMany(2)); break;
            case PickleOpcode.Tuple3: stack.Push(stack.PopMany(3)); break;
            case PickleOpcode.Tuple: stack.Push(stack.PopGroup()); break;
            case PickleOpcode.EmptyList or PickleOpcode.EmptySet: stack.Push(new PickleList()); break;
            case PickleOpcode.List or PickleOpcode.FrozenSet: stack.Push(ListOf(stack.PopGroup())); break;
            case PickleOpcode.EmptyDict: stack.Push(new PickleDict()); break;
            case PickleOpcode.Dict: stack.Push(DictOf(stack.PopGroup())); break;
            case PickleOpcode.Append: AddItems(stack.PopMany(1)); break;
            case PickleOpcode.Appends or PickleOpcode.AddItems: AddItems(stack.PopGroup()); break;
            case PickleOpcode.SetItem: AddEntries(stack.PopMany(2)); break;
            case PickleOpcode.SetItems: AddEntries(stack.PopGroup()); break;
            default: return false;
        }

        return true;
    }

    private static PickleList ListOf(object?[] items)
    {
        var list = new PickleList();
        list.Add(items);
        return list;
    }

    private PickleDict DictOf(object?[] keysAndValues)
    {
        var dict = new PickleDict();
        Fill(dict, keysAndValues);
        return dict;
    }

    private void AddItems(object?[] items)
    {
        switch (stack.Peek())
        {
            case PickleList list:
                list.Add(items);
                break;
            case PickleObject:
                break;
            default:
                throw cursor.Bad(ModelFault.BadHeader, "items are added to something that is no list");
        }
    }

    private void AddEntries(object?[] keysAndValues)
    {
        var dict = stack.Peek() switch
        {
            PickleDict target => target,
            PickleObject target => target.Items,
            _ => throw cursor.Bad(ModelFault.BadHeader, "entries are set in something that is no dict"),
        };
        Fill(dict, keysAndValues);
    }

    private void Fill(PickleDict dict, object?[] keysAndValues)
    {
        if (keysAndValues.Length % 2 != 0)
        {
            throw cursor.Bad(ModelFault.BadHeader, "a dict has a key without a value");
        }

        for (var i = 0; i < keysAndValues.Length; i += 2)
        {
            dict.Add(keysAndValues[i], keysAndValues[i + 1]);
        }
    }
}
