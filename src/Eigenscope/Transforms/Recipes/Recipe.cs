using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>A model in a slice.</summary>
/// <param name="Model">The model.</param>
/// <param name="Blocks">The first of its blocks and the one after the last; null for all.</param>
/// <param name="Settings">Its own parameters.</param>
/// <param name="Statistics">The path of a weight file with a statistic of every element under the same names; null for none.</param>
/// <param name="Place">Where the recipe says so, as <c>file:line</c>.</param>
internal sealed record RecipeSource(ModelReference Model, (int First, int End)? Blocks, Settings Settings, string? Statistics, string Place);

/// <summary>Consecutive blocks of the model that is made, or the whole of it.</summary>
/// <param name="Sources">The models that it is made of.</param>
/// <param name="Base">Its base; null for that of the recipe.</param>
/// <param name="Settings">Its own parameters.</param>
/// <param name="Place">Where the recipe says so, as <c>file:line</c>.</param>
internal sealed record RecipeSlice(IReadOnlyList<RecipeSource> Sources, ModelReference? Base, Settings Settings, string Place);

/// <summary>Whose tokenizer the merged model gets.</summary>
/// <param name="Model">A model; null for the base, or the first where there is none.</param>
/// <param name="IsUnion">True for one of all models, which must have the same vocabulary.</param>
internal sealed record TokenizerChoice(ModelReference? Model, bool IsUnion);

/// <summary>What is to be merged, and how, in the language of mergekit's recipes.</summary>
/// <param name="File">The recipe as messages name it.</param>
internal sealed record Recipe(string File)
{
    /// <summary>The method; null where the recipe names none that there is.</summary>
    public MergeMethod? Method { get; init; }

    /// <summary>The slices in their order; one that is the whole where the recipe lists models.</summary>
    public IReadOnlyList<RecipeSlice> Slices { get; init; } = [];

    /// <summary>True where the recipe lists slices, so that blocks are numbered anew.</summary>
    public bool IsSliced { get; init; }

    /// <summary>The base; null where there is none.</summary>
    public ModelReference? Base { get; init; }

    /// <summary>The type that weights are stored in; null for that of the base, tensor by tensor.</summary>
    public DType? OutputType { get; init; }

    /// <summary>The levels of parameters below those of a slice: of the module, then of the whole.</summary>
    public IReadOnlyList<Settings> Settings { get; init; } = [];

    /// <summary>Whose tokenizer the merged model gets.</summary>
    public TokenizerChoice Tokenizer { get; init; } = new(null, false);

    /// <summary>A template of chats in Jinja's language; null for that of the model whose tokenizer is taken.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The seed of random masks.</summary>
    public long Seed { get; init; }

    /// <summary>What is no error.</summary>
    public Allowances Allow { get; init; }

    /// <summary>True where gradients begin and end as mergekit's: tensors outside the blocks have the value of the first.</summary>
    public bool IsMergekitCompatible { get; init; }

    /// <summary>Everything that is wrong with it, one line each in the order of the file; empty for a good recipe.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads a recipe; what is wrong with it is said all at once, in <see cref="Problems"/>.</summary>
    /// <param name="root">The recipe as a tree.</param>
    /// <param name="options">Where it stands, and what it may name.</param>
    public static Recipe Of(RecipeNode root, RecipeOptions options) => new RecipeReader(options).Read(root);
}

/// <summary>Where a recipe stands, and what it may name.</summary>
/// <param name="File">The recipe as messages name it; paths that are not in the working folder are looked for beside it.</param>
internal sealed record RecipeOptions(string File)
{
    /// <summary>The methods that there are.</summary>
    public IReadOnlyList<MergeMethod> Methods { get; init; } = MergeMethods.All;

    /// <summary>Whether there is a file or folder at a path.</summary>
    public Func<string, bool> Exists { get; init; } = Path.Exists;
}
