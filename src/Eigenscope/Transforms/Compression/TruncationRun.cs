using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>Writes a model with some of its matrices truncated, one tensor at a time, and measures what was written.</summary>
internal sealed class TruncationRun(Model model, ReshapingOptions options, CompressedForm form, Execution execution, Steps steps)
{
    /// <summary>The numbers of a layer.</summary>
    public static readonly string[] Columns = ["rank", "full_rank", "energy", "relative_error", "spectral_error", "numbers_before", "numbers_after"];

    /// <summary>Writes the weights and gives a row for each plan.</summary>
    public IReadOnlyList<ReshapedLayer> Write(ReshapedFolder folder, IReadOnlyList<TruncationPlan> plans, out (double Error, double Norm) whole)
    {
        var byTensor = plans.Where(plan => plan.IsChanged).ToLookup(plan => plan.Spectra.Layer.Tensor);
        folder.Write(ReshapedFolder.Weights, model, [.. model.Tensors.SelectMany(tensor => byTensor[tensor].ToList() is { Count: > 0 } changed ? Written(tensor, changed) : [StoredTensors.Copy(tensor)])], execution.Cancellation);
        using var written = Model.Open(folder.Partial);
        var stored = written.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var rows = new List<ReshapedLayer>();
        whole = (0, 0);
        foreach (var plan in plans)
        {
            var (error, norm) = plan.IsChanged ? Measured(plan, stored) : (0, 0);
            whole = (whole.Error + error, whole.Norm + norm);
            rows.Add(Row(plan, norm > 0 ? Math.Sqrt(error / norm) : null));
        }

        return rows;
    }

    private ReshapedLayer Row(TruncationPlan plan, double? error)
    {
        var (layer, spectra) = (plan.Spectra.Layer, plan.Spectra);
        var status = plan.IsChanged ? ReshapingStatus.Changed : spectra.IsFailed ? ReshapingStatus.Failed : ReshapingStatus.Kept;
        var (numbers, full) = ((double)layer.Rows * layer.Columns * layer.Slices.Count, spectra.Slices.Sum(slice => slice.SingularValues.Count));
        double? after = plan.IsChanged && form == CompressedForm.Factors ? (double)plan.Rank * (layer.Rows + layer.Columns) : numbers;
        return layer.SkipReason is not null || spectra.Slices.Count == 0
            ? new(layer, status, plan.Reason, new double?[Columns.Length])
            : new(layer, status, plan.Reason, plan.IsChanged ? [plan.Rank, full, plan.Energy, error, plan.SpectralError, numbers, after] : [full, full, 1, 0, 0, numbers, numbers]);
    }

    private IEnumerable<WrittenTensor> Written(Tensor tensor, List<TruncationPlan> plans)
    {
        var type = options.Type ?? tensor.Type;
        return form == CompressedForm.Factors ? Factors(tensor, plans[0], type) : [StoredTensors.Computed(tensor.Name, type, tensor.Shape, () => Dense(tensor, plans))];
    }

    private double[] Dense(Tensor tensor, List<TruncationPlan> plans)
    {
        var values = StoredTensors.Values(tensor);
        foreach (var plan in plans)
        {
            var slices = TensorSlice.Of(plan.Spectra.Layer);
            for (var i = 0; i < slices.Count; i++)
            {
                slices[i].Put(Truncate(slices[i].Take(values), plan.Ranks[i], plan.Drops), values);
            }

            steps.Done(plan.Spectra.Layer.Name);
        }

        return values;
    }

    private RowMajor Truncate(RowMajor w, int rank, bool drops)
    {
        if (rank == 0)
        {
            return drops ? w : new RowMajor(w.Rows, w.Columns);
        }

        var kept = SingularVectors.Of(w, rank, execution).Product(execution);
        if (!drops)
        {
            return kept;
        }

        SpanSums.AddScaled(-1, kept.Elements, w.Elements);
        return w;
    }

    /// <summary>Both factors; they are computed when the first is written and let go after the second.</summary>
    private IEnumerable<WrittenTensor> Factors(Tensor tensor, TruncationPlan plan, DType type)
    {
        var (matrix, rank) = (TensorSlice.Whole(plan.Spectra.Layer)!, plan.Ranks[0]);
        long[] ones = [.. Enumerable.Repeat(1L, Math.Max(0, tensor.Shape.Count - 2))];
        SingularVectors? factors = null;
        yield return StoredTensors.Computed(FactorNames.Up(tensor.Name), type, [matrix.Rows, rank, .. ones], () =>
        {
            factors = SingularVectors.Of(matrix.Take(StoredTensors.Values(tensor)), rank, execution);
            return Elements(factors.LeftFactor());
        });
        yield return StoredTensors.Computed(FactorNames.Down(tensor.Name), type, tensor.Shape.Count > 2 ? [rank, .. tensor.Shape.Skip(1)] : [rank, matrix.Columns], () =>
        {
            var right = factors!.RightFactor();
            factors = null;
            steps.Done(plan.Spectra.Layer.Name);
            return Elements(right);
        });
    }

    /// <summary>The squared norms of what was lost and of the layer, from the weights that were written.</summary>
    private (double Error, double Norm) Measured(TruncationPlan plan, Dictionary<string, Tensor> stored)
    {
        var tensor = plan.Spectra.Layer.Tensor;
        var before = StoredTensors.Values(tensor);
        if (form == CompressedForm.Factors)
        {
            var matrix = TensorSlice.Whole(plan.Spectra.Layer)!;
            return Measured(matrix.Take(before), FactorFile.Product(stored[FactorNames.Up(tensor.Name)], stored[FactorNames.Down(tensor.Name)], matrix.Rows, matrix.Columns, execution));
        }

        var after = StoredTensors.Values(stored[tensor.Name]);
        var sums = TensorSlice.Of(plan.Spectra.Layer).Select(slice => Measured(slice.Take(before), slice.Take(after))).ToList();
        return (sums.Sum(sum => sum.Error), sums.Sum(sum => sum.Norm));
    }

    private static (double Error, double Norm) Measured(RowMajor before, RowMajor after)
    {
        var norm = SquaredSums.Of(before);
        return (SquaredSums.OfDifference(before, after), norm);
    }

    private static ReadOnlyMemory<double> Elements(RowMajor w) => w.Values.AsMemory(0, w.Count);
}
