using System.Text;
using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Metrics;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Reports;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Reports;

public sealed class ReportTests
{
    private const string Document =
        """
        {
          "schema": "eigenscope/analysis/1",
          "tool": {
            "name": "eigenscope",
            "version": "VERSION"
          },
          "model": {
            "path": "my \"model\", v1.safetensors",
            "format": "safetensors",
            "architecture": "GPT2LMHeadModel",
            "parameters": 20,
            "bytes": 80,
            "fingerprint": "FINGERPRINT"
          },
          "settings": {
            "compat": null,
            "route": "automatic",
            "solver": "own",
            "conv": "flatten",
            "pool": true,
            "conv_grid": null,
            "split": null,
            "heads": null,
            "key_value_heads": null,
            "xmin": "ks",
            "xmax": "none",
            "tpl": false,
            "farms": false,
            "clip_xmax": false,
            "layers": [
              "h.*"
            ],
            "exclude": [],
            "role": [
              "mlp",
              "attention"
            ],
            "randomize": 2,
            "vectors": false,
            "bootstrap": 0,
            "quasi_null": false,
            "seed": 7
          },
          "layers": [
            {
              "id": 0,
              "name": "h.3.mlp.c_fc.weight",
              "tensor": "h.3.mlp.c_fc.weight",
              "role": "mlp_up",
              "block": 3,
              "kind": "dense",
              "dtype": "F32",
              "rows": 2,
              "cols": 4,
              "status": "analyzed",
              "reason": null,
              "metrics": {
                "alpha": 0.1,
                "stable_rank": 5E-324,
                "N": 4,
                "xmin": null
              },
              "warnings": [
                "over-trained",
                "no-fit: é, \"x\""
              ],
              "phase": null,
              "tail_law": null,
              "verdict": null,
              "verdict_reason": null,
              "spectrum": {
                "route": "gram",
                "floor": 0
              },
              "eigenvalues": [
                0,
                0
              ]
            },
            {
              "id": 1,
              "name": "h.3.mlp.c_proj.weight:q",
              "tensor": "h.3.mlp.c_proj.weight",
              "part_of": "h.3.mlp.c_proj.weight",
              "role": "mlp_down",
              "block": 3,
              "kind": "dense",
              "dtype": "F32",
              "rows": 4,
              "cols": 2,
              "status": "failed",
              "reason": "the weight at [0, 0] is NaN",
              "metrics": {},
              "warnings": []
            },
            {
              "id": 2,
              "name": "ln_f.weight",
              "tensor": "ln_f.weight",
              "role": "norm",
              "block": null,
              "kind": "norm",
              "dtype": "F32",
              "rows": null,
              "cols": null,
              "status": "skipped",
              "reason": "a normalisation weight",
              "metrics": {},
              "warnings": []
            }
          ],
          "summary": {
            "layers_analyzed": 1,
            "layers_skipped": 1,
            "layers_failed": 1,
            "over_trained": 1,
            "under_trained": 0,
            "few_eigenvalues": 0,
            "alpha": 0.1,
            "alpha_layers": 1,
            "D": null,
            "D_layers": 0
          }
        }

        """;

    [Fact]
    public void A_small_model_as_JSON()
    {
        var analysis = Small();
        Assert.Equal(Golden(Document, analysis), Encoding.UTF8.GetString(JsonReport.Of([analysis])));
    }

    [Fact]
    public void Several_models_are_an_array_of_documents()
    {
        using var json = JsonDocument.Parse(JsonReport.Of([Small(), Small()]));
        Assert.Equal(["eigenscope/analysis/1", "eigenscope/analysis/1"], json.RootElement.EnumerateArray().Select(item => item.GetProperty("schema").GetString()));
    }

