namespace Eigenscope.Transforms;

/// <summary>What a merge needs of the machine.</summary>
/// <param name="Memory">The most bytes of working memory at a time.</param>
/// <param name="MemoryTensor">The tensor that needs them.</param>
/// <param name="Threads">The threads that fit into the limit.</param>
/// <param name="Disk">The bytes that are written.</param>
/// <param name="Problems">What stands in the way, a line each.</param>
internal sealed record MergeNeeds(long Memory, string? MemoryTensor, int Threads, long Disk, IReadOnlyList<string> Problems)
{
    /// <summary>What the runtime takes, the headers of a few models, and memory that was lent and is kept for the next block.</summary>
    private const long Fixed = 176L << 20;

    /// <summary>Beside the inputs, a block has the merged elements, what is stored of them, the random numbers of a mask, and the bytes.</summary>
    private const int BlocksBeside = 4;

    /// <summary>The needs of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Where its tensors go.</param>
    /// <param name="folder">The folder that is made.</param>
    /// <param name="options">How it is done.</param>
    public static MergeNeeds Of(MergePlan plan, OutputLayout layout, string folder, MergeOptions options)
    {
        var problems = new List<string>();
        var threads = Math.Max(1, Math.Min(options.Threads, Environment.ProcessorCount));
        while (threads > 1 && options.MaxMemory is { } most && Largest(plan, threads).Bytes > most)
        {
            threads--;
        }

        var (memory, tensor) = Largest(plan, threads);
        if (options.MaxMemory < memory)
        {
            problems.Add(tensor is null
                ? $"--max-memory {Text(options.MaxMemory.Value)} is less than the {Text(memory)} that any merge takes"
                : $"tensor '{tensor.Name}' ({string.Join('x', tensor.Shape)}) takes {Text(memory)} by {tensor.Method?.Name}, and --max-memory is {Text(options.MaxMemory.Value)}");
        }

        if (Free(folder) is { } free && free < layout.Bytes)
        {
            problems.Add($"{folder}: {Text(layout.Bytes)} are to be written, and {Text(free)} are free on that disk");
        }

        return new(memory, tensor?.Name, threads, layout.Bytes, problems);
    }

    private static (long Bytes, PlannedTensor? Tensor) Largest(MergePlan plan, int threads)
    {
        var tensor = plan.Tensors.MaxBy(tensor => Of(tensor, threads));
        return (Fixed + (tensor is null ? 0 : Of(tensor, threads)), tensor);
    }

    private static long Of(PlannedTensor tensor, int threads)
    {
        var inputs = tensor.Inputs.Count + (tensor.Base is null ? 0 : 1);
        var adapters = tensor.Inputs.Sum(input => input.Adapter is { } change ? sizeof(double) * (long)change.Rank * (change.Inputs + change.Outputs) : 0);
        var tasks = tensor.Inputs.Count(input => !input.IsBase);
        return adapters + (threads * MergeTask.BlockBytes(tensor.Shape, inputs + BlocksBeside)) + (tensor.Method?.Bytes(tensor.Shape, tasks, tensor.Parameters) ?? 0);
    }

    /// <summary>The free bytes of the disk that a folder will lie on; null where the system does not tell.</summary>
    private static long? Free(string folder)
    {
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } parent)
        {
            there = parent;
        }

        try
        {
            return new DriveInfo(there).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Text(long bytes) => bytes >= 100_000_000 ? $"{bytes / 1e9:0.0#} GB" : $"{bytes / 1e6:0.0#} MB";
}
