namespace Eigenscope.Models.PyTorch;

/// <content>Instructions that in Python name, call and build things; here they make inert values.</content>
internal sealed partial class PickleMachine
{
    private bool Call(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global: stack.Push(new PickleGlobal(cursor.Line(), cursor.Line())); break;
            case PickleOpcode.StackGlobal: StackGlobal(); break;
            case PickleOpcode.BinPersistentId: stack.Push(persistent(stack.Pop(), cursor)); break;
            case PickleOpcode.Reduce: Reduce(); break;
            case PickleOpcode.NewObj: Construct(keywords: 0); break;
            case PickleOpcode.NewObjEx: Construct(keywords: 1); break;
            case PickleOpcode.Obj: Instance(stack.PopGroup()); break;
            case PickleOpcode.Inst: Instance([new PickleGlobal(cursor.Line(), cursor.Line()), .. stack.PopGroup()]); break;
            case PickleOpcode.Build: Build(); break;
            default: return false;
        }

        return true;
    }

    private void StackGlobal()
    {
        var names = stack.PopMany(2);
        stack.Push(names is [string module, string name]
            ? new PickleGlobal(module, name)
            : throw cursor.Bad(ModelFault.BadHeader, "a global is named by something that is no text"));
    }

    private void Reduce()
    {
        var call = stack.PopMany(2);
        stack.Push(calls.Call(call[0], Arguments(call[1])));
    }

    private void Construct(int keywords)
    {
        var call = stack.PopMany(2 + keywords);
        Arguments(call[1]);
        stack.Push(calls.Construct(call[0]));
    }

    private void Instance(object?[] group) =>
        stack.Push(group.Length > 0 ? calls.Call(group[0], group[1..]) : throw cursor.Bad(ModelFault.BadHeader, "an instance has no class"));

    private void Build()
    {
        var state = stack.Pop();
        switch (stack.Peek())
        {
            case PickleObject target:
                target.State = state;
                break;
            case PickleDict or PickleList:
                break;
            default:
                throw cursor.Bad(ModelFault.BadHeader, "a state is given to something that is no object");
        }
    }

    private object?[] Arguments(object? value) =>
        value as object?[] ?? throw cursor.Bad(ModelFault.BadHeader, "the arguments of a call are no tuple");
}
