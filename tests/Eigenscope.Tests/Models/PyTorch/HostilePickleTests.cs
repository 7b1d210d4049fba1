using System.Text;
using Eigenscope.Models;
using Eigenscope.Models.PyTorch;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

public sealed class HostilePickleTests
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("nt", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "exec")]
    [InlineData("builtins", "getattr")]
    [InlineData("__builtin__", "apply")]
    [InlineData("__builtin__", "compile")]
    [InlineData("subprocess", "Popen")]
    [InlineData("webbrowser", "open")]
    [InlineData("importlib", "import_module")]
    [InlineData("pkgutil", "resolve_name")]
    [InlineData("runpy", "run_path")]
    [InlineData("functools", "partial")]
    [InlineData("operator", "attrgetter")]
    [InlineData("types", "CodeType")]
    [InlineData("types", "FunctionType")]
    [InlineData("logging", "FileHandler")]
    [InlineData("_io", "FileIO")]
    [InlineData("_pyrepl.pager", "pipe_pager")]
    [InlineData("http.client", "HTTPConnection")]
    [InlineData("urllib.request", "Request")]
    [InlineData("commands", "getoutput")]
    [InlineData("pip", "main")]
    [InlineData("ctypes", "CDLL")]
    [InlineData("cloudpickle.cloudpickle", "_make_function")]
    [InlineData("torch", "load")]
    [InlineData("torch", "os.system")]
    [InlineData("torch.utils.collect_env", "run")]
    [InlineData("torch.jit.unsupported_tensor_ops", "execWrapper")]
    [InlineData("torch._utils", "IsNoRebuilder")]
    [InlineData("numpy.f2py.crackfortran", "getlincoef")]
    [InlineData("numpy.testing._private.utils", "runstring")]
    [InlineData("somelib.tools", "run")]
    [InlineData("", "Empty")]
    public void Refuses_every_way_to_call(string module, string name)
    {
        string[] texts = [.. Calls(module, name).Select(call => Unsafe(InDict(call)))];
        Assert.All(texts, text => Assert.Contains($"the pickle asks to call {module}.{name}; nothing was run", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("subprocess", "Popen")]
    [InlineData("logging", "FileHandler")]
    [InlineData("_io", "FileIO")]
    public void Refuses_to_construct_what_Python_has(string module, string name)
    {
        Unsafe(InDict(w => w.Global(module, name).Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.NewObj)));
        Unsafe(InDict(w => w.Global(module, name).Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.EmptyDict).Op(PickleOpcode.NewObjEx)));
    }

    [Fact]
    public void Refuses_a_call_whose_result_is_dropped()
    {
        Unsafe(new PickleWriter().Protocol().CallWith("os", "system", "true").Op(PickleOpcode.Pop).Row());
    }

    [Fact]
    public void Refuses_a_call_named_by_remembered_and_joined_text()
    {
        var pickle = new PickleWriter().Protocol(4).Text("os").Op(PickleOpcode.Memoize).Op(PickleOpcode.Pop)
            .Op(PickleOpcode.BinGet, 0).Text("system").Op(PickleOpcode.StackGlobal).Text("true").Op(PickleOpcode.Tuple1).Op(PickleOpcode.Reduce);
        Assert.Contains("os.system", Unsafe(pickle), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_call_of_what_a_call_made()
    {
        Unsafe(new PickleWriter().CallWith("mylib", "Config", "x").Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.Reduce));
    }

    [Fact]
    public void Refuses_a_call_through_a_rebuilder_that_takes_a_function()
    {
        var pickle = new PickleWriter().Global("torch._tensor", "_rebuild_from_type_v2").Op(PickleOpcode.Mark).Global("os", "system").Global("torch", "Tensor")
            .Text("true").Op(PickleOpcode.Tuple1).Op(PickleOpcode.EmptyDict).Op(PickleOpcode.Tuple).Op(PickleOpcode.Reduce);
        Assert.Contains("os.system", Unsafe(pickle), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_control_characters_of_a_name_as_escapes()
    {
        var text = Unsafe(new PickleWriter().StackGlobal("evil\r\n\u001b[2J", "run").Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.Reduce));
        Assert.DoesNotContain(text, char.IsControl);
    }

    [Theory]
    [InlineData("argparse", "Namespace")]
    [InlineData("pathlib", "PosixPath")]
    [InlineData("__builtin__", "set")]
    [InlineData("__builtin__", "xrange")]
    [InlineData("collections", "deque")]
    [InlineData("copy_reg", "_reconstructor")]
    [InlineData("datetime", "datetime")]
    [InlineData("numpy.core.multiarray", "scalar")]
    [InlineData("zeta.nn.modules.flow_matching", "MixtureFlowConfig")]
    [InlineData("__main__", "TrainingMode")]
    [InlineData("torch", "device")]
    public void Keeps_plain_objects_beside_the_weights(string module, string name)
    {
        var pickle = new PickleWriter().Dict(
            ("config", w => w.CallWith(module, name, "x").Dict(("lr", v => v.Number(1))).Op(PickleOpcode.Build)),
            ("weight", w => w.Row()));
        Assert.Equal("weight", Assert.Single(TorchBytes.Read(pickle)).Name);
    }

    [Fact]
    public void A_name_that_is_never_called_is_only_a_name()
    {
        Assert.Single(TorchBytes.Read(new PickleWriter().Dict(("dtype", w => w.Global("torch", "float32")), ("f", w => w.Global("os", "system")), ("weight", w => w.Row()))));
    }

    [Theory]
    [InlineData((byte)PickleOpcode.EmptyTuple)]
    [InlineData((byte)PickleOpcode.None)]
    [InlineData((byte)PickleOpcode.EmptyList)]
    public void Checks_what_entries_are_set_in(byte target)
    {
        Assert.Equal(ModelFault.BadHeader, TorchBytes.Refusal(new PickleWriter().Op((PickleOpcode)target).Number(1).Number(2).Op(PickleOpcode.SetItem)).Fault);
        Assert.Equal(ModelFault.BadHeader, TorchBytes.Refusal(new PickleWriter().Op((PickleOpcode)target).Op(PickleOpcode.Mark).Number(1).Number(2).Op(PickleOpcode.SetItems)).Fault);
    }

    [Theory]
    [InlineData((byte)PickleOpcode.Append)]
    [InlineData((byte)PickleOpcode.Build)]
    [InlineData((byte)PickleOpcode.SetItem)]
    public void Never_fills_a_tensor(byte fill)
    {
        var pickle = new PickleWriter().Row().Number(1);
        Assert.Equal(ModelFault.BadHeader, TorchBytes.Refusal((fill == (byte)PickleOpcode.SetItem ? pickle.Number(2) : pickle).Op((PickleOpcode)fill)).Fault);
    }

    [Fact]
    public void Refuses_broken_streams()
    {
        Broken(new PickleWriter());
        Broken(new PickleWriter().Protocol(9).Row());
        Broken(new PickleWriter().Row().Protocol().Row());
        Broken(new PickleWriter().Row().Row());
        Broken(new PickleWriter().Op(PickleOpcode.Mark).Row());
        Broken(new PickleWriter().Op(PickleOpcode.Stop).Row());
        Broken(new PickleWriter().Op(PickleOpcode.BinGet, 7));
        Broken(new PickleWriter().Op(PickleOpcode.Tuple));
        Broken(new PickleWriter().Number(1).Op(PickleOpcode.Mark).Op(PickleOpcode.Tuple1));
        Broken(new PickleWriter().Op(PickleOpcode.Mark).Number(1).Op(PickleOpcode.Dict));
        Broken(new PickleWriter().Op((PickleOpcode)0x82, 1));
        Broken(new PickleWriter().Op((PickleOpcode)0xff));
        Broken(new PickleWriter().Op(PickleOpcode.BinUnicode, 2, 0, 0, 0, 0xc3, 0x28));
        Broken(new PickleWriter().Number(1).Number(2).Op(PickleOpcode.StackGlobal));
        Broken(new PickleWriter().Text("no storage").Op(PickleOpcode.BinPersistentId));
    }

    [Theory]
    [InlineData((byte)PickleOpcode.BinUnicode, 4)]
    [InlineData((byte)PickleOpcode.BinString, 4)]
    [InlineData((byte)PickleOpcode.BinBytes, 4)]
    [InlineData((byte)PickleOpcode.Long4, 4)]
    [InlineData((byte)PickleOpcode.BinUnicode8, 8)]
    [InlineData((byte)PickleOpcode.BinBytes8, 8)]
    [InlineData((byte)PickleOpcode.ByteArray8, 8)]
    [InlineData((byte)PickleOpcode.Frame, 8)]
    public void Never_trusts_a_length(byte opcode, int width)
    {
        var largest = Enumerable.Repeat((byte)0xff, width).ToArray();
        Broken(new PickleWriter().Op((PickleOpcode)opcode, largest));
        largest[^1] = 0x7f;
        Broken(new PickleWriter().Op((PickleOpcode)opcode, largest));
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        var pickle = new PickleWriter().Protocol().Dict(("weight", w => w.Row())).End();
        for (var length = 0; length < pickle.Length; length++)
        {
            TorchBytes.Refusal(TorchBytes.Archive(pickle[..length]));
        }
    }

    [Fact]
    public void Stops_lists_that_double_and_lists_that_hold_themselves()
    {
        var doubling = new PickleWriter().Row();
        for (var i = 0; i < 40; i++)
        {
            doubling.Op(PickleOpcode.Dup).Op(PickleOpcode.Tuple2);
        }

        Assert.Equal(ModelFault.TooLarge, TorchBytes.Refusal(doubling).Fault);
        var circle = new PickleWriter().Op(PickleOpcode.EmptyList).Op(PickleOpcode.Memoize).Op(PickleOpcode.BinGet, 0).Op(PickleOpcode.Append);
        Assert.Equal(ModelFault.TooLarge, TorchBytes.Refusal(circle).Fault);
    }

    [Fact]
    public void Stops_a_memo_and_a_stack_that_grow_without_end()
    {
        var memo = new byte[(PickleStack.MaxMemo * 2) + 3];
        memo.AsSpan().Fill((byte)PickleOpcode.Memoize);
        memo[0] = (byte)PickleOpcode.None;
        Assert.Equal(ModelFault.TooLarge, TorchBytes.Refusal(TorchBytes.Archive(memo)).Fault);
        memo.AsSpan().Fill((byte)PickleOpcode.None);
        Assert.Equal(ModelFault.TooLarge, TorchBytes.Refusal(TorchBytes.Archive(memo)).Fault);
        memo.AsSpan().Fill((byte)PickleOpcode.Mark);
        Assert.Equal(ModelFault.TooLarge, TorchBytes.Refusal(TorchBytes.Archive(memo)).Fault);
    }

    [Fact]
    public void Stops_a_program_that_is_too_long()
    {
        var pickle = new byte[PickleMachine.MaxInstructions + 2];
        for (var i = 0; i < pickle.Length; i++)
        {
            pickle[i] = (byte)(i % 2 == 0 ? PickleOpcode.None : PickleOpcode.Pop);
        }

        Assert.Equal(ModelFault.TooLarge, TorchBytes.Refusal(TorchBytes.Archive(pickle)).Fault);
    }

    [Fact]
    public void Understands_the_oldest_and_the_newest_protocol()
    {
        byte[] oldest = [.. Encoding.ASCII.GetBytes("(dp0\nVa\np1\nI3\nsVb\n(lp2\nL5L\naF1.5\nasS'c'\nI01\ns"), (byte)'.'];
        Assert.Equal(ModelFault.NoWeights, TorchBytes.Refusal(TorchBytes.Archive(oldest)).Fault);
        var newest = new PickleWriter().Protocol(5).Op(PickleOpcode.Frame, 2, 0, 0, 0, 0, 0, 0, 0).Op(PickleOpcode.EmptySet).Op(PickleOpcode.Mark).Number(1).Op(PickleOpcode.AddItems);
        Assert.Equal(ModelFault.NoWeights, TorchBytes.Refusal(newest).Fault);
    }

    private static IEnumerable<Action<PickleWriter>> Calls(string module, string name) =>
    [
        w => w.CallWith(module, name, "x"),
        w => w.StackGlobal(module, name).Text("x").Op(PickleOpcode.Tuple1).Op(PickleOpcode.Reduce),
        w => w.Op(PickleOpcode.Mark).Text("x").Op(PickleOpcode.Inst, Encoding.UTF8.GetBytes($"{module}\n{name}\n")),
        w => w.Op(PickleOpcode.Mark).Global(module, name).Text("x").Op(PickleOpcode.Obj),
    ];

    private static PickleWriter InDict(Action<PickleWriter> call) => new PickleWriter().Protocol().Dict(("weight", w => w.Row()), ("x", call));

    private static string Unsafe(PickleWriter pickle)
    {
        var error = TorchBytes.Refusal(pickle);
        Assert.Equal(ModelFault.Unsafe, error.Fault);
        return error.Message;
    }

    private static void Broken(PickleWriter pickle) =>
        Assert.True(TorchBytes.Refusal(pickle).Fault is ModelFault.BadHeader or ModelFault.Truncated or ModelFault.Inconsistent);
}
