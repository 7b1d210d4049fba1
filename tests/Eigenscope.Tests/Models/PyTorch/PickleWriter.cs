using System.Buffers.Binary;
using System.Text;
using Eigenscope.Models.PyTorch;

namespace Eigenscope.Tests.Models.PyTorch;

/// <summary>Writes pickles for tests, instruction by instruction.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [];

    /// <summary>The pickle so far, ended.</summary>
    public byte[] End() => [.. bytes, (byte)PickleOpcode.Stop];

    public PickleWriter Op(PickleOpcode opcode, params ReadOnlySpan<byte> argument)
    {
        bytes.Add((byte)opcode);
        bytes.AddRange(argument);
        return this;
    }

    public PickleWriter Protocol(byte protocol = 2) => Op(PickleOpcode.Protocol, protocol);

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Op(PickleOpcode.BinUnicode, [.. Little(utf8.Length), .. utf8]);
    }

    public PickleWriter Number(long number) => number is >= 0 and < 256
        ? Op(PickleOpcode.BinInt1, (byte)number)
        : Op(PickleOpcode.Long1, [8, .. BitConverter.GetBytes(number)]);

    public PickleWriter Global(string module, string name) => Op(PickleOpcode.Global, Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleWriter StackGlobal(string module, string name) => Text(module).Text(name).Op(PickleOpcode.StackGlobal);

    public PickleWriter Tuple(params IEnumerable<long> numbers)
    {
        Op(PickleOpcode.Mark);
        foreach (var number in numbers)
        {
            Number(number);
        }

        return Op(PickleOpcode.Tuple);
    }

    /// <summary>A storage by its persistent id.</summary>
    public PickleWriter Storage(string type, string key, long count, string module = "torch") =>
        Op(PickleOpcode.Mark).Text("storage").Global(module, type).Text(key).Text("cpu").Number(count).Op(PickleOpcode.Tuple).Op(PickleOpcode.BinPersistentId);

    /// <summary>A tensor on a storage of floats.</summary>
    public PickleWriter Tensor(string key, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOpcode.Mark)
            .Storage("FloatStorage", key, count).Number(offset).Tuple(shape).Tuple(strides)
            .Op(PickleOpcode.NewFalse).Global("collections", "OrderedDict").Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.Reduce)
            .Op(PickleOpcode.Tuple).Op(PickleOpcode.Reduce);

    /// <summary>A row of floats that fills a storage.</summary>
    public PickleWriter Row(string key = "0", long count = 3) => Tensor(key, count, 0, [count], [1]);

    /// <summary>A dict of what the entries write.</summary>
    public PickleWriter Dict(params (string Key, Action<PickleWriter> Value)[] entries)
    {
        Op(PickleOpcode.EmptyDict).Op(PickleOpcode.Mark);
        foreach (var (key, value) in entries)
        {
            value(Text(key));
        }

        return Op(PickleOpcode.SetItems);
    }

    /// <summary>A call of a global with one text.</summary>
    public PickleWriter CallWith(string module, string name, string text) => Global(module, name).Text(text).Op(PickleOpcode.Tuple1).Op(PickleOpcode.Reduce);

    private static byte[] Little(int number)
    {
        var little = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(little, number);
        return little;
    }
}
