using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>Opens models, each once, and keeps those that cannot be opened as problems.</summary>
/// <param name="options">How they are opened.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class OpenModels(PlanOptions options, PlanProblems problems)
{
    private readonly List<Model> all = [];
    private readonly List<Model> statistics = [];
    private readonly Dictionary<string, int?> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Model?> statisticsByPath = new(StringComparer.Ordinal);
    private readonly Dictionary<Model, Dictionary<string, Tensor>> statisticsByName = [];
    private readonly Dictionary<(ModelReference, ModelReference?), SourceModel?> sources = [];

    /// <summary>The models in the order in which they were asked for.</summary>
    public IReadOnlyList<Model> All => all;

    /// <summary>The weight files with statistics.</summary>
    public IReadOnlyList<Model> Statistics => statistics;

    /// <summary>The place of a model that was opened.</summary>
    public int PlaceOf(Model model) => all.IndexOf(model);

    /// <summary>The path of the model at a place.</summary>
    public string NameOf(int place) => all[place].Path;

    /// <summary>A model that a recipe names; null where it cannot be had.</summary>
    /// <param name="reference">The model. One that is an adapter by itself is on top of the base.</param>
    /// <param name="below">The base; null for none.</param>
    /// <param name="place">Where the recipe names it.</param>
    public SourceModel? Source(ModelReference reference, ModelReference? below, string place)
    {
        if (!sources.TryGetValue((reference, below), out var source))
        {
            source = Opened(reference, below, place);
            sources.Add((reference, below), source);
        }

        return source;
    }

    /// <summary>A weight file with a statistic of every element; null where it cannot be opened.</summary>
    public Model? Statistic(string path, string place)
    {
        if (!statisticsByPath.TryGetValue(path, out var model))
        {
            model = Open(path, place);
            statisticsByPath.Add(path, model);
            if (model is not null)
            {
                statistics.Add(model);
            }
        }

        return model;
    }

    /// <summary>The statistic of a tensor; null where the file has none.</summary>
    public Tensor? StatisticOf(Model file, string tensor)
    {
        if (!statisticsByName.TryGetValue(file, out var byName))
        {
            byName = file.Tensors.DistinctBy(found => found.Name).ToDictionary(found => found.Name, StringComparer.Ordinal);
            statisticsByName.Add(file, byName);
        }

        return byName.GetValueOrDefault(tensor);
    }

    private SourceModel? Opened(ModelReference reference, ModelReference? below, string place)
    {
        if (Place(reference.Path, place) is not { } at)
        {
            return null;
        }

        if (reference.Adapter is null && AdapterChanges.IsAdapter(all[at]))
        {
            return OnBase(reference, below, place, at);
        }

        if (reference.Adapter is null)
        {
            return new SourceModel(reference.ToString(), at, all[at]);
        }

        return Place(reference.Adapter, place) is { } adapter ? Adapted(reference, adapter, all[at]) : null;
    }

    /// <summary>An adapter that the recipe names like a model.</summary>
    private SourceModel? OnBase(ModelReference reference, ModelReference? below, string place, int adapter)
    {
        if (below is null || below == reference)
        {
            problems.Add("adapters", $"{place}: {reference} is an adapter, and {(below is null ? "there is no base_model for it" : "so it cannot be the base")}: MODEL+{reference} is wanted");
            return null;
        }

        return Source(below, null, place) is { } model ? Adapted(reference, adapter, model.Model) : null;
    }

    private SourceModel Adapted(ModelReference reference, int adapter, Model model)
    {
        var source = new SourceModel(reference.ToString(), adapter, model, all[adapter]);
        foreach (var name in source.Adapter!.Unplaced)
        {
            problems.AddTensor("adapter of " + source.Name, name, names => $"{source.Name}: the adapter changes {names}, and the model below has no such tensor, or this kind of change is not read");
        }

        foreach (var misfit in source.Adapter.Misfits)
        {
            problems.Add("adapters of another shape", $"{source.Name}: {misfit}");
        }

        return source;
    }

    private int? Place(string path, string place)
    {
        if (!places.TryGetValue(path, out var at))
        {
            if (Open(path, place) is { } model)
            {
                all.Add(model);
                at = all.Count - 1;
            }

            places.Add(path, at);
        }

        return at;
    }

    private Model? Open(string path, string place)
    {
        try
        {
            return options.Open(path);
        }
        catch (ModelFormatException e)
        {
            problems.Add("models that cannot be opened", $"{place}: {e.Message}");
            return null;
        }
    }
}