    [Fact]
    public void Eigenvalues_are_left_out_unless_wanted()
    {
        var analysis = Small();
        analysis = analysis with { Options = analysis.Options with { KeepEigenvalues = false } };
        Assert.DoesNotContain("\"eigenvalues\"", Encoding.UTF8.GetString(JsonReport.Of([analysis])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_model_as_CSV()
    {
        var metrics = MetricTable.For(false, MetricScope.Randomized).Select(metric => metric.Name).ToList();
        string Cells(params (string Name, string Value)[] values) => string.Join(',', metrics.Select(name => values.FirstOrDefault(value => value.Name == name).Value));
        Assert.Equal(
            $""""
            model,id,name,tensor,part_of,role,block,kind,dtype,rows,cols,status,reason,{string.Join(',', metrics)},phase,tail_law,verdict,verdict_reason,warning,warnings
            "my ""model"", v1.safetensors",0,h.3.mlp.c_fc.weight,h.3.mlp.c_fc.weight,,mlp_up,3,dense,F32,2,4,analyzed,,{Cells(("alpha", "0.1"), ("stable_rank", "5E-324"), ("N", "4"))},,,,,over-trained,"over-trained; no-fit: é, ""x"""
            "my ""model"", v1.safetensors",1,h.3.mlp.c_proj.weight:q,h.3.mlp.c_proj.weight,h.3.mlp.c_proj.weight,mlp_down,3,dense,F32,4,2,failed,"the weight at [0, 0] is NaN",{Cells()},,,,,,
            "my ""model"", v1.safetensors",2,ln_f.weight,ln_f.weight,,norm,,norm,F32,,,skipped,a normalisation weight,{Cells()},,,,,,

            """",
            Encoding.UTF8.GetString(CsvReport.Of([Small()])));
    }

    [Fact]
    public void Several_models_are_rows_under_one_header()
    {
        var lines = Encoding.UTF8.GetString(CsvReport.Of([Small(), Small()])).Split('\n');
        Assert.Equal(8, lines.Length);
        Assert.Equal(lines[1..4], lines[4..7]);
        Assert.Equal("", lines[7]);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("plain text", "plain text")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a\rb", "\"a\rb\"")]
    [InlineData(" a;b\t", " a;b\t")]
    public void Fields_are_quoted_where_they_must_be(string? field, string text) =>
        Assert.Equal($"x,{text}\n{text}\n", Encoding.UTF8.GetString(CsvReport.Table([["x", field], [field]])));

    /// <summary>Every number in a document reads back as the float64 that it was.</summary>
    [Fact]
    public void Numbers_round_trip()
    {
        var model = MemoryTensor.Model(null, [.. Enumerable.Range(0, 5).Select(i => Analysis.Layers.Normal($"layers.{i}.mlp.fc1.weight", 9 + i, 7))]);
        var analysis = ModelAnalysis.Of(model, Analysis.Layers.Options, null, CancellationToken.None);
        using var json = JsonDocument.Parse(JsonReport.Of([analysis]));
        var rows = Encoding.UTF8.GetString(CsvReport.Of([analysis])).Split('\n');
        var header = rows[0].Split(',').ToList();
        foreach (var (layer, i) in json.RootElement.GetProperty("layers").EnumerateArray().Select((layer, i) => (layer, i)))
        {
            foreach (var (name, value) in analysis.Layers[i].Metrics)
            {
                var element = layer.GetProperty("metrics").GetProperty(name);
                Assert.Equal(value, element.ValueKind == JsonValueKind.Null ? null : element.GetDouble());
                var cell = rows[i + 1].Split(',')[header.IndexOf(name)];
                Assert.Equal(value, cell.Length == 0 ? null : double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public void An_inspection_as_CSV()
    {
        var table = WeightTable.Of(Model(), new() { CompareValues = false });
        Assert.Equal(
            """
            id,name,tensor,part_of,role,block,kind,orientation,dtype,shape,rows,cols,skip_reason
            0,h.3.mlp.c_fc.weight,h.3.mlp.c_fc.weight,,mlp_up,3,dense,in_out,F32,2x4,2,4,
            1,h.3.mlp.c_proj.weight,h.3.mlp.c_proj.weight,,mlp_down,3,dense,in_out,F32,4x2,4,2,
            2,ln_f.weight,ln_f.weight,,norm,,norm,unknown,F32,4,,,a normalisation weight

            """,
            Encoding.UTF8.GetString(InspectionReport.Csv(table)));
    }

    [Fact]
    public void An_inspection_as_JSON()
    {
        var model = Model();
        using var json = JsonDocument.Parse(InspectionReport.Json(model, WeightTable.Of(model)));
        Assert.Equal(["schema", "tool", "model", "layers"], json.RootElement.EnumerateObject().Select(item => item.Name));
        Assert.Equal("eigenscope/inspection/1", json.RootElement.GetProperty("schema").GetString());
        var first = json.RootElement.GetProperty("layers")[0];
        Assert.Equal(
            """{"id":0,"name":"h.3.mlp.c_fc.weight","tensor":"h.3.mlp.c_fc.weight","role":"mlp_up","block":3,"kind":"dense","dtype":"F32","rows":2,"cols":4,"orientation":"in_out","shape":[2,4],"skip_reason":null}""",
            JsonSerializer.Serialize(first));
    }

    private static string Golden(string text, ModelAnalysis analysis) => text
        .Replace("VERSION", JsonReport.Version, StringComparison.Ordinal)
        .Replace("FINGERPRINT", analysis.Model.Fingerprint, StringComparison.Ordinal);

    private static Model Model()
    {
        var bytes = new MemoryBytes(new byte[80]);
        Tensor[] tensors =
        [
            new("h.3.mlp.c_fc.weight", DType.F32, [2, 4], bytes, 0),
            new("h.3.mlp.c_proj.weight", DType.F32, [4, 2], bytes, 32),
            new("ln_f.weight", DType.F32, [4], bytes, 64),
        ];
        return new Model("my \"model\", v1.safetensors", "safetensors", new ModelTraits("GPT2LMHeadModel"), [bytes], tensors);
    }

    private static ModelAnalysis Small()
    {
        var model = Model();
        var rows = WeightTable.Of(model, new() { CompareValues = false });
        var zero = Spectrum.Of(Matrices.Of(2, 4, (i, j) => 0), SpectrumRoute.Gram);
        LayerAnalysis[] layers =
        [
            Analysis.Layers.Analyzed(rows[0], ("alpha", 0.1), ("stable_rank", double.Epsilon), ("N", 4), ("xmin", null)) with
            {
                Warnings = ["over-trained", "no-fit: é, \"x\""],
                Spectrum = new LayerSpectrum([zero], 4, 2, 1e-7, 0),
            },
            LayerAnalysis.Failed(rows[1] with { Name = rows[1].Name + ":q", PartOf = rows[1].Name }, "the weight at [0, 0] is NaN"),
            LayerAnalysis.Skipped(rows[2], "a normalisation weight"),
        ];
        var options = new AnalysisOptions { KeepEigenvalues = true, Shuffles = 2, Seed = 7, Filter = new LayerFilter(["h.*"], [], ["mlp", "attention"]) };
        return new ModelAnalysis(model, options, layers, new ModelSummary(1, 1, 1, 1, 0, 0, [new SummaryMetric("alpha", 0.1, 1), new SummaryMetric("D", null, 0)]));
    }
}
