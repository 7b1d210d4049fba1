using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>What changing a layer takes, from its shape alone.</summary>
internal static class WorkingMemory
{
    /// <summary>Copies of the matrix that are held at a time: the tensor, the matrix, its panels, what is made of it.</summary>
    private const long Copies = 4;

    /// <summary>Copies of its singular vectors on either side.</summary>
    private const long Vectors = 2;

    /// <summary>Why a layer is not worked on: it needs more than is allowed; null where it does not.</summary>
    public static string? Refusal(WeightMatrix layer, ReshapingOptions options)
    {
        long rows = layer.Rows, columns = layer.Columns;
        var bytes = sizeof(double) * (layer.Tensor.Count + (Copies * rows * columns) + (Vectors * (rows + columns) * Math.Min(rows, columns)));
        return bytes <= options.MaxMemory ? null : $"a {rows} x {columns} matrix needs about {bytes >> 20} MiB of working memory, more than the {options.MaxMemory >> 20} MiB that --max-memory allows";
    }
}
