using System.Globalization;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Training.Gradients;

namespace Eigenscope.Training.Files;

/// <summary>Gradients as safetensors files: their statistics at a checkpoint, and single ones.</summary>
internal static class GradientFiles
{
    /// <summary>Writes, for each weight matrix NAME, <c>NAME.mean</c>, <c>NAME.row_covariance</c>, <c>NAME.column_covariance</c>, <c>NAME.variance</c>, <c>NAME.mode_variance</c> and <c>NAME.mode_eigenvalues</c>, all F64.</summary>
    public static void WriteStatistics(string path, IReadOnlyList<MatrixGradientStatistics> statistics, TrainingOptions options, int step, double rate) => SafeTensorsWriter.Write(
        path,
        [.. statistics.SelectMany(Tensors)],
        [new("batches", Text(options.GradientBatches)), new("batch_size", Text(options.BatchSize)), .. Circumstances(options, step, rate)]);

    /// <summary>Writes one gradient, F32.</summary>
    public static void WriteGradient(string path, KeptGradient gradient, TrainingOptions options) => SafeTensorsWriter.Write(
        path,
        [.. gradient.Gradients.Select(one => WrittenTensor.Of(one.Name, [.. one.Shape.Select(size => (long)size)], one.Values.Values, DType.F32))],
        [new("batch_size", Text(options.BatchSize)), .. Circumstances(options, gradient.Step, gradient.LearningRate)]);

    private static IEnumerable<WrittenTensor> Tensors(MatrixGradientStatistics one) =>
    [
        Matrix($"{one.Name}.mean", one.Mean),
        Matrix($"{one.Name}.row_covariance", one.RowCovariance),
        Matrix($"{one.Name}.column_covariance", one.ColumnCovariance),
        WrittenTensor.Of($"{one.Name}.variance", [], new[] { one.Variance }),
        Vector($"{one.Name}.mode_variance", one.ModeVariance),
        Vector($"{one.Name}.mode_eigenvalues", one.ModeEigenvalues),
    ];

    private static WrittenTensor Matrix(string name, DenseMatrix matrix) => WrittenTensor.Of(name, [matrix.Rows, matrix.Columns], matrix.Values);

    private static WrittenTensor Vector(string name, IReadOnlyList<double> values) => WrittenTensor.Of(name, [values.Count], values.ToArray());

    private static IEnumerable<KeyValuePair<string, string>> Circumstances(TrainingOptions options, int step, double rate) =>
    [
        new("step", Text(step)),
        new("optimizer", options.Optimizer.Kind.Text()),
        new("learning_rate", Text(rate)),
        new("momentum", Text(options.Optimizer.Momentum)),
        new("weight_decay", Text(options.Optimizer.WeightDecay)),
    ];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
