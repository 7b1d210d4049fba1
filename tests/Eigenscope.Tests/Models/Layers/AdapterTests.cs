using System.Runtime.InteropServices;
using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Spectra;
using Xunit;

namespace Eigenscope.Tests.Models.Layers;

/// <summary>Adapters in a folder, as PEFT, kohya and others write them.</summary>
public sealed class AdapterTests
{
    private const int Outputs = 60;
    private const int Inputs = 40;

    /// <summary>Rank, the configuration, and what the product is multiplied by.</summary>
    public static TheoryData<int, string?, double> Configurations => new()
    {
        { 4, null, 1 },
        { 4, """{"lora_alpha": 16, "r": 4}""", 4 },
        { 16, """{"lora_alpha": 16, "use_rslora": true}""", 4 },
        { 4, """{"lora_alpha": 16, "alpha_pattern": {"q_proj": 2}}""", 0.5 },
        { 4, """{"lora_alpha": 16, "alpha_pattern": {"v_proj": 2, "proj": 3}}""", 4 },
        { 1, """{"lora_alpha": 3}""", 3 },
        { 4, "not json", 1 },
        { 4, """{"lora_alpha": "much"}""", 1 },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_product_is_analysed_with_its_scale(int rank, string? config, double scale)
    {
        const string Stem = "base_model.model.model.layers.3.self_attn.q_proj";
        var (a, b) = (Matrices.Normal(rank, Inputs, 1), Matrices.Normal(Outputs, rank, 2));
        var rows = Rows(config, ($"{Stem}.lora_A.weight", a), ($"{Stem}.lora_B.weight", b));
        Assert.Equal([LayerStatus.Skipped, LayerStatus.Skipped, LayerStatus.Analyzed], rows.Select(row => row.Status));
        var product = rows[2];
        Assert.Equal(($"{Stem}.lora_BA.weight", Role.AttentionQuery, 3, LayerKind.LowRank), (product.Layer.Name, product.Layer.Role, product.Layer.Description.Block, product.Layer.Description.Kind));
        Assert.Equal((Outputs, Inputs), (product.Layer.Rows, product.Layer.Columns));
        HasSpectrumOf(product, a, b, scale);
        Assert.Null(product["bulk_sigma"]);
        Assert.DoesNotContain(product.Warnings, warning => warning.StartsWith("no-bulk", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lora_unet_mid.lora_down.weight", "lora_unet_mid.lora_up.weight", "lora_unet_mid.lora_up·down.weight")]
    [InlineData("unet:7:down", "unet:7:up", "unet:7:up·down")]
    [InlineData("to_q.lora.down.weight", "to_q.lora.up.weight", "to_q.lora.up·down.weight")]
    public void Other_names_of_factors(string down, string up, string name)
    {
        var (a, b) = (Matrices.Normal(3, Inputs, 1), Matrices.Normal(Outputs, 3, 2));
        var product = Assert.Single(Rows(null, (down, a), (up, b)), row => row.Status == LayerStatus.Analyzed);
        Assert.Equal(name, product.Layer.Name);
        HasSpectrumOf(product, a, b, 1);
    }

    /// <summary>kohya stores alpha beside the factors, before any configuration.</summary>
    [Fact]
    public void Alpha_beside_the_factors()
    {
        var (a, b) = (Matrices.Normal(4, Inputs, 1), Matrices.Normal(Outputs, 4, 2));
        var rows = Rows("""{"lora_alpha": 99}""", ("m.lora_down.weight", a), ("m.lora_up.weight", b), ("m.alpha", new DenseMatrix(1, 1, [2])));
        HasSpectrumOf(Assert.Single(rows, row => row.Status == LayerStatus.Analyzed), a, b, 0.5);
    }

    [Fact]
    public void A_factor_without_its_twin_is_a_matrix() =>
        Assert.Equal(LayerStatus.Analyzed, Assert.Single(Rows(null, ("m.lora_A.weight", Matrices.Normal(4, Inputs, 1)))).Status);

    [Fact]
    public void Factors_that_do_not_fit_are_matrices() =>
        Assert.All(Rows(null, ("m.lora_A.weight", Matrices.Normal(4, Inputs, 1)), ("m.lora_B.weight", Matrices.Normal(Outputs, 5, 2))), row => Assert.Equal(LayerStatus.Analyzed, row.Status));

    private static void HasSpectrumOf(LayerAnalysis layer, DenseMatrix a, DenseMatrix b, double scale)
    {
        var product = Matrices.Of(Outputs, Inputs, (i, j) => scale * Enumerable.Range(0, a.Rows).Sum(k => (float)b[i, k] * (double)(float)a[k, j]));
        var expected = Accuracy.Of(product, SpectrumRoute.Accurate).SingularValues.TakeLast(a.Rows).ToList();
        Accuracy.Near(expected, layer.Spectrum!.SingularValues, 1e-7 * expected[^1]);
    }

    private static IReadOnlyList<LayerAnalysis> Rows(string? config, params (string Name, DenseMatrix Values)[] tensors)
    {
        using var folder = new TemporaryFolder();
        if (config is not null)
        {
            folder.Write("adapter_config.json", config);
        }

        folder.Write("adapter_model.safetensors", SafeTensors(tensors));
        using var model = Model.Open(folder.Path);
        return ModelAnalysis.Of(model, new AnalysisOptions { Threads = 1, Shuffles = 1 }, null, CancellationToken.None).Layers;
    }

    private static byte[] SafeTensors((string Name, DenseMatrix Values)[] tensors)
    {
        var (header, data) = (new Dictionary<string, object>(), new List<byte>());
        foreach (var (name, w) in tensors)
        {
            var bytes = MemoryMarshal.AsBytes<float>([.. Enumerable.Range(0, w.Rows * w.Columns).Select(k => (float)w[k / w.Columns, k % w.Columns])]).ToArray();
            header[name] = new { dtype = "F32", shape = w.Rows == 1 && w.Columns == 1 ? Array.Empty<int>() : [w.Rows, w.Columns], data_offsets = new[] { data.Count, data.Count + bytes.Length } };
            data.AddRange(bytes);
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. data];
    }
}
