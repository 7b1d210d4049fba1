using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>One tensor to be merged: what goes in, and how it is read block by block.</summary>
/// <remarks>Blocks are whole rows and depend on the shape alone; sums over them that are added up in their order have the same bits for any number of threads.</remarks>
internal sealed class MergeTask
{
    /// <summary>Blocks have at least so many elements, where the tensor has.</summary>
    private const int LeastElements = 1 << 16;

    private readonly int blockRows;

    /// <param name="name">The name of the tensor that is made.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="inputs">The models in the order of the recipe; each has the shape of the tensor.</param>
    /// <param name="parameters">The parameters of the tensor.</param>
    /// <param name="execution">How the work is done.</param>
    public MergeTask(string name, IReadOnlyList<long> shape, IReadOnlyList<MergeInput> inputs, TensorParameters parameters, Execution execution)
    {
        (Name, Shape, Inputs, Parameters, Execution) = (name, shape, inputs, parameters, execution);
        Count = shape.Aggregate(1L, (product, size) => checked(product * size));
        RowLength = shape.Count == 0 ? 1 : checked((int)Math.Max(1, shape[^1]));
        Rows = Count / RowLength;
        blockRows = Math.Max(1, (LeastElements + RowLength - 1) / RowLength);
        Blocks = checked((int)((Rows + blockRows - 1) / blockRows));
        Uniforms = (input, first, to) => UniformDraws.Fill(Seed, Name, input.Model, first, to);
    }

    /// <summary>The name of the tensor that is made.</summary>
    public string Name { get; }

    /// <summary>Its shape.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Its elements.</summary>
    public long Count { get; }

    /// <summary>The length of its last axis: a row; 1 for a scalar.</summary>
    public int RowLength { get; }

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>The number of blocks.</summary>
    public int Blocks { get; }

    /// <summary>The elements of every block but the last, which may have fewer.</summary>
    public int BlockElements => checked(blockRows * RowLength);

    /// <summary>The models in the order of the recipe, the base among them where it is listed.</summary>
    public IReadOnlyList<MergeInput> Inputs { get; }

    /// <summary>The tensor of the base; null where there is none.</summary>
    public IElements? Base { get; init; }

    /// <summary>The places in <see cref="Inputs"/> of the models that are not the base.</summary>
    public IReadOnlyList<int> Tasks => [.. Enumerable.Range(0, Inputs.Count).Where(i => !Inputs[i].IsBase)];

    /// <summary>The parameters of the tensor.</summary>
    public TensorParameters Parameters { get; }

    /// <summary>The coarsest relative spacing of the types that the inputs are stored in: eps of guards of the rank.</summary>
    public double Epsilon { get; init; } = 2.220446049250313e-16;

    /// <summary>The seed of the recipe.</summary>
    public long Seed { get; init; }

    /// <summary>What <see cref="MergeMethod.Survey"/> found over all tensors; null where it does not look.</summary>
    public object? Survey { get; init; }

    /// <summary>A statistic of every element of a model, such as its Fisher information, in the order of <see cref="Inputs"/>; empty where a recipe gives none.</summary>
    public IReadOnlyList<IElements> Statistics { get; init; } = [];

    /// <summary>How the work is done.</summary>
    public Execution Execution { get; }

    /// <summary>Random numbers of consecutive elements of a model, each from 0 (included) to 1 and the same for the same seed, name, model and element, whatever is done beside it.</summary>
    public UniformSource Uniforms { get; init; }

    /// <summary>True where it is merged as a matrix: two axes, or a kernel with its outputs on the first.</summary>
    public bool IsMatrix => Shape.Count >= 2 && Shape[0] > 1 && Count / Shape[0] > 1;

    /// <summary>The bytes of a block with so many inputs, the base among them.</summary>
    public static long BlockBytes(IReadOnlyList<long> shape, int inputs)
    {
        var row = shape.Count == 0 ? 1 : Math.Max(1, shape[^1]);
        return sizeof(double) * inputs * Math.Max(1, (LeastElements + row - 1) / row) * row;
    }

    /// <summary>Reads every block, on several threads and in no order, and hands each to <paramref name="work"/>, after which it is gone.</summary>
    public void ForEachBlock(Action<MergeBlock> work) => Execution.ForEach(Blocks, index =>
    {
        using var block = Read(index);
        work(block);
    });

    /// <summary>Adds up what <paramref name="part"/> makes of every block, in the order of the blocks.</summary>
    /// <param name="zero">The sum of no blocks.</param>
    /// <param name="part">What one block gives.</param>
    /// <param name="add">Adds two of them.</param>
    public T Sum<T>(T zero, Func<MergeBlock, T> part, Func<T, T, T> add)
    {
        var parts = new T[Blocks];
        ForEachBlock(block => parts[block.Index] = part(block));
        return parts.Aggregate(zero, add);
    }

    /// <summary>Reads a block, which is to be disposed of.</summary>
    public MergeBlock Read(int index)
    {
        var first = (long)index * blockRows * RowLength;
        var block = new MergeBlock(index, first, checked((int)Math.Min((long)blockRows * RowLength, Count - first)), Base is not null, Inputs.Count);
        Base?.Read(first, block.Base);
        for (var i = 0; i < Inputs.Count; i++)
        {
            Inputs[i].Elements.Read(first, block.Model(i));
        }

        return block;
    }
}
