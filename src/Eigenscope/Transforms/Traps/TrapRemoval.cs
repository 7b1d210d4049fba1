using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Statistics;

namespace Eigenscope.Transforms;

/// <summary>
/// Removes correlation traps (Martin and Mahoney, arXiv 2602.02859): spikes that a weight matrix has in random order too, which single very large elements make. These elements are found by the singular
/// vectors of the spikes, traced back through the shuffle, and shrunk until no spike is left; all others keep their bits, and what was taken is kept beside the weights.
/// </summary>
public static class TrapRemoval
{
    private static readonly string[] Columns = ["traps_before", "traps_after", "elements", "rows_touched", "level", "largest_before", "relative_change", "spikes_before", "spikes_after"];

    /// <summary>Writes a folder with the model without its traps.</summary>
    /// <param name="model">An open model.</param>
    /// <param name="output">The folder; it must be new or empty, and appears whole or not at all.</param>
    /// <param name="options">How; its type does not count.</param>
    /// <param name="progress">Is told how far the work is.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind then.</param>
    /// <exception cref="MergeException">The model or the folder cannot be used.</exception>
    /// <exception cref="ModelFormatException">The model cannot be read to its end.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static Reshaping Of(Model model, string output, TrapOptions options, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = options with { Type = null };
        var rows = ChosenLayers.Of(model, options, ConvolutionMode.Flatten, withEmbeddings: true);
        using var folder = ReshapedFolder.Begin(output);
        using var execution = Execution.On(options.Threads, cancellation);
        var steps = new Steps(rows.Count(row => row.Reason is null), progress);
        var found = new List<TrappedLayer>();
        foreach (var (layer, reason) in rows)
        {
            found.Add(reason is null ? TrappedLayer.Of(layer, options, execution) : new(new(layer, ReshapingStatus.Kept, reason, new double?[Columns.Length]), [], []));
            steps.Done(layer.Name);
        }

