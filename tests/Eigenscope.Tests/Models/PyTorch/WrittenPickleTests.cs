using Eigenscope.Tests.Models.Numpy;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

/// <summary>Pickles that PyTorch 1.13 wrote, beside storages of the floats 1, 2, 3.</summary>
public sealed class WrittenPickleTests
{
    /// <summary><c>{'w': tensor([1, 2, 3]), 'l': [tensor([[1, 2, 3]]).t()]}</c> in protocol 4.</summary>
    private const string Protocol4 =
        "gASVxQAAAAAAAAB9lCiMAXeUjAx0b3JjaC5fdXRpbHOUjBJfcmVidWlsZF90ZW5zb3JfdjKUk5QoKIwHc3RvcmFnZZSMBXRvcmNolIwMRmxvYXRTdG9yYWdl"
        + "lJOUjAEwlIwDY3B1lEsDdJRRSwBLA4WUSwGFlImMC2NvbGxlY3Rpb25zlIwLT3JkZXJlZERpY3SUk5QpUpR0lFKUjAFslF2UaAQoKGgFaAiMATGUaApLA3SU"
        + "UUsASwNLAYaUSwFLA4aUiWgQKVKUdJRSlGF1Lg==";

    /// <summary>A scripted module with <c>self.layer1 = nn.Sequential(nn.Linear(1, 3))</c>.</summary>
    private const string Script =
        "gAJjX190b3JjaF9fCk5ldApxACmBfShYCAAAAHRyYWluaW5ncQGIWBYAAABfaXNfZnVsbF9iYWNrd2FyZF9ob29rcQJOWAYAAABsYXllcjFxA2NfX3RvcmNo"
        + "X18udG9yY2gubm4ubW9kdWxlcy5jb250YWluZXIKU2VxdWVudGlhbApxBCmBfShoAYhoAk5YAQAAADBxBWNfX3RvcmNoX18udG9yY2gubm4ubW9kdWxlcy5s"
        + "aW5lYXIKTGluZWFyCnEGKYF9KFgGAAAAd2VpZ2h0cQdjdG9yY2guX3V0aWxzCl9yZWJ1aWxkX3RlbnNvcl92MgpxCCgoWAcAAABzdG9yYWdlcQljdG9yY2gK"
        + "RmxvYXRTdG9yYWdlCnEKaAVYAwAAAGNwdXELSwN0UXEMSwAoSwNLAXQoSwFLAXSIY2NvbGxlY3Rpb25zCk9yZGVyZWREaWN0CnENKVJ0UnEOWAQAAABiaWFz"
        + "cQ9oCCgoaAloClgBAAAAMXEQaAtLA3RRcRFLAChLA3QoSwF0iGgNKVJ0UnESaAGIaAJOdWJxE3VicRR1YnEVLg==";

    [Fact]
    public void Protocol_4()
    {
        var tensors = TorchBytes.Read(TorchBytes.Archive(Convert.FromBase64String(Protocol4), ("root/data/1", TorchBytes.Floats)));
        Assert.Equal(["w F32 3", "l.0 F32 3x1"], tensors.Select(tensor => tensor.ToString()));
        Assert.All(tensors, tensor => Assert.Equal([1, 2, 3], StoredValues.Of(tensor)));
    }

    [Fact]
    public void A_scripted_module()
    {
        var tensors = TorchBytes.Read(TorchBytes.Archive(Convert.FromBase64String(Script), ("root/data/1", TorchBytes.Floats), ("root/constants.pkl", [0x80, 2, (byte)')', (byte)'.'])));
        Assert.Equal(["layer1.0.weight F32 3x1", "layer1.0.bias F32 3"], tensors.Select(tensor => tensor.ToString()));
        Assert.All(tensors, tensor => Assert.Equal([1, 2, 3], StoredValues.Of(tensor)));
    }
}
