namespace Eigenscope.Models.Layers;

/// <summary>
/// In which order a weight stores its output and input axes. A convolution adds its window axes: after both for
/// <see cref="OutIn"/> (PyTorch, ONNX: out, in, k...), before both for <see cref="InOut"/> (Keras, Flax: k..., in, out).
/// </summary>
public enum Orientation
{
    /// <summary>[out, in], as torch.nn.Linear stores: y = W x.</summary>
    OutIn,

    /// <summary>[in, out], as GPT-2's Conv1D, Keras kernels and embedding tables (a row per input token) store: y = x W.</summary>
    InOut,

    /// <summary>The name does not tell.</summary>
    Unknown,
}
