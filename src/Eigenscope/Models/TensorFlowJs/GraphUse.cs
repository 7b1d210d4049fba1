using Eigenscope.Models.Layers;

namespace Eigenscope.Models.TensorFlowJs;

/// <summary>An operation of TensorFlow that takes a weight.</summary>
/// <param name="Name">Its name, such as <c>Conv2D</c>.</param>
/// <param name="IsTransposed">True for a product with the transpose of the weight.</param>
internal readonly record struct GraphUse(string Name, bool IsTransposed)
{
    /// <summary>In which order the weight stores inputs and outputs; null where the operation does not tell.</summary>
    public Orientation? Orientation => Name switch
    {
        "Conv2DBackpropInput" => null,
        "DepthwiseConv2dNative" or "FusedDepthwiseConv2dNative" => Layers.Orientation.Unknown,
        _ => IsTransposed ? Layers.Orientation.OutIn : Layers.Orientation.InOut,
    };
}
