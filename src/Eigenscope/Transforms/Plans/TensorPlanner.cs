using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>Plans one tensor after another: what goes in from every model, with which parameters.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="method">Its method.</param>
/// <param name="allow">What is no error.</param>
/// <param name="models">The models.</param>
/// <param name="problems">Where problems go.</param>
/// <param name="warnings">What a user should know.</param>
internal sealed class TensorPlanner(Recipe recipe, MergeMethod method, Allowances allow, OpenModels models, PlanProblems problems, PlanProblems warnings)
{
    private const string Passthrough = "passthrough";
    private const string Scale = "scale";
    private const string Fisher = "fisher";

    /// <summary>What is stored where the type of the reference is none that a merge can store and the recipe names none.</summary>
    private const DType Decoded = DType.BF16;

    private readonly IReadOnlyList<ParameterDefinition> perModel = [.. method.Parameters.Where(parameter => parameter.IsPerModel)];
    private readonly IReadOnlyList<ParameterDefinition> perTensor = [.. method.Parameters.Where(parameter => !parameter.IsPerModel)];

    /// <summary>The plan of a tensor; null where it cannot be made, which is a problem then.</summary>
    public PlannedTensor? Plan(TensorSlot output)
    {
        var reference = output.Reference;
        var baseReference = output.Slice.Base ?? recipe.Base;
        if (reference is { Quantization: null } && !reference.Type.IsReal())
        {
            return Copied(output, new PlannedInput(ReferencePlace(output, baseReference), reference, Nothing, IsBase: false), reference.Type, $"copied: {reference.TypeName} holds no real numbers");
        }

        var notes = new List<string>();
        var isBaseUsed = baseReference is not null && method.Base != BaseUse.None;
        var ownBase = isBaseUsed ? Base(output, baseReference!, notes) : null;
        var inputs = new List<PlannedInput>();
        foreach (var source in output.Slice.Sources)
        {
            if (Input(output, source, baseReference, isBaseUsed && source.Model == baseReference, isListed: true, notes) is { } input)
            {
                inputs.Add(input);
            }
        }

        var type = TypeOf(reference);
        if (inputs.Count(input => !input.IsBase) < method.LeastModels)
        {
            return TooFew(output, ownBase ?? inputs.FirstOrDefault(), type, notes);
        }

        var parameters = new TensorParameters(method.Parameters, GivenOf(output));
        var note = notes.Count == 0 ? null : string.Join("; ", notes);
        return IsCopy(inputs, parameters)
            ? Copied(output, inputs[0], type, note)
            : new PlannedTensor(output.Name, reference.Shape, type, method, ownBase, inputs, parameters) { Note = note };
    }

    private TensorParameters Nothing => new(method.Parameters, new Dictionary<string, object>(StringComparer.Ordinal));

    private static PlannedTensor Copied(TensorSlot output, PlannedInput input, DType type, string? note) =>
        new(output.Name, output.Reference.Shape, type, null, null, [input], input.Parameters) { Note = note };

    /// <summary>What becomes of a tensor that too few models have, where that is allowed: it is that of the base, or of the only model that has it.</summary>
    private PlannedTensor? TooFew(TensorSlot output, PlannedInput? only, DType type, List<string> notes)
    {
        if (only is null || only.Adapter is not null || (allow & (Allowances.Missing | Allowances.Shape)) == Allowances.None)
        {
            return null;
        }

        notes.Add($"copied from {models.NameOf(only.Model)}: too few models have it");
        return Copied(output, only, type, string.Join("; ", notes));
    }

    /// <summary>True where passing on changes nothing: no adapter, and no other scale than 1.</summary>
    private bool IsCopy(List<PlannedInput> inputs, TensorParameters parameters)
    {
        if (method.Name != Passthrough || inputs is not [{ Adapter: null } only])
        {
            return false;
        }

        var scale = method.Parameters.FirstOrDefault(parameter => parameter.Name == Scale);
        return scale is null || (scale.IsPerModel ? only.Parameters : parameters).Number(Scale) == 1;
    }

    private PlannedInput? Base(TensorSlot output, ModelReference reference, List<string> notes)
    {
        var listed = output.Slice.Sources.FirstOrDefault(source => source.Model == reference);
        var source = listed ?? new RecipeSource(reference, output.Slice.Sources[0].Blocks, Settings.None, null, output.Slice.Place);
        return Input(output, source, null, isBase: true, isListed: false, notes);
    }

    private PlannedInput? Input(TensorSlot output, RecipeSource source, ModelReference? below, bool isBase, bool isListed, List<string> notes)
    {
        if (models.Source(source.Model, below == source.Model ? null : below, source.Place) is not { } model)
        {
            return null;
        }

        var name = output.NameIn(source.Blocks?.First ?? 0);
        if (model.Find(name, output.Role) is not { } found)
        {
            Missing(model, name, output, notes);
            return null;
        }

        if (found.TiedTo is { } twin)
        {
            notes.Add($"{model.Name}: its {twin} stands in, to which it is tied");
            warnings.Add("tied tensors", $"{model.Name} stores no '{name}': its '{twin}' stands in, to which it is tied");
        }

        var tensor = model.Adapter?.InPlaceOf(found.Tensor) ?? found.Tensor;
        if (!Fits(model, tensor, output, notes))
        {
            return null;
        }

        var given = Settings.At(perModel, [source.Settings, output.Slice.Settings, .. recipe.Settings], output.Name, output.Depth);
        RequireGiven(model, output, given, isBase);
        var change = ReferenceEquals(tensor, found.Tensor) ? model.Adapter?.Of(tensor) : null;
        return new PlannedInput(model.Place, tensor, new TensorParameters(method.Parameters, given), isBase)
        {
            Adapter = change?.Product,
            IsAdapterTransposed = change is { IsTransposed: true },
            Statistic = isListed ? Statistic(source, model, name, tensor) : null,
        };
    }

