using Eigenscope.LinearAlgebra;
using Eigenscope.Models;

namespace Eigenscope.Comparison;

/// <summary>Which element of a layer belongs to which of its counterpart, where formats store them in different orders.</summary>
/// <param name="A">The matrix of the layer that is compared.</param>
/// <param name="B">That of its counterpart, its elements in the order of <paramref name="A"/>.</param>
/// <param name="Order">How they came into it.</param>
internal sealed record ElementAlignment(IMatrix A, IMatrix B, ElementOrder Order)
{
    private const int SampledRows = 48;

    /// <summary>Another order is taken for the right one only where it agrees by so much better.</summary>
    private const double ClearlyBetter = 0.05;

    /// <summary>The alignment, or the reason why there is none.</summary>
    public static (ElementAlignment? Alignment, string? Reason) Of(LayerMatch match, Model modelA, Model modelB)
    {
        if (match.By == MatchedBy.Depth)
        {
            return (null, "blocks of models of different depth: their weights are no counterparts");
        }

        if (match.A.Slices.Count != 1 || match.B.Slices.Count != 1)
        {
            return (null, "one of them is no single matrix");
        }

        var candidates = Candidates(match, modelA, modelB);
        return candidates.Count == 0 ? (null, $"the shapes differ: {match.A.Tensor.ShapeText} and {match.B.Tensor.ShapeText}") : (Best(candidates), null);
    }

    /// <summary>The cosine of the angle between a sample of the rows of both, -1 to 1; 0 where one is zero.</summary>
    public double SampledCosine()
    {
        var count = Math.Min(SampledRows, A.Rows);
        double[] x = new double[A.Columns], y = new double[A.Columns];
        var sums = new ElementSums();
        for (var i = 0; i < count; i++)
        {
            var row = (int)((long)i * A.Rows / count);
            A.Read(row, 0, 1, A.Columns, x, A.Columns);
            B.Read(row, 0, 1, A.Columns, y, A.Columns);
            sums.Add(x, y);
        }

        return sums is { SquaresA: > 0, SquaresB: > 0 } ? sums.Products / Math.Sqrt(sums.SquaresA) / Math.Sqrt(sums.SquaresB) : 0;
    }

    /// <summary>The number of elements that <see cref="SampledCosine"/> looks at.</summary>
    public int SampledElements => Math.Min(SampledRows, A.Rows) * A.Columns;

    /// <summary>Of several orders the one in which the two agree best; the first where none is clearly better.</summary>
    private static ElementAlignment Best(List<ElementAlignment> candidates)
    {
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        var cosines = candidates.ConvertAll(candidate => Math.Abs(candidate.SampledCosine()));
        var best = cosines.IndexOf(cosines.Max());
        return candidates[cosines[best] > cosines[0] + ClearlyBetter ? best : 0];
    }

    /// <summary>Every order in which the shapes fit, the likeliest first.</summary>
    private static List<ElementAlignment> Candidates(LayerMatch match, Model modelA, Model modelB)
    {
        var (a, b) = (match.A.Slices[0], match.B.Slices[0]);
        bool[] turns = match.A.OutputsAreRows is { } outputsA && match.B.OutputsAreRows is { } outputsB && outputsA != outputsB ? [true, false] : [false, true];
        return
        [
            .. from isTransposed in turns
               where (isTransposed ? b.Columns : b.Rows) == a.Rows && (isTransposed ? b.Rows : b.Columns) == a.Columns
               from order in Orders(match, modelA, modelB, isTransposed)
               select new ElementAlignment(a, order.Of(b), order),
        ];
    }

    private static IEnumerable<ElementOrder> Orders(LayerMatch match, Model modelA, Model modelB, bool isTransposed)
    {
        var (outputsAreRows, note) = (match.A.OutputsAreRows != false, isTransposed ? "transposed" : null);
        var inputs = InputOrder(match, outputsAreRows ? match.A.Columns : match.A.Rows);
        note = inputs is null ? note : Joined(note, "the window of the kernel before its inputs");
        yield return outputsAreRows ? new(isTransposed, null, inputs, note) : new(isTransposed, inputs, null, note);
        if (RotaryOrder.Between(match.A, modelA, modelB, outputsAreRows ? match.A.Rows : match.A.Columns) is { } heads)
        {
            note = Joined(note, "the outputs of its heads in the other rotary order");
            yield return outputsAreRows ? new(isTransposed, heads, null, note) : new(isTransposed, null, heads, note);
        }
    }

    private static string Joined(string? first, string second) => first is null ? second : $"{first}, {second}";

    /// <summary>Formats have the inputs of a convolution before its window, or behind it; null where both have the same.</summary>
    private static int[]? InputOrder(LayerMatch match, int length)
    {
        if (match.A.Description.Convolution is not { Inputs.Length: > 0 } axesA || match.B.Description.Convolution is not { Inputs.Length: > 0 } axesB || axesA.InputsFirst == axesB.InputsFirst)
        {
            return null;
        }

        var inputs = (int)match.B.Tensor.Shape[axesB.Inputs[0]];
        var window = length / inputs;
        return length != inputs * window || window == 1 ? null
            : [.. Enumerable.Range(0, length).Select(k => axesA.InputsFirst ? (k % window * inputs) + (k / window) : (k % inputs * window) + (k / inputs))];
    }
}
