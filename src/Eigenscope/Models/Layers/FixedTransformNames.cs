namespace Eigenscope.Models.Layers;

/// <summary>Tensors that their name tells to be computed and not learned: bases of transforms, filter banks.</summary>
internal static class FixedTransformNames
{
    private const string Fourier = "the basis of a short-time Fourier transform";
    private const string ConstantQ = "the basis of a constant-Q transform";
    private const string Mel = "a mel filter bank";

    private static readonly Dictionary<string, string> BySegment = new(StringComparer.Ordinal)
    {
        ["forward_basis_buffer"] = Fourier,
        ["forward_basis"] = Fourier,
        ["inverse_basis_buffer"] = Fourier,
        ["inverse_basis"] = Fourier,
        ["stft"] = Fourier,
        ["istft"] = Fourier,
        ["stft_conv"] = Fourier,
        ["wcos"] = Fourier,
        ["wsin"] = Fourier,
        ["cqt_kernels_real"] = ConstantQ,
        ["cqt_kernels_imag"] = ConstantQ,
        ["mel_basis"] = Mel,
        ["mel_fb"] = Mel,
        ["mel_filters"] = Mel,
        ["melscale_fbanks"] = Mel,
        ["dct_mat"] = "the basis of a cosine transform",
    };

    /// <summary>What the tensor is; null where no segment of its name tells.</summary>
    public static string? Of(TensorPath path) => path.Segments.Select(segment => BySegment.GetValueOrDefault(segment)).FirstOrDefault(found => found is not null);
}
