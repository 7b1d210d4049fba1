namespace Eigenscope.Transforms;

/// <summary>Makes the plan of a recipe.</summary>
internal sealed class PlanBuilder
{
    private readonly Recipe recipe;
    private readonly PlanOptions options;
    private readonly PlanProblems problems = new();
    private readonly PlanProblems warnings = new();
    private readonly OpenModels models;

    /// <param name="recipe">The recipe.</param>
    /// <param name="options">How models are opened.</param>
    public PlanBuilder(Recipe recipe, PlanOptions options)
    {
        (this.recipe, this.options) = (recipe, options);
        models = new OpenModels(options, problems);
    }

    /// <summary>Makes it.</summary>
    public MergePlan Build()
    {
        var bases = recipe.Slices.Select(slice => BaseOf(slice) is { } given ? models.Source(given, null, slice.Place) : null).ToList();
        var sources = recipe.Slices.Select(slice => slice.Sources.Select(source => Source(slice, source)).ToList()).ToList();
        var references = recipe.Slices.Select((slice, i) => BaseOf(slice) is null ? sources[i].FirstOrDefault() : bases[i]).ToList();
        var reference = references.FirstOrDefault();
        var blocks = 0;
        IReadOnlyList<PlannedTensor> tensors = [];
        if (recipe.Method is { } method && reference is not null && references.TrueForAll(found => found is not null) && recipe.Slices.All(slice => slice.Sources.Count > 0) && AreRangesInside(sources, references!))
        {
            var layout = new TensorSlots(recipe, problems);
            var outputs = recipe.IsSliced ? layout.Stacked(references!, out blocks) : layout.Whole(reference, recipe.Slices[0]);
            var planner = new TensorPlanner(recipe, method, recipe.Allow | options.Allow, models, problems, warnings);
            tensors = [.. outputs.Select(planner.Plan).OfType<PlannedTensor>()];
            CompareModels(reference, [.. sources.SelectMany(list => list).OfType<SourceModel>().Distinct()]);
        }

        var tokenizer = Tokenizer(reference, sources);
        return new MergePlan(models.All, recipe.Base is { } named ? models.Source(named, null, recipe.File)?.Place : null, tensors, [.. recipe.Problems, .. problems.Lines])
        {
            Warnings = [.. recipe.Warnings, .. warnings.Lines],
            Statistics = models.Statistics,
            Reference = reference is null ? null : models.PlaceOf(reference.Model),
            Blocks = recipe.IsSliced && tensors.Count > 0 ? blocks : null,
            Tokenizer = tokenizer,
        };
    }

    private ModelReference? BaseOf(RecipeSlice slice) => slice.Base ?? recipe.Base;

    private SourceModel? Source(RecipeSlice slice, RecipeSource source) => models.Source(source.Model, BaseOf(slice) == source.Model ? null : BaseOf(slice), source.Place);

    /// <summary>Checks every layer_range against the blocks that there are.</summary>
    private bool AreRangesInside(List<List<SourceModel?>> sources, List<SourceModel> references)
    {
        var areInside = true;
        for (var i = 0; i < recipe.Slices.Count && recipe.IsSliced; i++)
        {
            var slice = recipe.Slices[i];
            for (var k = 0; k < slice.Sources.Count; k++)
            {
                areInside &= IsInside(sources[i][k], slice.Sources[k].Blocks, slice.Sources[k].Place);
            }

            areInside &= IsInside(references[i], TensorSlots.RangeOf(slice, references[i]), slice.Place);
        }

        return areInside;
    }

    private bool IsInside(SourceModel? model, (int First, int End)? range, string place)
    {
        if (model is not { Stacks.Count: 1 } || range is not { } blocks || blocks.End <= model.Stacks.Values.First())
        {
            return true;
        }

        problems.Add("layer_range beyond the blocks", $"{place}: layer_range [{blocks.First}, {blocks.End}] of {model.Name}, which has {model.Stacks.Values.First()} blocks: at most [0, {model.Stacks.Values.First()}]");
        return false;
    }

