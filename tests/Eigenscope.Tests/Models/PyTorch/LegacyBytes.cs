using Eigenscope.Models.PyTorch;

namespace Eigenscope.Tests.Models.PyTorch;

/// <summary>Files of PyTorch's older layout made for a test.</summary>
internal static class LegacyBytes
{
    /// <summary>The number that marks the format, in protocol 2.</summary>
    public static readonly byte[] Number = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>A file with that object and the floats 1, 2, 3 as storage 0.</summary>
    public static byte[] Of(PickleWriter saved) => Of(saved, ["0"], [.. BitConverter.GetBytes(3L), .. TorchBytes.Floats]);

    /// <summary>A file with that object, these keys of storages, and those bytes behind them.</summary>
    public static byte[] Of(PickleWriter saved, string[] keys, byte[] storages) => [.. Preamble(), .. saved.End(), .. Keys(keys), .. storages];

    /// <summary>All before the object.</summary>
    public static byte[] Preamble(long version = 1001, bool littleEndian = true) =>
    [
        .. Number,
        .. new PickleWriter().Protocol().Number(version).End(),
        .. new PickleWriter().Protocol().Dict(("little_endian", w => w.Op(littleEndian ? PickleOpcode.NewTrue : PickleOpcode.NewFalse))).End(),
    ];

    /// <summary>A row of three floats on a part of storage 0.</summary>
    public static PickleWriter Part(long first, long count, long length) =>
        new PickleWriter().Protocol().Global("torch._utils", "_rebuild_tensor").Op(PickleOpcode.Mark)
            .Op(PickleOpcode.Mark).Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(3)
            .Op(PickleOpcode.Mark).Text("view").Number(first).Number(count).Op(PickleOpcode.Tuple).Op(PickleOpcode.Tuple).Op(PickleOpcode.BinPersistentId)
            .Number(0).Tuple(length).Tuple(1).Op(PickleOpcode.Tuple).Op(PickleOpcode.Reduce);

    private static byte[] Keys(string[] keys)
    {
        var list = new PickleWriter().Protocol().Op(PickleOpcode.EmptyList).Op(PickleOpcode.Mark);
        foreach (var key in keys)
        {
            list.Text(key);
        }

        return list.Op(PickleOpcode.Appends).End();
    }
}
