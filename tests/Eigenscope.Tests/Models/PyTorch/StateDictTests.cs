using Eigenscope.Models;
using Eigenscope.Models.PyTorch;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

public sealed class StateDictTests
{
    [Theory]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    [InlineData("model")]
    public void Takes_one_wrapper_off_and_leaves_the_rest_out(string wrapper)
    {
        var pickle = new PickleWriter().Dict(
            ("epoch", w => w.Number(3)),
            ("optimizer", w => w.Dict(("exp_avg", State))),
            (wrapper, w => w.Dict(("fc.weight", State), ("fc.bias", State))));
        Assert.Equal(["fc.weight", "fc.bias"], Names(pickle));
    }

    [Fact]
    public void Keeps_several_wrappers_apart_by_their_keys()
    {
        var pickle = new PickleWriter().Dict(
            ("model", w => w.Dict(("fc.weight", State))),
            ("state_dict", w => w.Dict(("module.fc.weight", State))),
            ("optimizer", w => w.Dict(("exp_avg", State))));
        Assert.Equal(["model.fc.weight", "state_dict.fc.weight"], Names(pickle));
    }

    [Fact]
    public void Keeps_everything_where_no_wrapper_is_known()
    {
        var pickle = new PickleWriter().Dict(
            ("generator", w => w.Dict(("fc.weight", State))),
            ("discriminator", w => w.Dict(("fc.weight", State))));
        Assert.Equal(["generator.fc.weight", "discriminator.fc.weight"], Names(pickle));
    }

    [Fact]
    public void Takes_no_wrapper_that_holds_no_tensor()
    {
        var pickle = new PickleWriter().Dict(("model", w => w.Text("resnet20")), ("state_dict", w => w.Dict()), ("fc.weight", State));
        Assert.Equal(["fc.weight"], Names(pickle));
    }

    [Fact]
    public void Reads_no_kind_of_tensor_beside_the_wrapper()
    {
        var pickle = new PickleWriter().Dict(
            ("optimizer", w => w.Dict(("sparse", v => v.Global("torch._utils", "_rebuild_sparse_tensor").Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.Reduce)))),
            ("model", w => w.Dict(("fc.weight", State))));
        Assert.Equal(["fc.weight"], Names(pickle));
    }

    [Fact]
    public void Takes_no_wrapper_that_is_a_tensor_itself()
    {
        Assert.Equal(["model", "bias"], Names(new PickleWriter().Dict(("model", State), ("bias", State))));
    }

    [Fact]
    public void Drops_the_parallel_prefix_where_all_names_have_it()
    {
        Assert.Equal(["a", "b"], Names(new PickleWriter().Dict(("module.a", State), ("module.b", State))));
        Assert.Equal(["module.a", "b"], Names(new PickleWriter().Dict(("module.a", State), ("b", State))));
    }

    [Fact]
    public void Joins_keys_and_indices_by_dots()
    {
        var pickle = new PickleWriter().Dict(("layers", w => w.Op(PickleOpcode.EmptyList).Op(PickleOpcode.Mark).Row().Dict(("w", State)).Row().Op(PickleOpcode.Appends)));
        Assert.Equal(["layers.0", "layers.1.w", "layers.2"], Names(pickle));
    }

    [Fact]
    public void Takes_numbers_as_keys_and_no_others()
    {
        Assert.Equal(["7"], Names(new PickleWriter().Op(PickleOpcode.EmptyDict).Number(7).Row().Op(PickleOpcode.SetItem)));
        Assert.Equal(ModelFault.Unsupported, TorchBytes.Refusal(new PickleWriter().Op(PickleOpcode.EmptyDict).Op(PickleOpcode.None).Row().Op(PickleOpcode.SetItem)).Fault);
    }

    [Fact]
    public void Refuses_two_tensors_of_one_name()
    {
        Assert.Equal(ModelFault.Inconsistent, TorchBytes.Refusal(new PickleWriter().Dict(("w", State), ("w", State))).Fault);
        Assert.Equal(ModelFault.Inconsistent, TorchBytes.Refusal(new PickleWriter().Dict(("a.w", State), ("a", w => w.Dict(("w", State))))).Fault);
    }

    [Fact]
    public void Reads_a_whole_module_by_parameters_buffers_and_children()
    {
        var pickle = Module(new PickleWriter(), child => Module(child, null));
        Assert.Equal(["weight", "running_mean", "child.weight", "child.running_mean"], Names(pickle));
    }

    [Fact]
    public void Reads_a_dict_of_a_class_of_its_own()
    {
        var pickle = new PickleWriter().Global("mylib.config", "WeightDict").Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.NewObj).Op(PickleOpcode.Mark);
        Assert.Equal(["w"], Names(pickle.Text("w").Row().Op(PickleOpcode.SetItems)));
    }

    [Fact]
    public void Reads_parameters()
    {
        var pickle = new PickleWriter().Global("torch._utils", "_rebuild_parameter").Op(PickleOpcode.Mark).Row().Op(PickleOpcode.NewTrue).Op(PickleOpcode.None);
        Assert.Equal(["model"], Names(pickle.Op(PickleOpcode.Tuple).Op(PickleOpcode.Reduce)));
    }

    private static PickleWriter Module(PickleWriter onto, Action<PickleWriter>? child) =>
        onto.Global("mylib.nets", "Net").Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.NewObj)
            .Dict(
                ("training", w => w.Op(PickleOpcode.NewTrue)),
                ("cached", State),
                ("_modules", w => w.Dict(child is null ? [] : [("child", child)])),
                ("_parameters", w => w.Dict(("weight", State), ("bias", n => n.Op(PickleOpcode.None)))),
                ("_buffers", w => w.Dict(("running_mean", State))))
            .Op(PickleOpcode.Build);

    private static void State(PickleWriter onto) => onto.Row();

    private static IEnumerable<string> Names(PickleWriter pickle) => TorchBytes.Read(pickle).Select(tensor => tensor.Name);
}
