namespace Eigenscope.Models.Gguf;

/// <summary>The table of tensor types: a row each. Sizes and numbers are those of ggml.h and ggml-common.h.</summary>
internal static class GgmlTypes
{
    private const string Grid = "a codebook type";
    private const string Ternary = "a binary or ternary type";
    private const string Removed = "a type that ggml has removed";
    private const string Transient = "a type of intermediate results";

    private static readonly Dictionary<uint, GgmlType> ById = new GgmlType[]
    {
        Plain(0, DType.F32),
        Plain(1, DType.F16),
        Decoded(2, "Q4_0", 32, 18, 4, SimpleBlocks.Q4_0),
        Decoded(3, "Q4_1", 32, 20, 4, SimpleBlocks.Q4_1),
        Listed(4, "Q4_2", 16, 10, Removed),
        Listed(5, "Q4_3", 16, 12, Removed),
        Decoded(6, "Q5_0", 32, 22, 5, SimpleBlocks.Q5_0),
        Decoded(7, "Q5_1", 32, 24, 5, SimpleBlocks.Q5_1),
        Decoded(8, "Q8_0", 32, 34, 8, SimpleBlocks.Q8_0),
        Listed(9, "Q8_1", 32, 36, Transient),
        Decoded(10, "Q2_K", 256, 84, 2, SuperBlocks.Q2_K),
        Decoded(11, "Q3_K", 256, 110, 3, SuperBlocks.Q3_K),
        Decoded(12, "Q4_K", 256, 144, 4, SuperBlocks.Q4_K),
        Decoded(13, "Q5_K", 256, 176, 5, SuperBlocks.Q5_K),
        Decoded(14, "Q6_K", 256, 210, 6, SuperBlocks.Q6_K),
        Listed(15, "Q8_K", 256, 292, Transient),
        Listed(16, "IQ2_XXS", 256, 66, Grid),
        Listed(17, "IQ2_XS", 256, 74, Grid),
        Listed(18, "IQ3_XXS", 256, 98, Grid),
        Listed(19, "IQ1_S", 256, 50, Grid),
        Decoded(20, "IQ4_NL", 32, 18, 4, CodeBlocks.IQ4_NL),
        Listed(21, "IQ3_S", 256, 110, Grid),
        Listed(22, "IQ2_S", 256, 82, Grid),
        Decoded(23, "IQ4_XS", 256, 136, 4, CodeBlocks.IQ4_XS),
        Plain(24, DType.I8),
        Plain(25, DType.I16),
        Plain(26, DType.I32),
        Plain(27, DType.I64),
        Plain(28, DType.F64),
        Listed(29, "IQ1_M", 256, 56, Grid),
        Plain(30, DType.BF16),
        Listed(31, "Q4_0_4_4", 32, 18, Removed),
        Listed(32, "Q4_0_4_8", 32, 18, Removed),
        Listed(33, "Q4_0_8_8", 32, 18, Removed),
        Listed(34, "TQ1_0", 256, 54, Ternary),
        Listed(35, "TQ2_0", 256, 66, Ternary),
        Listed(36, "IQ4_NL_4_4", 32, 18, Removed),
        Listed(37, "IQ4_NL_4_8", 32, 18, Removed),
        Listed(38, "IQ4_NL_8_8", 32, 18, Removed),
        Decoded(39, "MXFP4", 32, 17, 4, CodeBlocks.MXFP4),
        Decoded(40, "NVFP4", 64, 36, 4, CodeBlocks.NVFP4),
        Listed(41, "Q1_0", 128, 18, Ternary),
        Listed(42, "Q2_0", 64, 18, Ternary),
    }.ToDictionary(type => type.Id);

    /// <summary>Every row, in the order of the numbers.</summary>
    public static IEnumerable<GgmlType> All => ById.Values;

    /// <summary>The type of a number; null where ggml has none.</summary>
    public static GgmlType? Find(uint id) => ById.GetValueOrDefault(id);

    private static GgmlType Plain(uint id, DType type) => new(id, type.Name(), 1, type, null);

    private static GgmlType Decoded(uint id, string name, int elements, int bytes, int bits, BlockDecoder decode) =>
        new(id, name, elements, DType.F32, new GgmlQuantization(name, elements, bytes, bits, decode));

    private static GgmlType Listed(uint id, string name, int elements, int bytes, string kind) =>
        new(id, name, elements, DType.F32, new ListedQuantization(name, elements, bytes, kind));
}
