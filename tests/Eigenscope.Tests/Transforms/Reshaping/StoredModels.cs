using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Spectra;
using Eigenscope.Tests.Models;
using Eigenscope.Transforms;

namespace Eigenscope.Tests.Transforms;

/// <summary>Models in folders, written for a test.</summary>
internal static class StoredModels
{
    /// <summary>The architecture whose linear layers are stored [in, out].</summary>
    public const string Gpt2 = """{"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2"}""";

    /// <summary>Writes a folder of that name with a model, and gives its path.</summary>
    public static string Write(this TemporaryFolder folder, string name, string? config, params WrittenTensor[] tensors)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        SafeTensorsWriter.Write(Path.Combine(path, "model.safetensors"), tensors);
        if (config is not null)
        {
            File.WriteAllText(Path.Combine(path, "config.json"), config);
        }

        return path;
    }

    /// <summary>A path in the folder.</summary>
    public static string At(this TemporaryFolder folder, string name) => Path.Combine(folder.Path, name);

    /// <summary>A tensor of a type.</summary>
    public static WrittenTensor Tensor(string name, DenseMatrix matrix, DType type = DType.F64) => Tensor(name, [matrix.Rows, matrix.Columns], matrix.Values.ToArray(), type);

    /// <summary>A tensor of any shape.</summary>
    public static WrittenTensor Tensor(string name, long[] shape, double[] values, DType type = DType.F64) => StoredTensors.Computed(name, type, shape, () => values);

    /// <summary>The elements of a tensor of a model on disk.</summary>
    public static double[] Values(string model, string tensor)
    {
        using var opened = Model.Open(model);
        return StoredTensors.Values(opened.Tensors.Single(found => found.Name == tensor));
    }

    /// <summary>The bytes of a tensor of a model on disk.</summary>
    public static byte[] Bytes(string model, string tensor)
    {
        using var opened = Model.Open(model);
        return StoredTensors.Bytes(opened.Tensors.Single(found => found.Name == tensor));
    }

    /// <summary>The names of the tensors of a model on disk.</summary>
    public static string[] Names(string model)
    {
        using var opened = Model.Open(model);
        return [.. opened.Tensors.Select(tensor => tensor.Name)];
    }

    /// <summary>The product of two tensors of a model on disk.</summary>
    public static DenseMatrix Product(string model, string left, string right)
    {
        using var opened = Model.Open(model);
        var (a, b) = (opened.Tensors.Single(found => found.Name == left), opened.Tensors.Single(found => found.Name == right));
        return MatrixProduct.Of(Matrix(a), Matrix(b));
    }

    /// <summary>All singular values of a matrix, ascending.</summary>
    public static IReadOnlyList<double> SingularValues(DenseMatrix w) => Spectrum.Of(w, SpectrumRoute.Accurate).SingularValues;

    /// <summary>|A - B| / |B| in the Frobenius norm.</summary>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (error, norm) = (0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            error += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }

        return Math.Sqrt(error / norm);
    }

    private static DenseMatrix Matrix(Tensor tensor) => new((int)tensor.Shape[0], (int)(tensor.Count / tensor.Shape[0]), StoredTensors.Values(tensor));
}