    private void CompareModels(SourceModel reference, IReadOnlyList<SourceModel> sources)
    {
        foreach (var source in sources.Where(source => source.Model != reference.Model))
        {
            foreach (var difference in reference.Config.Differences(reference.Name, source.Config, source.Name))
            {
                warnings.Add("differences of configurations", $"config.json: {difference}");
            }

            if (source.PrefixDifference is { } prefix)
            {
                warnings.Add("prefixes", $"the names of {source.Name} and {reference.Name} differ by '{prefix}', and those that are the same but for it are merged");
            }

            CompareBlocks(reference, source);
            if (!recipe.IsSliced)
            {
                WarnOfMore(reference, source);
            }
        }
    }

    private void CompareBlocks(SourceModel reference, SourceModel source)
    {
        foreach (var (stack, count) in reference.Stacks.Where(_ => !recipe.IsSliced))
        {
            if (source.Stacks.TryGetValue(stack, out var other) && other != count)
            {
                var line = $"{source.Name} has {other} blocks '{stack}N', and {reference.Name} has {count}";
                if (other < count && !(recipe.Allow | options.Allow).HasFlag(Allowances.Missing))
                {
                    problems.Add("other numbers of blocks", line + "; slices say which go together");
                }
                else
                {
                    warnings.Add("other numbers of blocks", line);
                }
            }
        }
    }

    private void WarnOfMore(SourceModel reference, SourceModel source)
    {
        var more = source.Unasked.Select(tensor => tensor.Name).Where(name => !reference.Has(name)).ToList();
        if (more.Count == source.Model.Tensors.Count && more.Count > 0)
        {
            problems.Add("other names", $"{source.Name} shares no name with {reference.Name}: its first is '{more[0]}', and there it is '{reference.Model.Tensors[0].Name}'; models of one naming are merged");
            return;
        }

        if (more.Count > 0)
        {
            warnings.Add("tensors that are not merged", $"{source.Name} has {PlanProblems.Listed(more)}, and {reference.Name} has not: {(more.Count == 1 ? "it is" : "they are")} not merged");
        }
    }

    private string? Tokenizer(SourceModel? reference, List<List<SourceModel?>> sources)
    {
        if (recipe.Tokenizer.Model is { } named)
        {
            if (!named.Path.Contains("://", StringComparison.Ordinal) && !options.Exists(named.Path))
            {
                problems.Add("tokenizer", $"tokenizer: there is no '{named.Path}'");
            }

            return named.Path;
        }

        if (recipe.Tokenizer.IsUnion && reference is not null)
        {
            RequireOneVocabulary(reference, [.. sources.SelectMany(list => list).OfType<SourceModel>().Where(source => source.Model != reference.Model).DistinctBy(source => source.Model)]);
        }

        return null;
    }

    /// <summary>The union of equal vocabularies is each of them; others are not joined.</summary>
    private void RequireOneVocabulary(SourceModel reference, IReadOnlyList<SourceModel> sources)
    {
        var wanted = Vocabulary.Of(reference.Model);
        foreach (var source in sources)
        {
            var vocabulary = Vocabulary.Of(source.Model);
            if (wanted is null || vocabulary is null)
            {
                problems.Add("tokenizer", $"tokenizer union: {(wanted is null ? reference.Name : source.Name)} has no tokenizer that can be read, so it cannot be told whether the vocabularies are the same");
            }
            else if (wanted.Fingerprint != vocabulary.Fingerprint)
            {
                var sizes = wanted.Tokens is { } a && vocabulary.Tokens is { } b ? $" ({a} and {b} tokens)" : "";
                problems.Add("tokenizer", $"tokenizer union: the vocabularies of {reference.Name} and {source.Name} differ{sizes}, and vocabularies are not joined here; base takes that of the base");
            }
        }
    }
}
