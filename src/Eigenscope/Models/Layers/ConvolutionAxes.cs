namespace Eigenscope.Models.Layers;

/// <summary>What each axis of a convolution kernel is.</summary>
/// <param name="Outputs">The axes of output channels; two for a depthwise kernel of TensorFlow, channels and their multiplier.</param>
/// <param name="Inputs">The axis of input channels; none for a depthwise kernel of TensorFlow.</param>
/// <param name="Window">The axes of the window.</param>
/// <param name="Groups">Into how many groups the channels are divided: each output sees the inputs of its own alone.</param>
/// <param name="IsTransposed">True for the transpose of a convolution.</param>
internal sealed record ConvolutionAxes(int[] Outputs, int[] Inputs, int[] Window, long Groups, bool IsTransposed)
{
    /// <summary>How a segment names the transpose of a convolution.</summary>
    private static readonly string[] TransposedWords =
        ["deconv", "convtr", "conv_transpose", "conv1d_transpose", "conv2d_transpose", "conv3d_transpose", "transpconv", "upconv", "up_conv", "upscale_conv"];

    /// <summary>Modules that hold such a convolution, though other networks use the words: nothing but a convolution stands there.</summary>
    private static readonly HashSet<string> Upsampling = ["up", "ups", "output_upscaling"];

    private static readonly string[] DepthwiseWords = ["depthwise", "dwconv", "dw_conv", "conv_dw"];

    /// <summary>True where each channel has filters of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Inputs.Length == 0;

    /// <summary>In which order outputs and inputs are stored.</summary>
    public Orientation Orientation => Inputs.Length == 0 || Outputs[0] < Inputs[0] ? Orientation.OutIn : Orientation.InOut;

    /// <summary>True where the axis of inputs is stored before those of the window.</summary>
    public bool InputsFirst => Inputs.Length > 0 && (Window.Length == 0 || Inputs[0] < Window[0]);

    /// <summary>The axes of a kernel of three axes or more.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="use">What its file's graph tells of it.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="context">Its model.</param>
    public static ConvolutionAxes Of(TensorPath path, TensorUse? use, IReadOnlyList<long> shape, ModelContext context)
    {
        var rank = shape.Count;
        var windowFirst = use?.WindowFirst ?? (path.Leaf.StartsWith("depthwise_", StringComparison.Ordinal) || WeightOrientation.OfParameter(path.Leaf) == Orientation.InOut);
        var (first, second) = windowFirst ? (rank - 2, rank - 1) : (0, 1);
        int[] window = [.. Enumerable.Range(0, rank).Where(axis => axis != first && axis != second)];
        var transposed = use?.Operation == WeightOperation.TransposedConvolution || (use is null && (Upsampling.Contains(path.NamedModule) || IsNamed(path, TransposedWords)));
        if (windowFirst && (use is { } stated ? stated.Operation == WeightOperation.DepthwiseConvolution : IsNamed(path, DepthwiseWords) && path.Leaf != "pointwise_kernel"))
        {
            return new([first, second], [], window, shape[first], false);
        }

        if (!windowFirst && shape[1] == 1 && (use is { Groups: > 1 } || (use is null && (IsNamed(path, DepthwiseWords) || context.IsDepthwise(shape)))))
        {
            return new([0, 1], [], window, use?.Groups ?? shape[0], transposed);
        }

        var (output, input) = windowFirst == transposed ? (first, second) : (second, first);
        return new([output], [input], window, Math.Max(1, use?.Groups ?? 1), transposed);
    }

    private static bool IsNamed(TensorPath path, string[] words) =>
        Array.Exists(words, word => path.NamedModule.StartsWith(word, StringComparison.Ordinal) || path.NamedModule.EndsWith(word, StringComparison.Ordinal) || path.Leaf.StartsWith(word, StringComparison.Ordinal));
}
