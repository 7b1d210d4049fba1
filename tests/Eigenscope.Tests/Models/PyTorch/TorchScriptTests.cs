using Eigenscope.Models;
using Eigenscope.Models.PyTorch;
using Eigenscope.Tests.Models.Numpy;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

/// <summary>Archives of TorchScript: modules are objects of classes under <c>__torch__</c>, tensors their attributes.</summary>
public sealed class TorchScriptTests
{
    private static readonly (string Name, byte[] Content)[] Code = [("root/code/__torch__.py", "import os"u8.ToArray()), ("root/constants.pkl", [0x80, 2, (byte)')', (byte)'.'])];

    [Fact]
    public void Names_tensors_by_the_path_of_attributes()
    {
        var linear = Module("__torch__.torch.nn.modules.linear", "Linear", ("training", w => w.Op(PickleOpcode.NewTrue)), ("weight", w => w.Row()), ("bias", w => w.Op(PickleOpcode.None)));
        var layer = Module("__torch__.torch.nn.modules.container", "Sequential", ("0", linear));
        var net = Module("__torch__", "Net", ("layer1", layer), ("scale", w => w.Tensor("0", 3, 2, [], [])), ("sizes", Sizes));
        var tensors = TorchBytes.Read(Written(net), Code);
        Assert.Equal(["layer1.0.weight", "scale"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([3], StoredValues.Of(tensors[1]));
    }

    [Fact]
    public void Runs_nothing()
    {
        var net = Module("__torch__", "Net", ("weight", w => w.Row()), ("x", w => w.CallWith("os", "system", "true")));
        Assert.Equal(ModelFault.Unsafe, TorchBytes.Refusal(Written(net), Code).Fault);
        Assert.Equal(ModelFault.Unsafe, TorchBytes.Refusal(new PickleWriter().CallWith("torch.jit._pickle", "build_anything", "x"), Code).Fault);
    }

    [Fact]
    public void Says_that_a_frozen_model_holds_constants()
    {
        var error = TorchBytes.Refusal(Written(Module("__torch__", "Net")), Code);
        Assert.Equal(ModelFault.NoWeights, error.Fault);
        Assert.Contains("frozen", error.Message, StringComparison.Ordinal);
    }

    private static void Sizes(PickleWriter onto) =>
        onto.Global("torch.jit._pickle", "build_intlist").Op(PickleOpcode.EmptyList).Number(1).Op(PickleOpcode.Append).Op(PickleOpcode.Tuple1).Op(PickleOpcode.Reduce);

    private static Action<PickleWriter> Module(string module, string name, params (string Key, Action<PickleWriter> Value)[] attributes) =>
        onto => onto.Global(module, name).Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.NewObj).Dict(attributes).Op(PickleOpcode.Build);

    private static PickleWriter Written(Action<PickleWriter> write)
    {
        var writer = new PickleWriter().Protocol();
        write(writer);
        return writer;
    }
}
