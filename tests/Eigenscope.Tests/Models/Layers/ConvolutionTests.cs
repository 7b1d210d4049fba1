using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Xunit;

namespace Eigenscope.Tests.Models.Layers;

public sealed class ConvolutionTests
{
    /// <summary>Name and shape; then the sides of the matrix, and outputs and inputs of a group of the operator, and how many groups.</summary>
    [Theory]
    [InlineData("layers.0.conv.weight", new long[] { 6, 4, 3, 3 }, 6, 36, 6, 4, 1)]
    [InlineData("layers.0.conv1d.weight", new long[] { 6, 4, 3 }, 6, 12, 6, 4, 1)]
    [InlineData("layers/0/conv/kernel", new long[] { 3, 3, 4, 6 }, 36, 6, 6, 4, 1)]
    [InlineData("layers.0.deconv.weight", new long[] { 4, 6, 3, 3 }, 36, 6, 4, 6, 1)]
    [InlineData("layers/0/conv2d_transpose/kernel", new long[] { 3, 3, 6, 4 }, 36, 6, 4, 6, 1)]
    [InlineData("layers.0.dwconv.weight", new long[] { 6, 1, 3, 3 }, 6, 9, 1, 1, 6)]
    [InlineData("layers/0/depthwise_conv2d/depthwise_kernel", new long[] { 3, 3, 6, 2 }, 9, 12, 2, 1, 6)]
    [InlineData("features.0.weight", new long[] { 6, 1, 3, 3 }, 6, 9, 6, 1, 1)]
    public void A_kernel_is_laid_out_by_its_name(string name, long[] shape, int rows, int columns, int outputs, int inputs, int groups)
    {
        var model = MemoryTensor.Model(null, Kernel(name, shape));
        var flat = Assert.Single(WeightTable.Of(model));
        Assert.Equal((rows, columns), (flat.Rows, flat.Columns));
        Assert.Equal(groups > 1, flat.Description.IsDepthwise);
        var operation = Assert.Single(WeightTable.Of(model, new() { Convolutions = ConvolutionMode.Fourier }));
        Assert.Equal((outputs, inputs, outputs, inputs, groups), (operation.Rows, operation.Columns, operation.Kernel!.Outputs, operation.Kernel.Inputs, operation.Kernel.Groups));
    }

    /// <summary>One kernel with a single input channel may be a network's first; several are depthwise.</summary>
    [Fact]
    public void Several_kernels_with_one_input_channel_are_depthwise()
    {
        var table = WeightTable.Of(MemoryTensor.Model(null, Kernel("a.weight", 6, 1, 3, 3), Kernel("b.weight", 4, 6, 1, 1), Kernel("c.weight", 4, 1, 3, 3)));
        Assert.Equal([true, false, true], table.Select(row => row.Description.IsDepthwise));
    }

    /// <summary>The sum of all eigenvalues of the operator is the sum of squares of the kernel, once for each place of the grid (Parseval).</summary>
    [Theory]
    [InlineData("layers.0.conv.weight", new long[] { 6, 4, 3, 3 }, 64 * 4)]
    [InlineData("layers/0/conv/kernel", new long[] { 3, 3, 4, 6 }, 64 * 4)]
    [InlineData("layers.0.deconv.weight", new long[] { 4, 6, 3, 3 }, 64 * 4)]
    [InlineData("layers.0.dwconv.weight", new long[] { 6, 1, 9 }, 9 * 6)]
    [InlineData("layers/0/depthwise_conv2d/depthwise_kernel", new long[] { 3, 3, 6, 2 }, 64 * 6)]
    public void The_operator_has_as_many_singular_values_as_its_map(string name, long[] shape, int count)
    {
        var tensor = Kernel(name, shape);
        var layer = Analyze(tensor);
        Assert.Equal(count, layer.Spectrum!.Eigenvalues.Count);
        var squares = Numpy.StoredValues.Of(tensor).Sum(value => value * value);
        var places = shape.Length == 3 ? 9 : 64;
        Assert.InRange(layer.Spectrum.Norm / (places * squares), 1 - 1e-13, 1 + 1e-13);
    }

    /// <summary>The same kernel as torch stores it and as Keras does, and its transpose: the same operator.</summary>
    [Fact]
    public void The_operator_does_not_depend_on_how_it_is_stored()
    {
        var values = new LinearAlgebra.Draws(5).Normals(6 * 4 * 3).Select(x => (float)x).ToArray();
        float At(int o, int i, int k) => values[(((o * 4) + i) * 3) + k];
        var torch = Analyze(MemoryTensor.F32("x.conv.weight", [6, 4, 3], values));
        var keras = Analyze(MemoryTensor.F32("x/conv/kernel", [3, 4, 6], [.. Enumerable.Range(0, 72).Select(k => At(k % 6, k / 6 % 4, k / 24))]));
        var transposed = Analyze(MemoryTensor.F32("x.deconv.weight", [6, 4, 3], values));
        Assert.Equal(torch.Spectrum!.Eigenvalues, keras.Spectrum!.Eigenvalues);
        Assert.Equal(torch.Spectrum.Eigenvalues, transposed.Spectrum!.Eigenvalues);
    }

    [Theory]
    [InlineData("x.conv.weight", "[1, 2, 0, 1]")]
    [InlineData("x/conv/kernel", "[1, 2, 0, 1]")]
    public void A_weight_that_is_no_number_is_named_by_its_place_in_the_tensor(string name, string index)
    {
        var layer = Analyze(Analysis.Layers.With(name, (((((1 * 4) + 2) * 2) + 0) * 3) + 1, float.NaN, 3, 4, 2, 3));
        Assert.Equal((LayerStatus.Failed, $"the weight at {index} is NaN"), (layer.Status, layer.Reason));
    }

    [Fact]
    public void Shuffled_kernels_are_operators_too()
    {
        var options = Analysis.Layers.Options with { Convolutions = ConvolutionMode.Fourier, Shuffles = 2 };
        using var model = MemoryTensor.Model(null, Kernel("x.conv.weight", 6, 4, 3, 3));
        var layer = Assert.Single(ModelAnalysis.Of(model, options, cancellation: TestContext.Current.CancellationToken).Layers);
        Assert.Equal([64 * 4, 64 * 4], layer.Spectrum!.Controls.Select(control => control.Eigenvalues.Count));
        Assert.All(layer.Spectrum.Controls, control => Assert.InRange(control.Eigenvalues.Sum() / layer.Spectrum.Norm, 1 - 1e-13, 1 + 1e-13));
    }

    private static LayerAnalysis Analyze(Tensor tensor)
    {
        var options = Analysis.Layers.Options with { Convolutions = ConvolutionMode.Fourier };
        return Assert.Single(ModelAnalysis.Of(MemoryTensor.Model(null, tensor), options, cancellation: TestContext.Current.CancellationToken).Layers);
    }

    private static Tensor Kernel(string name, params long[] shape) => Analysis.Layers.Normal(name, shape);
}
