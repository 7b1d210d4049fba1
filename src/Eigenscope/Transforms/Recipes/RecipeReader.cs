using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>Reads a recipe from its tree and collects what is wrong with it.</summary>
internal sealed class RecipeReader
{
    private const string Mergekit = "mergekit";

    private static readonly string[] Keys =
    [
        "merge_method", "models", "slices", "modules", "base_model", "dtype", "out_dtype", "parameters", "tokenizer", "tokenizer_source", "chat_template", "seed", "allow", "compat",
    ];

    private static readonly (string Name, DType Type)[] Types =
    [
        ("float32", DType.F32), ("float16", DType.F16), ("bfloat16", DType.BF16), ("float64", DType.F64), ("fp32", DType.F32), ("fp16", DType.F16), ("bf16", DType.BF16),
        ("f32", DType.F32), ("f16", DType.F16), ("f64", DType.F64), ("float", DType.F32), ("half", DType.F16), ("double", DType.F64),
    ];

    private readonly RecipeOptions options;
    private readonly RecipeProblems problems;
    private readonly NodeReader nodes;
    private readonly List<string> warnings = [];
    private readonly ModelPaths paths;
    private readonly ReferenceReader references;

    /// <param name="options">Where the recipe stands, and what it may name.</param>
    public RecipeReader(RecipeOptions options)
    {
        this.options = options;
        problems = new RecipeProblems(options.File);
        nodes = new NodeReader(problems);
        paths = new ModelPaths(Path.GetDirectoryName(options.File) ?? "", options.Exists);
        references = new ReferenceReader(paths, nodes, problems, warnings);
    }

    /// <summary>Reads the recipe.</summary>
    public Recipe Read(RecipeNode root)
    {
        if (!nodes.IsMap(root, "the recipe", Keys))
        {
            return new Recipe(options.File) { Problems = problems.Lines };
        }

        var method = Method(root);
        var settings = new SettingReader(method, nodes, problems, warnings);
        var body = Body(root, out var module);
        var isCompatible = nodes.Word(root["compat"], "compat", Mergekit) is not null;
        var recipe = new Recipe(options.File)
        {
            Method = method,
            IsSliced = body is { Name: "slices" },
            Base = references.Of(root["base_model"], "base_model"),
            OutputType = OutputType(Type(root["out_dtype"], "out_dtype"), Type(root["dtype"], "dtype")),
            Settings = [settings.Of(module?["parameters"]), WithVariant(settings.Of(root["parameters"]), method, isCompatible)],
            Tokenizer = Tokenizer(root),
            ChatTemplate = ChatTemplate(root["chat_template"]),
            Seed = nodes.Whole(root["seed"], "seed") ?? 0,
            Allow = Allowed(root["allow"]),
            IsMergekitCompatible = isCompatible,
        };
        recipe = recipe with { Slices = body is null ? [] : Slices(body, settings) };
        new RecipeNeeds(recipe, problems).Check(root, body);
        return recipe with { Problems = problems.Lines, Warnings = warnings };
    }

    private MergeMethod? Method(RecipeNode root)
    {
        if (root["merge_method"] is not { } node)
        {
            problems.Add(root, "merge_method is missing");
            return null;
        }

        var name = nodes.Word(node, "merge_method", [.. options.Methods.Select(method => method.Name)]);
        return options.Methods.FirstOrDefault(method => method.Name == name);
    }

    /// <summary>The entry that lists what is merged: models or slices, of the recipe or of its one module.</summary>
    private RecipeEntry? Body(RecipeNode root, out RecipeNode? module)
    {
        module = null;
        var given = root.Entries.Where(entry => entry.Name is "models" or "slices" or "modules" && !entry.Value.IsNull).ToList();
        if (given.Count != 1)
        {
            var where = given.Count > 1 ? $"{string.Join(" and ", given.Select(entry => entry.Name))} are given" : "there are none";
            problems.Add(root, $"exactly one of models, slices and modules is wanted, and {where}");
            return null;
        }

        return given[0].Name == "modules" ? OfModule(given[0], out module) : given[0];
    }

    private RecipeEntry? OfModule(RecipeEntry modules, out RecipeNode? module)
    {
        module = null;
        if (!nodes.IsMap(modules.Value, "modules", [.. modules.Value.Entries.Select(entry => entry.Name)]) || modules.Value.Entries is not [var only])
        {
            problems.Add(modules, $"modules holds {modules.Value.Entries.Count} modules, and a recipe merges one: write a recipe for each");
            return null;
        }

        if (!nodes.IsMap(only.Value, $"module '{only.Name}'", "models", "slices", "parameters"))
        {
            return null;
        }

        module = only.Value;
        var given = module.Entries.Where(entry => entry.Name is "models" or "slices").ToList();
        if (given.Count == 1)
        {
            return given[0];
        }

        problems.Add(only, $"module '{only.Name}': exactly one of models and slices is wanted");
        return null;
    }

    private List<RecipeSlice> Slices(RecipeEntry body, SettingReader settings)
    {
        var items = nodes.List(body.Value, body.Name);
        if (body.Name == "models")
        {
            var sources = items.Select(item => Source(item, settings, items.Count > 1, isSlice: false)).OfType<RecipeSource>().ToList();
            return [new RecipeSlice(sources, null, Settings.None, Place(body.Line))];
        }

        return [.. items.Select(item => Slice(item, settings)).OfType<RecipeSlice>()];
    }

