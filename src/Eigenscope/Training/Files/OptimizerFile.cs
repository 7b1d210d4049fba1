using System.Runtime.InteropServices;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;

namespace Eigenscope.Training.Files;

/// <summary><c>optimizer.safetensors</c>: the weights in float64 (<c>weights.NAME</c>) and what the optimiser keeps (<c>momentum.NAME</c>; <c>exp_avg.NAME</c>, <c>exp_avg_sq.NAME</c>), so that a run goes on bit for bit.</summary>
internal static class OptimizerFile
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, Trainer trainer) =>
        SafeTensorsWriter.Write(path, [.. Content(trainer).Select(item => WrittenTensor.Of(item.Name, item.Shape, item.Values.Values.AsMemory(0, item.Values.Count)))]);

    /// <summary>Puts what the file holds into a trainer.</summary>
    /// <exception cref="TrainingException">It does not hold what the trainer needs.</exception>
    public static void Read(string path, Trainer trainer)
    {
        using var file = Open(path);
        var tensors = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var (name, shape, values) in Content(trainer))
        {
            TrainingException.Require(
                tensors.TryGetValue(name, out var tensor) && tensor.Type == DType.F64 && tensor.Shape.SequenceEqual(shape),
                $"{path}: there is no tensor '{name}' of the shape {string.Join('x', shape)}");
            MemoryMarshal.Cast<byte, double>(tensor!.Bytes.ReadArray(tensor.Offset, tensor.ByteCount)).CopyTo(values.Elements);
        }
    }

    private static Model Open(string path)
    {
        try
        {
            return Model.Open(path);
        }
        catch (ModelFormatException e)
        {
            throw new TrainingException(e.Message);
        }
    }

    private static IEnumerable<(string Name, long[] Shape, RowMajor Values)> Content(Trainer trainer) =>
        trainer.Network.Parameters.Select(parameter => ($"weights.{parameter.Name}", parameter.LongShape, parameter.Value))
            .Concat(trainer.Optimizer.State.Select(state => ($"{state.Name}.{state.Parameter.Name}", state.Parameter.LongShape, state.Values)));
}
