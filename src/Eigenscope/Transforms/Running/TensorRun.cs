using System.Buffers;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>One tensor of a merge, from its inputs to the bytes on disk.</summary>
/// <param name="planned">What is to be made.</param>
/// <param name="place">Where it goes.</param>
/// <param name="folder">The folder.</param>
/// <param name="options">How it is done.</param>
/// <param name="execution">On how many threads.</param>
internal sealed class TensorRun(PlannedTensor planned, OutputPlace place, OutputFolder folder, MergeOptions options, Execution execution)
{
    /// <summary>Bytes that are copied at a time.</summary>
    private const int CopyPortion = 1 << 20;

    /// <summary>The place among models that no model has: the numbers of rounding at random belong to it.</summary>
    private const int Rounding = -1;

    private int Size => planned.Type.Bits() / 8;

    private long ByteCount => planned.Count * planned.Type.Bits() / 8;

    /// <summary>Makes it.</summary>
    /// <param name="survey">What the method found over all tensors.</param>
    public MergedTensor Run(object? survey) => IsCopied ? Copy() : Merge(survey);

    /// <summary>True where what is on disk is what was made before.</summary>
    public bool IsIntact(MergedTensor made)
    {
        try
        {
            var portions = new Portions(ByteCount, IsCopied ? CopyPortion : BlockTask().BlockElements * Size);
            var digests = new byte[portions.Count][];
            execution.ForEach(portions.Count, i => digests[i] = Read(portions.Offset(i), portions.LengthOf(i)));
            return TensorDigest.Of(digests) == made.Digest;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>True where bytes are copied as they are; a tensor that keeps its elements and not its type goes by its elements, and so does one of real numbers that lie in another order.</summary>
    private bool IsCopied =>
        planned.Method is null && planned.Inputs[0].Tensor is { Quantization: null } source && source.Type == planned.Type && (LiesAsWritten(source) || !Narrowing.Writes(planned.Type));

    private static bool LiesAsWritten(Tensor source) => !source.BigEndian && source.Strides.SequenceEqual(Tensor.RowMajor(source.Shape));

    private MergeTask BlockTask() => new(planned.Name, planned.Shape, [], planned.Parameters, execution);

    private byte[] Read(long offset, int count)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(count);
        folder.Read(place, offset, bytes.AsSpan(0, count));
        var digest = TensorDigest.OfPortion(bytes.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(bytes);
        return digest;
    }

    private MergedTensor Merge(object? survey)
    {
        if (!Narrowing.Writes(planned.Type))
        {
            throw new MergeException(planned.Name, $"it is to be stored as {planned.Type.Name()}, and F64, F32, BF16 and F16 can be written");
        }

        try
        {
            return Merge(MergeTasks.Of(planned, options.Seed ?? 0, survey, execution));
        }
        catch (NonFiniteElementException e)
        {
            throw new MergeException(planned.Name, $"{e.Message} in what {planned.Method?.Name} makes of it, and finite numbers are needed");
        }
    }

    private MergedTensor Merge(MergeTask task)
    {
        using var merge = planned.Method?.Begin(task) ?? new UnchangedMerge();
        var digests = new byte[task.Blocks][];
        var sums = task.Sum(new TaskSums(task.Tasks), block => Store(merge, task, block, digests), TaskSums.Add);
        return TensorFindings.Of(planned, planned.Method?.Name ?? "copy", merge.Facts, task, sums, TensorDigest.Of(digests));
    }

    private TaskSums Store(ITensorMerge merge, MergeTask task, MergeBlock block, byte[][] digests)
    {
        var numbers = ArrayPool<double>.Shared.Rent(2 * block.Count);
        var bytes = ArrayPool<byte>.Shared.Rent(block.Count * Size);
        var merged = numbers.AsSpan(0, block.Count);
        var stored = numbers.AsSpan(block.Count, block.Count);
        var content = bytes.AsSpan(0, block.Count * Size);
        merge.Merge(block, merged);
        Round(merged, block.First, stored, content);
        folder.Write(place, block.First * Size, content);
        digests[block.Index] = TensorDigest.OfPortion(content);
        Widening.ToDouble(planned.Type, bigEndian: false, content, stored);
        RequireFinite(block.First, merged, stored);
        var sums = TaskSums.Of(task.Tasks, block, merged, stored);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<double>.Shared.Return(numbers);
        return sums;
    }

    /// <summary>A number that is lost altogether by storing it is no rounding error.</summary>
    private void RequireFinite(long first, ReadOnlySpan<double> merged, ReadOnlySpan<double> stored)
    {
        if (Lanes.AllFinite(stored))
        {
            return;
        }

        var at = 0;
        while (double.IsFinite(stored[at]))
        {
            at++;
        }

        throw new MergeException(
            planned.Name,
            double.IsFinite(merged[at])
                ? FormattableString.Invariant($"element {first + at} becomes {merged[at]:G4}, which {planned.Type.Name()} cannot hold; out_dtype names a type with a wider range (bfloat16, float32, float64), smaller weights keep it in range")
                : $"element {first + at} becomes {(double.IsNaN(merged[at]) ? "NaN" : "infinite")}: the weights of the recipe or of the models are too large");
    }

    private void Round(ReadOnlySpan<double> merged, long first, Span<double> draws, Span<byte> content)
    {
        if (options.RoundsAtRandom)
        {
            UniformDraws.Fill(options.Seed ?? 0, planned.Name, Rounding, first, draws);
            Narrowing.AtRandom(planned.Type, merged, draws, content);
        }
        else
        {
            Narrowing.ToNearest(planned.Type, merged, content);
        }
    }

    private MergedTensor Copy()
    {
        var source = planned.Inputs[0].Tensor;
        var ordered = LiesAsWritten(source) ? null : StoredTensors.Bytes(source);
        var portions = new Portions(ByteCount, CopyPortion);
        var digests = new byte[portions.Count][];
        execution.ForEach(portions.Count, i =>
        {
            var (offset, count) = (portions.Offset(i), portions.LengthOf(i));
            var bytes = ArrayPool<byte>.Shared.Rent(count);
            if (ordered is null)
            {
                source.Bytes.Read(source.Offset + offset, bytes.AsSpan(0, count));
            }
            else
            {
                ordered.AsSpan((int)offset, count).CopyTo(bytes);
            }

            folder.Write(place, offset, bytes.AsSpan(0, count));
            digests[i] = TensorDigest.OfPortion(bytes.AsSpan(0, count));
            ArrayPool<byte>.Shared.Return(bytes);
        });
        return TensorFindings.OfCopy(planned, TensorDigest.Of(digests));
    }
}
