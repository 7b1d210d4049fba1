namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>Convolutional networks.</summary>
internal static class ConvolutionNames
{
    public const string Table =
        """
        # ConvNeXt
        stem.0.weight | 96x3x4x4 | convolution 0 conv2d OutIn
        stages.0.blocks.0.conv_dw.weight | 96x1x7x7 | convolution 0 conv2d OutIn
        stages.0.blocks.0.mlp.fc1.weight | 384x96 | mlp_up 0 dense OutIn
        stages.0.blocks.0.mlp.grn.weight | 384 | norm 0
        stages.0.blocks.0.gamma | 96 | other 0 vector
        stages.1.downsample.1.weight | 192x96x2x2 | convolution 1 conv2d OutIn
        head.fc.weight | 1000x768 | other - dense OutIn
        downsample_layers.1.1.weight | 192x96x2x2 | convolution 1 conv2d OutIn
        stages.0.0.dwconv.weight | 96x1x7x7 | convolution 0 conv2d OutIn
        stages.0.0.pwconv1.weight | 384x96 | mlp_up 0 dense OutIn
        stages.0.0.pwconv2.weight | 96x384 | mlp_down 0 dense OutIn
        stages.0.0.grn.gamma | 1x1x1x384 | norm 0
        convnextv2.encoder.stages.0.layers.2.pwconv1.weight | 384x96 | mlp_up 0 dense OutIn
        convnextv2.encoder.stages.0.layers.2.grn.weight | 1x1x1x384 | norm 0
        convnext.encoder.stages.0.layers.0.layer_scale_parameter | 96 | other 0 vector
        features.1.0.block.0.weight | 96x1x7x7 | convolution 1 conv2d OutIn
        features.1.0.layer_scale | 96x1x1 | other 1 vector
        # ResNet, RegNet, SENet
        layer4.2.bn3.weight | 2048 | norm 2
        layer1.0.conv2.weight | 64x64x3x3 | convolution 0 conv2d OutIn
        resnet.encoder.stages.0.layers.1.layer.2.convolution.weight | 256x64x1x1 | convolution 0 conv2d OutIn
        resnet.encoder.stages.0.layers.1.layer.2.normalization.running_mean | 256 | norm 0 norm | a batch normalisation statistic
        layer1.0.se_module.fc1.weight | 16x256x1x1 | convolution 0 conv2d OutIn
        trunk_output.block1.block1-0.f.se.fc1.weight | 8x48x1x1 | convolution - conv2d OutIn
        trunk_output.block1.block1-0.f.a.0.weight | 48x32x1x1 | convolution 0 conv2d OutIn
        # EfficientNet, MobileNet
        conv_stem.weight | 32x3x3x3 | convolution - conv2d OutIn
        blocks.1.0.conv_pw.weight | 96x16x1x1 | convolution 1 conv2d OutIn
        blocks.1.0.conv_dw.weight | 96x1x3x3 | convolution 1 conv2d OutIn
        blocks.1.0.se.conv_reduce.weight | 4x96x1x1 | convolution 1 conv2d OutIn
        features.1.0.block.0.0.weight | 32x1x3x3 | convolution 1 conv2d OutIn
        features.1.0.block.1.fc1.weight | 8x32x1x1 | convolution 1 conv2d OutIn
        features.4.block.2.fc2.weight | 72x24x1x1 | convolution 4 conv2d OutIn
        features.1.conv.0.0.weight | 32x1x3x3 | convolution 1 conv2d OutIn
        _blocks.0._depthwise_conv.weight | 32x1x3x3 | convolution 0 conv2d OutIn
        _blocks.0._bn0.running_var | 32 | norm 0 norm | a batch normalisation statistic
        _conv_head.weight | 1280x320x1x1 | convolution - conv2d OutIn
        _fc.weight | 1000x1280 | other - dense OutIn
        # VGG, DenseNet
        features.0.weight | 64x3x3x3 | convolution 0 conv2d OutIn
        classifier.0.weight | 4096x25088 | other 0 dense OutIn
        features.denseblock1.denselayer1.conv1.weight | 128x64x1x1 | convolution - conv2d OutIn
        features.denseblock1.denselayer1.norm1.weight | 64 | norm -
        features.denseblock1.denselayer1.norm.1.weight | 64 | norm 1
        features.norm5.running_mean | 1024 | norm - norm | a batch normalisation statistic
        # U-Net
        inc.double_conv.0.weight | 64x3x3x3 | convolution 0 conv2d OutIn
        down1.maxpool_conv.1.double_conv.0.weight | 128x64x3x3 | convolution 1 conv2d OutIn
        up1.up.weight | 1024x512x2x2 | convolution - conv2d InOut
        up1.conv.double_conv.0.weight | 512x1024x3x3 | convolution 0 conv2d OutIn
        upconv4.weight | 512x256x2x2 | convolution - conv2d InOut
        encoder.stages.0.0.convs.0.conv.weight | 32x1x3x3x3 | convolution 0 conv3d OutIn
        decoder.transpconvs.0.weight | 320x320x2x2 | convolution 0 conv2d InOut
        # YOLO
        model.0.conv.weight | 16x3x3x3 | convolution 0 conv2d OutIn
        model.2.m.0.cv1.conv.weight | 16x16x3x3 | convolution 2 conv2d OutIn
        model.22.cv2.0.2.weight | 64x64x1x1 | convolution 22 conv2d OutIn
        model.22.dfl.conv.weight | 1x16x1x1 | other 22 vector
        model.24.anchors | 3x3x2 | other 24 other | anchor boxes, a fixed buffer
        model.10.m.0.attn.qkv.conv.weight | 512x256x1x1 | convolution 10 conv2d OutIn
        """;
}