        Write(model, folder, found, cancellation);
        folder.CopyCompanions(model, withConfiguration: true);
        folder.Complete();
        return new("detrap", [model.Path], output, [new("shuffles", options.Shuffles.ToString(CultureInfo.InvariantCulture)), new("seed", options.Seed.ToString(CultureInfo.InvariantCulture))], Columns, [.. found.Select(layer => layer.Row)],
        [
            new("layers_changed", found.Count(layer => layer.Row.Status == ReshapingStatus.Changed)),
            new("layers_kept", found.Count(layer => layer.Row.Status == ReshapingStatus.Kept)),
            new("layers_failed", found.Count(layer => layer.Row.Status == ReshapingStatus.Failed)),
            new("elements", found.Sum(layer => layer.Positions.Count)),
        ]);
    }

    /// <summary>Writes a folder with the model as it was before its traps were removed, with the same bytes in every tensor.</summary>
    /// <param name="model">The model without its traps, open: a folder that <see cref="Of"/> wrote.</param>
    /// <param name="output">The folder; it must be new or empty, and appears whole or not at all.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind then.</param>
    /// <exception cref="MergeException">The folder does not hold what was removed, or the output cannot be used.</exception>
    /// <exception cref="ModelFormatException">A file cannot be read to its end.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static Reshaping Undo(Model model, string output, CancellationToken cancellation = default)
    {
        var path = System.IO.Path.Combine(model.Path, RemovedElements.FileName);
        if (!File.Exists(path))
        {
            throw new MergeException($"{model.Path}: there is no {RemovedElements.FileName}; a folder that detrap wrote is wanted");
        }

        ChosenLayers.RequirePlain(model);
        using var file = Model.Open(path);
        using var folder = ReshapedFolder.Begin(output);
        var removed = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var kept = model.Tensors.ToDictionary(tensor => tensor, tensor => RemovedElements.Read(removed, tensor));
        folder.Write(ReshapedFolder.Weights, model, [.. model.Tensors.Select(tensor => kept[tensor] is { } was ? StoredTensors.Patched(tensor, was.Positions, was.Elements) : StoredTensors.Copy(tensor))], cancellation);
        folder.CopyCompanions(model, withConfiguration: true);
        folder.Complete();
        var rows = WeightTable.Of(model, new WeightTableOptions { CompareValues = false }).Where(row => row.PartOf is null).DistinctBy(row => row.Tensor)
            .Select(row => new ReshapedLayer(row, kept[row.Tensor] is null ? ReshapingStatus.Kept : ReshapingStatus.Changed, kept[row.Tensor] is null ? "nothing was removed" : null, [kept[row.Tensor]?.Positions.Length])).ToList();
        return new("detrap", [model.Path], output, [new("undo", "true")], ["elements"], rows,
        [
            new("layers_changed", rows.Count(row => row.Status == ReshapingStatus.Changed)),
            new("elements", rows.Sum(row => row.Numbers[0] ?? 0)),
        ]);
    }

    private static void Write(Model model, ReshapedFolder folder, List<TrappedLayer> found, CancellationToken cancellation)
    {
        var byTensor = found.Where(layer => layer.Positions.Count > 0).ToLookup(layer => layer.Row.Layer.Tensor);
        var changed = byTensor.ToDictionary(layers => layers.Key, layers =>
        {
            var elements = layers.SelectMany(layer => layer.Positions.Zip(layer.Values)).OrderBy(element => element.First).ToList();
            return (Positions: elements.ConvertAll(element => element.First), Values: elements.ConvertAll(element => element.Second));
        });
        folder.Write(ReshapedFolder.Weights, model, [.. model.Tensors.Select(tensor => changed.TryGetValue(tensor, out var elements) ? StoredTensors.Patched(tensor, elements.Positions, Bytes(tensor.Type, elements.Values)) : StoredTensors.Copy(tensor))], cancellation);
        folder.Write(RemovedElements.FileName, model, [.. model.Tensors.Where(changed.ContainsKey).SelectMany(tensor => RemovedElements.Of(tensor, changed[tensor].Positions))], cancellation);
    }

    private static byte[] Bytes(DType type, List<double> values)
    {
        var bytes = new byte[values.Count * type.Bits() / 8];
        Narrowing.ToNearest(type, values.ToArray(), bytes);
        return bytes;
    }

    /// <summary>What was found in a layer.</summary>
    /// <param name="Row">The row of the result.</param>
    /// <param name="Positions">The elements that are replaced, by their number in the tensor.</param>
    /// <param name="Values">What is put in their place.</param>
    private sealed record TrappedLayer(ReshapedLayer Row, IReadOnlyList<long> Positions, IReadOnlyList<double> Values)
    {
        public static TrappedLayer Of(WeightMatrix layer, TrapOptions options, Execution execution)
        {
            if (WorkingMemory.Refusal(layer, options) is { } refusal)
            {
                return new(new(layer, ReshapingStatus.Failed, refusal, new double?[Columns.Length]), [], []);
            }

            try
            {
                var slice = TensorSlice.Of(layer)[0];
                var w = slice.Take(StoredTensors.Values(layer.Tensor));
                return LayerTraps.Of(layer, 0, w, options, execution) is { } traps
                    ? Of(layer, slice, w, traps, execution)
                    : new(new(layer, ReshapingStatus.Kept, "no random part can be fitted to its shuffles", new double?[Columns.Length]), [], []);
            }
            catch (NonFiniteElementException e)
            {
                return new(new(layer, ReshapingStatus.Failed, $"a weight is {e.ValueText}", new double?[Columns.Length]), [], []);
            }
        }

        private static TrappedLayer Of(WeightMatrix layer, TensorSlice slice, RowMajor w, LayerTraps traps, Execution execution)
        {
            var (largest, norm, spikes) = (w.Elements.ToArray().Max(Math.Abs), SquaredSums.Of(w), traps.Places.Count == 0 ? null : Spikes(w, execution));
            var change = 0.0;
            for (var k = 0; k < traps.Places.Count; k++)
            {
                ref var element = ref w.Values[traps.Places[k]];
                change += (element - traps.Values[k]) * (element - traps.Values[k]);
                element = traps.Values[k];
            }

            double? after = traps.Places.Count == 0 ? null : Spikes(w, execution);
            var isChanged = traps.Places.Count > 0;
            var reason = traps.Before == 0 ? "no traps" : traps.After == 0 ? null : isChanged ? "spikes are left that no single elements make" : "no single elements make its spikes";
            double?[] numbers = [traps.Before, traps.After, traps.Places.Count, traps.Places.Select(place => place / w.Columns).Distinct().Count(), isChanged ? traps.Level : null, largest, norm > 0 ? Math.Sqrt(change / norm) : 0, spikes, after];
            return new(new(layer, isChanged ? ReshapingStatus.Changed : ReshapingStatus.Kept, reason, numbers), [.. traps.Places.Select(slice.PlaceOf)], traps.Values);
        }

        private static double? Spikes(RowMajor w, Execution execution) =>
            BulkFit.Of([.. ResolvedSpectrum.Of(w, execution).Eigenvalues], Math.Max(w.Rows, w.Columns)).Fit?.Spikes;
    }
}
