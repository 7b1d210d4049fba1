using System.Globalization;
using System.Runtime.InteropServices;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;

namespace Eigenscope.Forecasting;

/// <summary>
/// Gradients that a training left beside its checkpoints, as safetensors: <c>gradients.safetensors</c> in the folder of a checkpoint, statistics of several mini-batches at its weights; and a folder of files
/// <c>step-N.safetensors</c>, the gradient of one mini-batch each. <c>train</c> writes both; docs/train.md defines them.
/// </summary>
internal static class GradientFiles
{
    private const string StatisticsFile = "gradients.safetensors";

    /// <summary>The statistics beside a checkpoint; null where there are none.</summary>
    /// <exception cref="ModelFormatException">The file cannot be read, or does not say what is needed.</exception>
    public static Model? OpenStatistics(string checkpoint) =>
        Directory.Exists(checkpoint) && File.Exists(Path.Combine(checkpoint, StatisticsFile)) ? Model.Open(Path.Combine(checkpoint, StatisticsFile)) : null;

    /// <summary>What a file of statistics says of a weight matrix; null where it says nothing of it.</summary>
    /// <exception cref="ModelFormatException">It says it in part, or in a wrong way.</exception>
    public static GradientStatistics? StatisticsOf(Model file, string tensor)
    {
        if (file.Tensors.FirstOrDefault(one => one.Name == $"{tensor}.mean") is not { } mean)
        {
            return null;
        }

        var facts = SafeTensorsMetadata.Of(file.Path);
        var (eigenvalues, variances) = (Vector(file, $"{tensor}.mode_eigenvalues"), Vector(file, $"{tensor}.mode_variance"));
        return new(MatrixOf(mean, file.Path), (int)Number(facts, "batches", file.Path), Vector(file, $"{tensor}.variance")[0], Number(facts, "learning_rate", file.Path))
        {
            Momentum = facts.GetValueOrDefault("optimizer") == "sgd" || facts.GetValueOrDefault("optimizer") == "momentum" ? Number(facts, "momentum", file.Path) : 0,
            WeightDecay = Number(facts, "weight_decay", file.Path),
            Modes = eigenvalues.Length != variances.Length ? throw Bad(file.Path, $"{tensor}: {eigenvalues.Length} eigenvalues and {variances.Length} variances of modes")
                : [.. eigenvalues.Zip(variances, (lambda, variance) => new ModeVariance(lambda, variance))],
        };
    }

    /// <summary>The files of single gradients in a folder, ascending, each with the step that weights had before it.</summary>
    /// <exception cref="ModelFormatException">There are none.</exception>
    public static IReadOnlyList<(long Step, string Path)> Steps(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ModelFormatException(ModelFault.Missing, folder, "there is no such folder of gradients");
        }

        List<(long Step, string Path)> found = [.. Directory.EnumerateFiles(folder, "step-*.safetensors").Select(path => (StepOf(path), path)).Where(file => file.Item1 >= 0).OrderBy(file => file.Item1)];
        return found.Count > 0 ? found : throw new ModelFormatException(ModelFault.NoWeights, folder, "the folder holds no gradients: files step-N.safetensors are wanted");
    }

    /// <summary>The learning rate and the momentum that a file of one gradient states.</summary>
    /// <exception cref="ModelFormatException">It states none.</exception>
    public static (double Rate, double Momentum, double WeightDecay) CircumstancesOf(string path)
    {
        var facts = SafeTensorsMetadata.Of(path);
        return (Number(facts, "learning_rate", path), Number(facts, "momentum", path), Number(facts, "weight_decay", path));
    }

    /// <summary>A tensor of two dimensions in memory.</summary>
    /// <exception cref="ModelFormatException">It has others, or is no F64 or F32.</exception>
    public static DenseMatrix MatrixOf(Tensor tensor, string path) =>
        tensor.Shape is [var rows, var columns] ? new DenseMatrix((int)rows, (int)columns, Values(tensor, path)) : throw Bad(path, $"'{tensor.Name}' has the shape {tensor.ShapeText}, a matrix is wanted");

    private static double[] Vector(Model file, string name) => Values(file.Tensors.FirstOrDefault(one => one.Name == name) ?? throw Bad(file.Path, $"'{name}' is missing"), file.Path);

    private static double[] Values(Tensor tensor, string path) => tensor.Type switch
    {
        DType.F64 => MemoryMarshal.Cast<byte, double>(tensor.Bytes.ReadArray(tensor.Offset, tensor.ByteCount)).ToArray(),
        DType.F32 => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(tensor.Bytes.ReadArray(tensor.Offset, tensor.ByteCount)).ToArray(), value => (double)value),
        _ => throw Bad(path, $"'{tensor.Name}' is {tensor.TypeName}; gradients are F64 or F32"),
    };

    private static long StepOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path)["step-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1;

    private static double Number(IReadOnlyDictionary<string, string> facts, string name, string path) =>
        facts.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw Bad(path, $"the metadata states no number '{name}'");

    private static ModelFormatException Bad(string path, string text) => new(ModelFault.BadHeader, path, text);
}
