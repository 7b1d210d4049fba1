namespace Eigenscope.Models.PyTorch;

/// <summary>
/// What a call in a pickle means. The tensor rebuilders of <c>torch._utils</c> and the plain containers are understood; a class that is
/// not part of Python makes an inert object, whatever it is; every other call is refused, because only running it could tell.
/// </summary>
/// <remarks>This is an allow-list. <see cref="PythonModules"/> only tells the classes of a user's own program from those of Python.</remarks>
internal sealed class PickleCalls(PickleCursor cursor)
{
    private const string TorchUtils = "torch._utils";
    private const string ScriptValues = "torch.jit._pickle";

    /// <summary>How TorchScript marks the type of a list or of a value, which is the first argument.</summary>
    private static readonly HashSet<string> ScriptCalls = ["build_intlist", "build_tensorlist", "build_doublelist", "build_boollist", "restore_type_tag"];

    /// <summary>The classes that PyTorch before 0.4 put around a tensor.</summary>
    private static readonly HashSet<string> OldVariables = ["torch.nn.parameter.Parameter", "torch.autograd.variable.Variable"];

    /// <summary>Values of Python and its libraries that stand beside weights in checkpoints and are kept as inert objects.</summary>
    private static readonly HashSet<string> InertCalls =
    [
        "_codecs.encode", "argparse.Namespace", "builtins.bytearray", "builtins.bytes", "builtins.complex", "builtins.dict",
        "builtins.frozenset", "builtins.list", "builtins.object", "builtins.range", "builtins.set", "builtins.slice", "builtins.tuple",
        "builtins.xrange", "collections.deque", "copyreg._reconstructor", "datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "datetime.timezone",
        "decimal.Decimal", "fractions.Fraction", "numpy._core.multiarray._reconstruct", "numpy._core.multiarray.scalar",
        "numpy._core.numeric._frombuffer", "numpy.core.multiarray._reconstruct", "numpy.core.multiarray.scalar", "numpy.core.numeric._frombuffer", "numpy.dtype", "numpy.ndarray",
        "numpy.random._pickle.__bit_generator_ctor", "numpy.random._pickle.__generator_ctor", "numpy.random._pickle.__randomstate_ctor", "pathlib.Path",
        "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.PureWindowsPath", "pathlib.WindowsPath", "pathlib._local.PosixPath",
        "pathlib._local.WindowsPath", "torch.device", "torch.serialization._get_layout", "types.SimpleNamespace", "uuid.UUID",
    ];

    /// <summary>The value of a call.</summary>
    /// <exception cref="ModelFormatException">The call is not on the list (<see cref="ModelFault.Unsafe"/>), or is broken.</exception>
    public object? Call(object? callable, object?[] arguments)
    {
        var global = RequireGlobal(callable);
        return global.Module switch
        {
            TorchUtils => Rebuild(global, arguments),
            "torch._tensor" when global.Name == "_rebuild_from_type_v2" => Call(Argument(arguments, 0), Argument(arguments, 2) as object?[] ?? []),
            "torch" when global.Name == "Size" => Argument(arguments, 0),
            ScriptValues when ScriptCalls.Contains(global.Name) => Argument(arguments, 0),
            _ when OldVariables.Contains(global.FullName) && arguments is [TorchTensor tensor, ..] => new PickleObject(global.FullName) { Wrapped = tensor },
            "collections" when global.Name is "OrderedDict" or "Counter" => DictOf(arguments),
            "collections" when global.Name is "defaultdict" => new PickleDict(),
            _ => IsInert(global) || IsForeignClass(global) ? new PickleObject(global.FullName) : throw Refused(global),
        };
    }

    /// <summary>An object of a class, as NEWOBJ asks for it.</summary>
    /// <exception cref="ModelFormatException">The class is one of Python's that is not on the list.</exception>
    public object Construct(object? type)
    {
        var global = RequireGlobal(type);
        return global switch
        {
            { Module: "collections", Name: "OrderedDict" or "defaultdict" or "Counter" } => new PickleDict(),
            _ when IsInert(global) || !PythonModules.Contains(global.Package) => new PickleObject(global.FullName),
            _ => throw Refused(global),
        };
    }

    private object? Rebuild(PickleGlobal global, object?[] arguments) => global.Name switch
    {
        "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_tensor_v3" => TorchTensor.Rebuild(global.Name, arguments, cursor),
        "_rebuild_parameter" or "_rebuild_parameter_with_state" => Argument(arguments, 0),
        _ when global.Name.StartsWith("_rebuild_", StringComparison.Ordinal) => new RefusedTensor(global.FullName),
        _ => throw Refused(global),
    };

    /// <summary>Python 2 gave an ordered dict its entries as a list of pairs.</summary>
    private PickleDict DictOf(object?[] arguments)
    {
        var dict = new PickleDict();
        var pairs = arguments switch
        {
            [] => [],
            [PickleList list] => list.Items,
            [PickleDict other] => [.. other.Entries.Select(entry => new[] { entry.Key, entry.Value })],
            _ => throw cursor.Bad(ModelFault.BadHeader, "an ordered dict is made of something that is no list of pairs"),
        };
        foreach (var pair in pairs)
        {
            var both = pair as IReadOnlyList<object?> ?? (pair as PickleList)?.Items;
            dict.Add(both is [var key, _] ? key : throw cursor.Bad(ModelFault.BadHeader, "an ordered dict is made of something that is no pair"), both[1]);
        }

        return dict;
    }

    private static bool IsInert(PickleGlobal global) => InertCalls.Contains(PythonModules.Modern(global.Module) + "." + global.Name);

    /// <summary>True for a class, by the convention of its capital, of a package that is not Python's: a configuration, an enum, a module.</summary>
    private static bool IsForeignClass(PickleGlobal global)
    {
        var name = global.Name[(global.Name.LastIndexOf('.') + 1)..].TrimStart('_');
        return name.Length > 0 && char.IsUpper(name[0]) && !PythonModules.Contains(global.Package);
    }

    private object? Argument(object?[] arguments, int index) =>
        index < arguments.Length ? arguments[index] : throw cursor.Bad(ModelFault.BadHeader, $"a call has {arguments.Length} arguments and needs {index + 1}");

    private PickleGlobal RequireGlobal(object? callable) => callable switch
    {
        PickleGlobal global => global,
        PickleObject made => throw cursor.Bad(ModelFault.Unsafe, $"the pickle asks to call what {made.ClassName} returns; nothing was run"),
        _ => throw cursor.Bad(ModelFault.BadHeader, "something is called that is no global"),
    };

    private ModelFormatException Refused(PickleGlobal global) =>
        cursor.Bad(ModelFault.Unsafe, $"the pickle asks to call {global.FullName}; nothing was run");
}
