using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>Decides for every tensor of a model how its change from a base goes into an adapter, or why it does not.</summary>
internal sealed class ExtractionPlan(Model @base, Model model, ExtractionOptions options, Execution execution, Steps steps)
{
    private const string Weight = "weight";
    private const string Bias = "bias";

    /// <summary>Every tensor of the model, in its order.</summary>
    public IReadOnlyList<TensorChange> Changes()
    {
        var bases = @base.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var changes = new List<TensorChange>();
        foreach (var rows in WeightTable.Of(model, new WeightTableOptions { CompareValues = false }).Where(row => row.PartOf is null).GroupBy(row => row.Tensor))
        {
            changes.Add(Decide(rows.First(), rows.Count() == 1, bases.GetValueOrDefault(rows.Key.Name)));
            steps.Done(rows.Key.Name);
        }

        return WithModules(changes);
    }

    private TensorChange Decide(WeightMatrix layer, bool isAlone, Tensor? found)
    {
        var tensor = layer.Tensor;
        var twin = found is not null && found.Shape.SequenceEqual(tensor.Shape) ? found : null;
        if (!Widening.Reads(tensor.Type) || (twin is not null && !Widening.Reads(twin.Type)))
        {
            return twin is not null && twin.Type == tensor.Type && StoredTensors.Bytes(twin).AsSpan().SequenceEqual(StoredTensors.Bytes(tensor)) ? new(layer, twin, 0) { Reason = AdapterExtraction.Unchanged }
                : new(layer, null, 0) { Reason = $"changed, and {tensor.TypeName} holds no weights" };
        }

        var change = new TensorChange(layer, twin, SquaredNorm(tensor, twin));
        return double.IsFinite(change.Norm)
            ? Reason(change, found, isAlone) is { } reason ? change with { Reason = reason } : Ways(change)
            : change with { Norm = 0, Reason = "holds a NaN or an infinity, here or in the base", IsFailed = true };
    }

    private string? Reason(TensorChange change, Tensor? found, bool isAlone) =>
        found is null ? "the base has no tensor of this name"
        : change.Base is null ? $"{found.ShapeText} in the base and {change.Layer.Tensor.ShapeText} here"
        : change.Norm == 0 ? AdapterExtraction.Unchanged
        : options.Filter.Reason(change.Layer)
        ?? (!isAlone ? "several matrices in one tensor, which an adapter does not hold"
        : !Narrowing.Writes(options.Type ?? change.Layer.Tensor.Type) ? $"{change.Layer.Tensor.Type.Name()} is not written; --dtype gives another type"
        : change.Layer.SkipReason?.StartsWith("tied", StringComparison.Ordinal) == true ? change.Layer.SkipReason
        : null);

    private TensorChange Ways(TensorChange change) =>
        change.IsEmbedding && options.Embeddings == EmbeddingUse.Skip ? change with { Reason = "an embedding, left out by --embeddings skip" }
        : change.IsEmbedding && options.Embeddings == EmbeddingUse.Full ? Whole(change)
        : change.Layer.SkipReason is not null ? Small(change)
        : Refusal(change) is { } refusal ? change with { Reason = refusal }
        : Factored(change);

    /// <summary>What is no matrix goes with its module.</summary>
    private static TensorChange Small(TensorChange change) =>
        change.Layer.Description.Kind is LayerKind.Bias or LayerKind.Norm or LayerKind.Vector or LayerKind.Scalar && change.Parameter is Weight or Bias
            ? Whole(change)
            : change with { Reason = $"not a weight or bias that a module is saved with ({change.Layer.SkipReason})" };

    private static TensorChange Whole(TensorChange change) => change with { Part = AdapterPart.Whole, Reason = "whole, in modules_to_save" };

    private string? Refusal(TensorChange change) =>
        change.Layer.Product is not null || TensorSlice.Whole(change.Layer) is not { } matrix ? "not stored as one matrix"
        : change.Parameter != Weight ? "an adapter is of modules whose parameter is called weight"
        : change.OutputsComeFirst is not { } first ? "nothing tells which axis counts outputs"
        : change.Layer.Tensor.Shape.Count > 2 && (!first || matrix.Rows != change.Layer.Tensor.Shape[0]) ? "a kernel whose first axis does not count outputs"
        : WorkingMemory.Refusal(change.Layer, options);

    private TensorChange Factored(TensorChange change)
    {
        var w = change.Matrix();
        var spectrum = ResolvedSpectrum.Of(w, execution);
        var (full, rank) = (spectrum.SingularValues.Count, RankOf(spectrum, Math.Max(w.Rows, w.Columns)));
        return rank > 0
            ? change with { Part = AdapterPart.Factors, Rank = rank, FullRank = full }
            : change with { FullRank = full, Reason = options.Epsilon is { } epsilon && spectrum.Largest <= epsilon ? "no singular value is above --sv-epsilon" : "none of its singular values lies beyond the random part" };
    }

    private int RankOf(Spectrum spectrum, int n)
    {
        var rank = options.Rule.Criterion switch
        {
            RankCriterion.Given => (int)Math.Min(options.Rule.Value, spectrum.SingularValues.Count),
            RankCriterion.Energy => Truncation.RankFor([.. spectrum.Eigenvalues], options.Rule.Value),
            RankCriterion.RandomPart => RankChoice.Signals(spectrum, n),
            _ => throw new InvalidOperationException($"{options.Rule.Criterion} is no rule for an adapter"),
        };
        var above = options.Epsilon is { } epsilon ? spectrum.SingularValues.Count(sigma => sigma > epsilon) : rank;
        return Math.Min(Math.Min(rank, above), Math.Min(options.MaxRank, spectrum.NumericalRank()));
    }

    /// <summary>Biases go with the factors of their module, and a module that is saved has all of its parameters saved.</summary>
    private List<TensorChange> WithModules(List<TensorChange> changes)
    {
        var factored = changes.Where(change => change.Part == AdapterPart.Factors && !change.IsEmbedding).Select(change => change.Module).ToHashSet(StringComparer.Ordinal);
        changes = changes.ConvertAll(change => change.Part != AdapterPart.Whole || !factored.Contains(change.Module) ? change
            : options.Embeddings == EmbeddingUse.LowRank ? change with { Part = AdapterPart.None, Reason = "a bias, which an adapter with factors of embeddings does not hold" }
            : change with { Part = AdapterPart.Bias, Reason = "the bias of lora_B" });
        var whole = changes.Where(change => change.Part == AdapterPart.Whole).Select(change => change.Module).ToHashSet(StringComparer.Ordinal);
        return changes.ConvertAll(change => change is { Part: AdapterPart.None, Base: not null, IsFailed: false } && whole.Contains(change.Module) && change.Parameter is Weight or Bias ? Whole(change) : change);
    }

    private static double SquaredNorm(Tensor tensor, Tensor? twin)
    {
        var values = StoredTensors.Values(tensor);
        if (twin is not null)
        {
            SpanSums.AddScaled(-1, StoredTensors.Values(twin), values);
        }

        return Lanes.Dot(values, values);
    }
}
