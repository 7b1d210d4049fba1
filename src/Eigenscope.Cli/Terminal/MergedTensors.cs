using System.Text.RegularExpressions;
using Eigenscope.Analysis;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Terminal;

/// <summary>A line of the table of <c>merge</c>: a tensor, or those that differ in numbers of blocks and the like alone and took the same route.</summary>
/// <param name="Name">The name of the tensor, or what the names have in common, with an asterisk for each number.</param>
/// <param name="Route">The route of all of them.</param>
/// <param name="Tensors">At least one.</param>
/// <param name="SpectraBefore">Spectra before the merge, by name.</param>
/// <param name="SpectraAfter">Spectra of what was made, by name.</param>
internal sealed partial record MergedTensors(
    string Name, string Route, IReadOnlyList<MergedTensor> Tensors, IReadOnlyDictionary<string, LayerAnalysis> SpectraBefore, IReadOnlyDictionary<string, LayerAnalysis> SpectraAfter)
{
    /// <summary>More tensors than this are told by kinds.</summary>
    public const int MostLines = 200;

    /// <summary>True where it stands for several.</summary>
    public bool IsGroup => Tensors.Count > 1;

    /// <summary>True where one of them has a warning.</summary>
    public bool HasWarnings => Tensors.Any(tensor => tensor.Warnings.Count > 0);

    /// <summary>The norm of the merged change beside that of the base; null without one.</summary>
    public double? Change => Tensors.Any(tensor => Value(tensor, "relative_change") is not null) && Norm(Tensors, "base_norm") is > 0 and var below ? Norm(Tensors, "change_norm") / below : null;

    /// <summary>What rounding loses beside the merged change; null where there is none.</summary>
    public double? Loss
    {
        get
        {
            var known = Tensors.Where(tensor => Value(tensor, "rounding_loss") is not null).ToList();
            return Norm(known, "change_norm") is > 0 and var change
                ? Math.Sqrt(known.Sum(tensor => Square(Value(tensor, "rounding_loss")!.Value * (Value(tensor, "change_norm") ?? 0)))) / change
                : null;
        }
    }

    /// <summary>The mean share of elements that models change in opposite directions; null where none has one.</summary>
    public double? Conflicts => Mean(Tensors.Select(tensor => Value(tensor, "sign_conflicts")));

    /// <summary>A line for each tensor, or for each kind where that would be too many.</summary>
    public static IReadOnlyList<MergedTensors> Rows(IReadOnlyList<MergedTensor> tensors, ModelAnalysis? before, ModelAnalysis? after)
    {
        var (known, made) = (ByTensor(before), ByTensor(after));
        return tensors.Count <= MostLines
            ? [.. tensors.Select(tensor => new MergedTensors(tensor.Name, tensor.Route, [tensor], known, made))]
            : [.. tensors.GroupBy(tensor => (Name: Kind(tensor.Name), tensor.Route)).Select(group => Row(group.Key.Name, [.. group], known, made))];
    }

    /// <summary>The spectra of whole tensors, by their names; none where none were asked for.</summary>
    public static IReadOnlyDictionary<string, LayerAnalysis> ByTensor(ModelAnalysis? analysis)
    {
        var layers = new Dictionary<string, LayerAnalysis>(StringComparer.Ordinal);
        foreach (var layer in (analysis?.Layers ?? []).Where(layer => layer.Layer.Name == layer.Layer.Tensor.Name))
        {
            layers.TryAdd(layer.Layer.Name, layer);
        }

        return layers;
    }

    /// <summary>The root of the sum of squares of a number; tensors without it count as zero.</summary>
    public static double Norm(IReadOnlyList<MergedTensor> tensors, string name) => Math.Sqrt(tensors.Sum(tensor => Square(Value(tensor, name) ?? 0)));

    /// <summary>The mean of a metric before; null where none has it.</summary>
    public double? Before(string metric) => Mean(Tensors.Select(tensor => SpectraBefore.GetValueOrDefault(tensor.Name)?[metric]));

    /// <summary>The mean of a metric after.</summary>
    public double? After(string metric) => Mean(Tensors.Select(tensor => SpectraAfter.GetValueOrDefault(tensor.Name)?[metric]));

    /// <summary>The means of a metric over the tensors that have it on both sides; null where none has.</summary>
    public (double Before, double After, int Tensors)? BothSides(string metric)
    {
        var pairs = Tensors.Select(tensor => (Before: SpectraBefore.GetValueOrDefault(tensor.Name)?[metric], After: SpectraAfter.GetValueOrDefault(tensor.Name)?[metric])).Where(pair => pair is { Before: not null, After: not null }).ToList();
        return pairs.Count == 0 ? null : (pairs.Average(pair => pair.Before!.Value), pairs.Average(pair => pair.After!.Value), pairs.Count);
    }

    private static MergedTensors Row(string kind, List<MergedTensor> tensors, IReadOnlyDictionary<string, LayerAnalysis> before, IReadOnlyDictionary<string, LayerAnalysis> after) =>
        new(tensors.Count == 1 ? tensors[0].Name : kind, tensors[0].Route, tensors, before, after);

    private static string Kind(string name) => Numbering().Replace(name, "*");

    private static double? Value(MergedTensor tensor, string name) => tensor.Values.GetValueOrDefault(name);

    private static double? Mean(IEnumerable<double?> values) => values.OfType<double>().ToList() is { Count: > 0 } known ? known.Average() : null;

    private static double Square(double x) => x * x;

    /// <summary>A part of a name, between dots or slashes, that is a number.</summary>
    [GeneratedRegex("""(?<=(^|[./]))\d+(?=([./]|$))""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbering();
}
