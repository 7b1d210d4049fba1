using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>Writes the tensors of an adapter one after another, and measures what was written.</summary>
internal sealed class AdapterWriter(IReadOnlyList<TensorChange> changes, ExtractionOptions options, Execution execution, Steps steps)
{
    /// <summary>The tensors in the order of the model.</summary>
    public IReadOnlyList<WrittenTensor> Tensors() => [.. changes.SelectMany(Written)];

    /// <summary>The squared norm of what the adapter does not give back of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="adapter">The tensors of the adapter by name.</param>
    public double Error(TensorChange change, IReadOnlyDictionary<string, Tensor> adapter) => change.Part switch
    {
        AdapterPart.Factors => FactorsError(change, adapter),
        AdapterPart.Bias => Difference(Change(change), StoredTensors.Values(adapter[AdapterNames.Bias(change.Module)])),
        AdapterPart.Whole => Difference(StoredTensors.Values(change.Layer.Tensor), StoredTensors.Values(adapter[AdapterNames.Whole(change)])),
        _ => change.Norm,
    };

    private IEnumerable<WrittenTensor> Written(TensorChange change) => change.Part switch
    {
        AdapterPart.Factors => Factors(change),
        AdapterPart.Whole => [options.Type is { } type && type != change.Layer.Tensor.Type
            ? StoredTensors.Computed(AdapterNames.Whole(change), type, change.Layer.Tensor.Shape, () => StoredTensors.Values(change.Layer.Tensor))
            : StoredTensors.Copy(change.Layer.Tensor, AdapterNames.Whole(change))],
        _ => [],
    };

    /// <summary>A and B, which are computed when A is written, and the bias where the adapter has any.</summary>
    private IEnumerable<WrittenTensor> Factors(TensorChange change)
    {
        var (tensor, type) = (change.Layer.Tensor, TypeOf(change));
        var matrix = TensorSlice.Whole(change.Layer)!;
        var outputsFirst = change.OutputsComeFirst == true;
        var (outputs, inputs) = outputsFirst ? (matrix.Rows, matrix.Columns) : (matrix.Columns, matrix.Rows);
        var isKernel = tensor.Shape.Count > 2;
        SingularVectors? factors = null;
        yield return StoredTensors.Computed(AdapterNames.A(change), type, isKernel ? [change.Rank, .. tensor.Shape.Skip(1)] : [change.Rank, inputs], () =>
        {
            factors = SingularVectors.Of(change.Matrix(), change.Rank, execution);
            return Elements(outputsFirst ? factors.RightFactor() : factors.TurnedRightFactor());
        });
        yield return StoredTensors.Computed(AdapterNames.B(change), type, [outputs, change.Rank, .. Enumerable.Repeat(1L, isKernel ? tensor.Shape.Count - 2 : 0)], () =>
        {
            var left = outputsFirst ? factors!.LeftFactor() : factors!.TurnedLeftFactor();
            factors = null;
            steps.Done(change.Name);
            return Elements(left);
        });
        if (!change.IsEmbedding && changes.Any(other => other.Part == AdapterPart.Bias))
        {
            yield return BiasOf(change.Module, outputs, type);
        }
    }

    /// <summary>The change of the bias of a module; zeros where there is none, since PEFT gives one to all modules or to none.</summary>
    private WrittenTensor BiasOf(string module, int outputs, DType type)
    {
        var bias = changes.FirstOrDefault(change => change.Part == AdapterPart.Bias && change.Module == module);
        return StoredTensors.Computed(AdapterNames.Bias(module), bias is null ? type : TypeOf(bias), [outputs], () => bias is null ? new double[outputs] : Change(bias));
    }

    private double FactorsError(TensorChange change, IReadOnlyDictionary<string, Tensor> adapter)
    {
        var matrix = change.Matrix();
        var turned = change.OutputsComeFirst == true ? matrix : matrix.Transposed();
        return SquaredSums.OfDifference(turned, FactorFile.Product(adapter[AdapterNames.B(change)], adapter[AdapterNames.A(change)], turned.Rows, turned.Columns, execution));
    }

    private DType TypeOf(TensorChange change) => options.Type ?? change.Layer.Tensor.Type;

    private static double[] Change(TensorChange change)
    {
        var values = StoredTensors.Values(change.Layer.Tensor);
        SpanSums.AddScaled(-1, StoredTensors.Values(change.Base!), values);
        return values;
    }

    private static double Difference(double[] a, double[] b)
    {
        SpanSums.AddScaled(-1, a, b);
        return Lanes.Dot(b, b);
    }

    private static ReadOnlyMemory<double> Elements(RowMajor w) => w.Values.AsMemory(0, w.Count);
}
