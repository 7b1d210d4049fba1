using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>The elements of a tensor on disk, whatever its strides.</summary>
internal sealed class TensorElements : IElements
{
    private readonly Tensor tensor;
    private readonly TensorMatrix? strided;

    /// <param name="tensor">A tensor of a type that is read as numbers.</param>
    public TensorElements(Tensor tensor)
    {
        this.tensor = tensor;
        if (tensor.Quantization is null && tensor.Shape.Count > 0 && !tensor.Strides.SequenceEqual(Tensor.RowMajor(tensor.Shape)))
        {
            strided = MatrixLayout.Kernel(tensor, [.. Enumerable.Range(0, tensor.Shape.Count - 1)], [tensor.Shape.Count - 1]);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape => tensor.Shape;

    /// <inheritdoc/>
    /// <exception cref="MergeException">An element is NaN or infinite.</exception>
    public void Read(long first, Span<double> to)
    {
        ReadStored(first, to);
        if (!Lanes.AllFinite(to))
        {
            var at = 0;
            while (double.IsFinite(to[at]))
            {
                at++;
            }

            throw new MergeException($"{tensor.Bytes.Path}: element {first + at} of '{tensor.Name}' is {(double.IsNaN(to[at]) ? "NaN" : "infinite")}, and only finite numbers can be merged");
        }
    }

    private void ReadStored(long first, Span<double> to)
    {
        if (strided is null)
        {
            tensor.Read(first, to);
            return;
        }

        for (var done = 0; done < to.Length;)
        {
            var (row, column) = ((int)((first + done) / strided.Columns), (int)((first + done) % strided.Columns));
            var count = Math.Min(strided.Columns - column, to.Length - done);
            strided.Read(row, column, 1, count, to.Slice(done, count), count);
            done += count;
        }
    }
}
