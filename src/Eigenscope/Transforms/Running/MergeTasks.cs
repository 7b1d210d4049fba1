using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>From what is planned for a tensor to a task that can be read.</summary>
internal static class MergeTasks
{
    /// <summary>The task.</summary>
    /// <param name="planned">The plan.</param>
    /// <param name="seed">The seed of random masks.</param>
    /// <param name="survey">What the method found over all tensors.</param>
    /// <param name="execution">How the work is done.</param>
    public static MergeTask Of(PlannedTensor planned, long seed, object? survey, Execution execution) => new(
        planned.Name, planned.Shape, [.. planned.Inputs.Select(input => Input(input, planned.Shape))], planned.Parameters, execution)
    {
        Base = planned.Base is { } origin ? Elements(origin, planned.Shape) : null,
        Epsilon = planned.Inputs.Prepend(planned.Base).OfType<PlannedInput>().Select(input => input.Tensor.Epsilon).Where(eps => eps > 0).DefaultIfEmpty(DType.F64.Epsilon()).Max(),
        Seed = seed,
        Survey = survey,
        Statistics = planned.Inputs.All(input => input.Statistic is not null) ? [.. planned.Inputs.Select(input => Cropped(new TensorElements(input.Statistic!), planned.Shape))] : [],
    };

    private static MergeInput Input(PlannedInput input, IReadOnlyList<long> shape) => new(input.Model, Elements(input, shape), input.Parameters, input.IsBase)
    {
        Adapter = input.Adapter is { } change ? Factors(change, input.IsAdapterTransposed) : null,
    };

    private static IElements Elements(PlannedInput input, IReadOnlyList<long> shape)
    {
        IElements elements = new TensorElements(input.Tensor);
        return Cropped(input.Adapter is { } change ? new AdaptedElements(elements, Change(change, input.IsAdapterTransposed)) : elements, shape);
    }

    /// <summary>s B A, or (s B A)^T = s A^T B^T.</summary>
    private static LowRankChange Factors(LowRankProduct change, bool isTransposed)
    {
        var (up, down, scale) = change.Factors;
        return isTransposed ? new(Transposed(down), Transposed(up), scale) : new(up, down, scale);
    }

    private static DenseMatrix Transposed(DenseMatrix matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        new TransposedMatrix(matrix).Read(0, 0, matrix.Columns, matrix.Rows, values, matrix.Rows);
        return new(matrix.Columns, matrix.Rows, values);
    }

    private static IMatrix Change(LowRankProduct change, bool isTransposed) => isTransposed ? new TransposedMatrix(change.Whole) : change.Whole;

    private static IElements Cropped(IElements elements, IReadOnlyList<long> shape) => elements.Shape.SequenceEqual(shape) ? elements : new CroppedElements(elements, shape);
}
