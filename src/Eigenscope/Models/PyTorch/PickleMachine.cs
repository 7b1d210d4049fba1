namespace Eigenscope.Models.PyTorch;

/// <summary>
/// A reader of pickles that knows data only. A pickle is a program for a stack machine; here a global is a name, an object is a record
/// of what the pickle says, and a call is one of the few of <see cref="PickleCalls"/> or an error. Nothing is ever loaded or executed.
/// </summary>
/// <remarks>
/// Cost: one step per instruction. Bounds: <see cref="MaxInstructions"/>, those of <see cref="PickleStack"/>, and every length by what is left.
/// The instructions lie in the parts Literals, Containers and Calls.
/// </remarks>
/// <param name="cursor">The pickle.</param>
/// <param name="persistent">What a persistent id stands for: a storage, in a PyTorch file.</param>
internal sealed partial class PickleMachine(PickleCursor cursor, Func<object?, PickleCursor, object?> persistent)
{
    /// <summary>The most instructions that are followed.</summary>
    public const int MaxInstructions = 10_000_000;

    private const int NewestProtocol = 5;

    private readonly PickleStack stack = new(cursor);
    private readonly PickleCalls calls = new(cursor);

    /// <summary>Follows the pickle to its end; other bytes may follow it.</summary>
    /// <returns>The object: see <see cref="PickleGlobal"/> for the types.</returns>
    /// <exception cref="ModelFormatException">It is broken, beyond the bounds, or asks for a call.</exception>
    public object? Run()
    {
        for (var count = 0; count < MaxInstructions; count++)
        {
            var opcode = (PickleOpcode)cursor.Byte();
            if (opcode == PickleOpcode.Stop)
            {
                return Finish();
            }

            Step(opcode);
        }

        throw cursor.Bad(ModelFault.TooLarge, $"more than {MaxInstructions} instructions");
    }

    private void Step(PickleOpcode opcode)
    {
        if (!Literal(opcode) && !Container(opcode) && !Call(opcode) && !Bookkeeping(opcode))
        {
            throw cursor.Bad(ModelFault.BadHeader, $"instruction 0x{(byte)opcode:x2} is unknown or not used by PyTorch");
        }
    }

    private object? Finish()
    {
        if (stack.Count != 1 || stack.OpenGroups > 0)
        {
            throw cursor.Bad(ModelFault.Inconsistent, $"the pickle ends with {stack.Count} values and {stack.OpenGroups} open groups, where 1 and 0 are right");
        }

        return stack.Pop();
    }

    private bool Bookkeeping(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol: RequireProtocol(); break;
            case PickleOpcode.Frame: RequireFrame(); break;
            case PickleOpcode.Pop: stack.Drop(); break;
            case PickleOpcode.PopMark: stack.PopGroup(); break;
            case PickleOpcode.Dup: stack.Push(stack.Peek()); break;
            case PickleOpcode.Put: stack.Remember(Number(cursor.Line())); break;
            case PickleOpcode.BinPut: stack.Remember(cursor.Byte()); break;
            case PickleOpcode.LongBinPut: stack.Remember(cursor.UInt32()); break;
            case PickleOpcode.Memoize: stack.Memoize(); break;
            case PickleOpcode.Get: stack.Recall(Number(cursor.Line())); break;
            case PickleOpcode.BinGet: stack.Recall(cursor.Byte()); break;
            case PickleOpcode.LongBinGet: stack.Recall(cursor.UInt32()); break;
            default: return false;
        }

        return true;
    }

    private void RequireProtocol()
    {
        var isFirst = cursor.Position == 1;
        var protocol = cursor.Byte();
        if (!isFirst || protocol > NewestProtocol)
        {
            throw cursor.Bad(ModelFault.BadHeader, $"protocol {protocol} is stated {(isFirst ? "and 0 to 5 are known" : "after the start")}");
        }
    }

    private void RequireFrame()
    {
        var length = cursor.Int64();
        if (length < 0 || length > cursor.Remaining)
        {
            throw cursor.Bad(ModelFault.Truncated, $"a frame of {length} bytes, and {cursor.Remaining} are left");
        }
    }
}