    private void Missing(SourceModel model, string name, TensorSlot output, List<string> notes)
    {
        var note = $"{model.Name} is left out: it has no '{name}'";
        if (!notes.Contains(note, StringComparer.Ordinal))
        {
            notes.Add(note);
        }

        if (!allow.HasFlag(Allowances.Missing) && (output.Block is null || output.Offset is not null || output.Block.Number < model.Stacks.GetValueOrDefault(output.Block.Stack, int.MaxValue)))
        {
            problems.AddTensor("missing in " + model.Name, name, names => $"{model.Name} has no {names}; allow: [missing] merges the other models' there");
        }
    }

    private bool Fits(SourceModel model, Tensor tensor, TensorSlot output, List<string> notes)
    {
        var wanted = output.Reference.Shape;
        if (tensor.Shape.SequenceEqual(wanted))
        {
            return true;
        }

        var isVocabulary = output.Role is Role.Embedding or Role.Unembedding && wanted.Count > 0 && tensor.Shape.Count == wanted.Count && tensor.Shape.Skip(1).SequenceEqual(wanted.Skip(1));
        if (isVocabulary && tensor.Shape[0] > wanted[0] && allow.HasFlag(Allowances.Crop))
        {
            notes.Add($"{model.Name} is cropped from {tensor.Shape[0]} to {wanted[0]} rows");
            return true;
        }

        if (allow.HasFlag(Allowances.Shape))
        {
            notes.Add($"{model.Name} is left out: it is {tensor.ShapeText} there");
            return false;
        }

        if (isVocabulary)
        {
            problems.Add("vocabularies of another size", $"{model.Name}: '{tensor.Name}' has {tensor.Shape[0]} rows, and {wanted[0]} are wanted: the vocabularies differ; "
                + (tensor.Shape[0] > wanted[0] ? "allow: [crop] takes the first of them" : "allow: [shape] leaves this model out there"));
        }
        else
        {
            problems.Add("tensors of another shape", $"{model.Name}: '{tensor.Name}' is {tensor.ShapeText}, and {output.Reference.ShapeText} is wanted; allow: [shape] leaves this model out there");
        }

        return false;
    }

    private void RequireGiven(SourceModel model, TensorSlot output, Dictionary<string, object> given, bool isBase)
    {
        foreach (var missing in perModel.Where(parameter => !isBase && parameter.Default is null && !given.ContainsKey(parameter.Name) && IsGivenAnywhere(parameter.Name)))
        {
            problems.AddTensor($"{missing.Name} of {model.Name}", output.Name, names => $"{method.Name} needs {missing.Name} of {model.Name}, and no filter fits {names}");
        }
    }

    /// <summary>The parameters that are one for all models; those of the only source count too.</summary>
    private Dictionary<string, object> GivenOf(TensorSlot output)
    {
        IReadOnlyList<Settings> levels = output.Slice.Sources is [var only] ? [only.Settings, output.Slice.Settings, .. recipe.Settings] : [output.Slice.Settings, .. recipe.Settings];
        var given = Settings.At(perTensor, levels, output.Name, output.Depth);
        foreach (var missing in perTensor.Where(parameter => parameter.Default is null && !given.ContainsKey(parameter.Name) && IsGivenAnywhere(parameter.Name)))
        {
            problems.AddTensor(missing.Name, output.Name, names => $"{method.Name} needs {missing.Name}, and no filter fits {names}");
        }

        return given;
    }

    /// <summary>What is not given at all, the recipe has said already.</summary>
    private bool IsGivenAnywhere(string parameter) =>
        recipe.Settings.Any(level => level.Has(parameter)) || recipe.Slices.Any(slice => slice.Settings.Has(parameter) || slice.Sources.Any(source => source.Settings.Has(parameter)));

    private Tensor? Statistic(RecipeSource source, SourceModel model, string name, Tensor tensor)
    {
        if (source.Statistics is not { } path)
        {
            if (method.Name == Fisher)
            {
                problems.Add("missing statistics", $"{source.Place}: fisher needs a statistic of every element of {model.Name}: statistics: PATH of a weight file with the same names");
            }

            return null;
        }

        if (models.Statistic(path, source.Place) is not { } file)
        {
            return null;
        }

        var found = models.StatisticOf(file, name);
        if (found is null)
        {
            problems.AddTensor("statistics of " + model.Name, name, names => $"{path}: the statistics of {model.Name} have no {names}");
        }
        else if (!found.Shape.SequenceEqual(tensor.Shape))
        {
            problems.Add("statistics of another shape", $"{path}: '{name}' is {found.ShapeText}, and {tensor.ShapeText} is wanted");
        }

        return found;
    }

    private int ReferencePlace(TensorSlot output, ModelReference? reference) =>
        models.Source(reference ?? output.Slice.Sources[0].Model, null, output.Slice.Place) is { } model ? models.PlaceOf(model.Model) : 0;

    private DType TypeOf(Tensor reference)
    {
        if (recipe.OutputType is { } type)
        {
            return type;
        }

        if (reference is { Quantization: null, Type: DType.F64 or DType.F32 or DType.F16 or DType.BF16 })
        {
            return reference.Type;
        }

        warnings.AddTensor("decoded", reference.Name, names => $"quantised tensors are decoded and stored as {Decoded.Name()}, for out_dtype does not say otherwise: {names}");
        return Decoded;
    }
}
