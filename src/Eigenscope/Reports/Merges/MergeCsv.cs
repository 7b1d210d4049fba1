using System.Globalization;
using Eigenscope.Models.Layers;
using Eigenscope.Transforms;

namespace Eigenscope.Reports;

/// <summary>A merge as CSV: one row for each tensor, with the numbers of <see cref="MergeJson"/>; those of each model have its place in the recipe before their names.</summary>
public static class MergeCsv
{
    private static readonly string[] Leading = ["name", "role", "block", "dtype", "shape", "method", "route", "reason", "note"];

    /// <summary>The rows under a header; UTF-8.</summary>
    public static byte[] Of(MergeResult merge)
    {
        var layers = MergedLayers.Of(merge);
        string[] values = [.. merge.Tensors.SelectMany(tensor => tensor.Values.Keys).Distinct(StringComparer.Ordinal)];
        (int Model, string Name)[] inputs = [.. merge.Tensors.SelectMany(tensor => tensor.Inputs.SelectMany(input => input.Values.Keys.Select(name => (input.Model, name)))).Distinct().OrderBy(column => column.Model)];
        var header = Leading.Concat(values).Concat(inputs.Select(column => $"model{column.Model}_{column.Name}"))
            .Concat(MergeJson.Spectral.Select(metric => $"before_{metric}")).Concat(MergeJson.Spectral.Select(metric => $"after_{metric}")).Append("warnings");
        return CsvReport.Table(merge.Tensors.Select(tensor => Row(tensor, layers, values, inputs)).Prepend(header));
    }

    private static IEnumerable<string?> Row(MergedTensor tensor, MergedLayers layers, string[] values, (int Model, string Name)[] inputs)
    {
        var layer = layers.Of(tensor.Name);
        string?[] texts = [tensor.Name, layer?.Role.Text(), layer?.Description.Block?.ToString(CultureInfo.InvariantCulture), tensor.Type, string.Join('x', tensor.Shape), tensor.Method, tensor.Route, tensor.Reason, tensor.Note];
        IEnumerable<double?> numbers =
        [
            .. values.Select(name => tensor.Values.GetValueOrDefault(name)),
            .. inputs.Select(column => tensor.Inputs.FirstOrDefault(input => input.Model == column.Model)?.Values.GetValueOrDefault(column.Name)),
            .. MergeJson.Spectral.Select(metric => layers.Before(tensor.Name)?[metric]),
            .. MergeJson.Spectral.Select(metric => layers.After(tensor.Name)?[metric]),
        ];
        return texts.Concat(numbers.Select(number => number?.ToString("R", CultureInfo.InvariantCulture))).Append(string.Join("; ", tensor.Warnings));
    }
}
