using Eigenscope.Analysis;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>What a merge was asked for, as far as its result depends on it.</summary>
/// <param name="Method">The method of the recipe.</param>
/// <param name="Recipe">The text of the recipe.</param>
/// <param name="Seed">The seed of whatever is drawn at random.</param>
/// <param name="RoundsAtRandom">True where numbers are rounded at random, not to the nearest.</param>
public sealed record MergeSettings(string Method, string Recipe, long Seed, bool RoundsAtRandom);

/// <summary>A merge that was done.</summary>
/// <param name="Settings">What was asked for.</param>
/// <param name="Models">The models that went in, in the order of the recipe. Their names and sizes stay usable after they are disposed.</param>
/// <param name="Base">The place of the base among them; null where there is none.</param>
/// <param name="Tensors">Every tensor that was made.</param>
/// <param name="Warnings">What a reader should know of the models.</param>
public sealed record MergeResult(MergeSettings Settings, IReadOnlyList<Model> Models, int? Base, IReadOnlyList<MergedTensor> Tensors, IReadOnlyList<string> Warnings)
{
    /// <summary>The spectra of the base, or of the first model where there is none; null where none were asked for.</summary>
    public ModelAnalysis? Before { get; init; }

    /// <summary>The spectra of what was made, as it is stored.</summary>
    public ModelAnalysis? After { get; init; }

    /// <summary>The model that the result is held against: the base, or the first where there is none.</summary>
    public Model Reference => Models[Base ?? 0];

    /// <summary>The norm of the merged change beside that of the base, over all tensors that were merged; null without a base.</summary>
    public double? RelativeChange => Ratio("change_norm", "base_norm");

    /// <summary>What rounding to the stored types loses beside the merged change; null without a base.</summary>
    public double? RoundingLoss
    {
        get
        {
            var lost = Tensors.Sum(tensor => Square((tensor.Values.GetValueOrDefault("rounding_loss") ?? 0) * (tensor.Values.GetValueOrDefault("change_norm") ?? 0)));
            var change = Tensors.Sum(tensor => Square(tensor.Values.GetValueOrDefault("change_norm") ?? 0));
            return change > 0 ? Math.Sqrt(lost / change) : null;
        }
    }

    /// <summary>How many tensors took each route, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Routes =>
        [.. Tensors.GroupBy(tensor => tensor.Route, StringComparer.Ordinal).Select(group => KeyValuePair.Create(group.Key, group.Count())).OrderByDescending(route => route.Value).ThenBy(route => route.Key, StringComparer.Ordinal)];

    private double? Ratio(string numerator, string denominator)
    {
        var below = Tensors.Sum(tensor => Square(tensor.Values.GetValueOrDefault(denominator) ?? 0));
        return below > 0 ? Math.Sqrt(Tensors.Sum(tensor => Square(tensor.Values.GetValueOrDefault(numerator) ?? 0)) / below) : null;
    }

    private static double Square(double x) => x * x;
}