    private RecipeSlice? Slice(RecipeNode node, SettingReader settings)
    {
        if (!nodes.IsMap(node, "a slice", "sources", "base_model", "parameters", "residual_weight"))
        {
            return null;
        }

        if (node["sources"] is not { } list)
        {
            problems.Add(node, "a slice has no sources");
            return null;
        }

        if (node["residual_weight"] is not null)
        {
            warnings.Add($"{Place(node.Line)}: residual_weight changes nothing, as in mergekit");
        }

        var items = nodes.List(list, "sources");
        var sources = items.Select(item => Source(item, settings, items.Count > 1, isSlice: true)).OfType<RecipeSource>().ToList();
        var lengths = sources.Where(source => source.Blocks is not null).Select(source => source.Blocks!.Value.End - source.Blocks.Value.First).Distinct().ToList();
        if (lengths.Count > 1)
        {
            problems.Add(node, $"the sources of a slice have {string.Join(" and ", lengths)} blocks, and as many each are wanted");
        }

        return new RecipeSlice(sources, references.Of(node["base_model"], "base_model"), settings.Of(node["parameters"]), Place(node.Line));
    }

    private RecipeSource? Source(RecipeNode node, SettingReader settings, bool isOfSeveral, bool isSlice)
    {
        string[] keys = isSlice ? ["model", "layer_range", "parameters", "statistics"] : ["model", "parameters", "statistics"];
        if (!nodes.IsMap(node, isSlice ? "a source" : "a model", keys))
        {
            return null;
        }

        if (node["model"] is not { } named)
        {
            problems.Add(node, $"{(isSlice ? "a source" : "an entry of models")} names no model");
        }

        var model = references.Of(node["model"], "model");
        var own = settings.Of(node["parameters"], isOfSeveral);
        var blocks = Range(node["layer_range"]);
        var statistics = nodes.Text(node["statistics"], "statistics") is { } file ? paths.OfFile(file) : null;
        return model is null ? null : new RecipeSource(model, blocks, own, statistics, Place(node.Line));
    }

    private (int First, int End)? Range(RecipeNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var ends = node.Kind == RecipeNodeKind.List ? node.Items.Select(item => nodes.Whole(item, "an end of layer_range")).ToList() : [];
        if (ends is [{ } first, { } end] && first >= 0 && end > first && end <= int.MaxValue)
        {
            return ((int)first, (int)end);
        }

        problems.Add(node, $"layer_range is {(ends.Count == 2 ? $"[{ends[0]}, {ends[1]}]" : node.Shown)}, and [FIRST, END] is wanted, with END the block after the last");
        return null;
    }

    private DType? Type(RecipeNode? node, string what) =>
        nodes.Word(node, what, [.. Types.Select(type => type.Name)]) is { } name ? Array.Find(Types, type => type.Name == name).Type : null;

    /// <summary>dtype is that of the output where out_dtype does not say otherwise; both are checked.</summary>
    private static DType? OutputType(DType? stored, DType? worked) => stored ?? worked;

    private TokenizerChoice Tokenizer(RecipeNode root)
    {
        if (root["tokenizer"] is { Kind: RecipeNodeKind.Map } map)
        {
            nodes.IsMap(map, "tokenizer", "source", "tokens", "pad_to_multiple_of");
            foreach (var entry in map.Entries.Where(entry => entry.Name is "tokens" or "pad_to_multiple_of" && !entry.Value.IsNull))
            {
                problems.Add(entry, $"tokenizer has {entry.Name}, and vocabularies are not changed here: one tokenizer is taken as it is (source)");
            }

            return TokenizerOf(map["source"]);
        }

        if (root["tokenizer"] is not null && root["tokenizer_source"] is { } second)
        {
            problems.Add(second, "tokenizer and tokenizer_source are given, and one is wanted");
        }

        return TokenizerOf(root["tokenizer"] ?? root["tokenizer_source"]);
    }

    private TokenizerChoice TokenizerOf(RecipeNode? node) => node switch
    {
        null or { Kind: RecipeNodeKind.Scalar, Text: "base" } => new(null, false),
        { Kind: RecipeNodeKind.Scalar, Text: "union" } => new(null, true),
        { Kind: RecipeNodeKind.Scalar } when node.Text.StartsWith("model:", StringComparison.Ordinal) => new(references.Of(RecipeNode.Scalar(node.Text[6..], line: node.Line, column: node.Column), "tokenizer"), false),
        _ => new(references.Of(node, "tokenizer"), false),
    };

    private string? ChatTemplate(RecipeNode? node)
    {
        if (nodes.Text(node, "chat_template") is not { } text || text == "auto")
        {
            return null;
        }

        if (text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        problems.Add(node!, $"chat_template is '{text}', and auto or the text of a Jinja template is wanted; templates by name are not built in");
        return null;
    }

    private Allowances Allowed(RecipeNode? node)
    {
        var words = node switch
        {
            null => [],
            { Kind: RecipeNodeKind.Scalar } => [node],
            _ => nodes.List(node, "allow"),
        };
        return words.Select(word => nodes.Word(word, "allow", "missing", "crop", "shape")).Aggregate(Allowances.None, (all, word) => all | Of(word));
    }

    private static Allowances Of(string? word) => word is not null && Enum.TryParse<Allowances>(word, ignoreCase: true, out var allowance) ? allowance : Allowances.None;

    /// <summary>Where mergekit is to be followed, so is its variant of a method, unless the recipe says otherwise.</summary>
    private static Settings WithVariant(Settings settings, MergeMethod? method, bool isCompatible) =>
        !isCompatible || settings.Has(MergeMethod.Variant) || method?.Parameters.FirstOrDefault(parameter => parameter.Name == MergeMethod.Variant) is not { } variant || !variant.Words.Contains(Mergekit, StringComparer.Ordinal)
            ? settings
            : new Settings(new Dictionary<string, Setting>(settings.ByName, StringComparer.Ordinal) { [MergeMethod.Variant] = new ScalarSetting(Mergekit) });

    private string Place(int line) => $"{options.File}:{line}";
}
