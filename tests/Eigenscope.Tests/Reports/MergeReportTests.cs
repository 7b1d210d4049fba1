using System.Text;
using System.Text.Json;
using Eigenscope.Reports;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Reports;

public sealed class MergeReportTests
{
    private const string Document =
        """
        {
          "schema": "eigenscope/merge/1",
          "tool": {
            "name": "eigenscope",
            "version": "VERSION"
          },
          "settings": {
            "merge_method": "task_arithmetic",
            "seed": 7,
            "rounding": "stochastic",
            "spectra": "exact",
            "recipe": "merge_method: task_arithmetic\nmodels: # é\n"
          },
          "models": [
            {
              "path": "base",
              "format": "safetensors",
              "architecture": "GPT2LMHeadModel",
              "parameters": 16,
              "bytes": 64,
              "fingerprint": "FINGERPRINT"
            },
            {
              "path": "my \"code\", v1",
              "format": "safetensors",
              "architecture": "GPT2LMHeadModel",
              "parameters": 16,
              "bytes": 64,
              "fingerprint": "FINGERPRINT"
            },
            {
              "path": "chat",
              "format": "safetensors",
              "architecture": "GPT2LMHeadModel",
              "parameters": 16,
              "bytes": 64,
              "fingerprint": "FINGERPRINT"
            }
          ],
          "base": 0,
          "tensors": [
            {
              "name": "h.0.mlp.c_fc.weight",
              "role": "mlp_up",
              "block": 0,
              "dtype": "BF16",
              "shape": [
                2,
                4
              ],
              "method": "task_arithmetic",
              "route": "sum_of_changes",
              "reason": null,
              "note": "cropped from 2x6, é",
              "metrics": {
                "base_norm": 6,
                "change_norm": 3,
                "sign_conflicts": null,
                "rounding_loss": 0.5
              },
              "inputs": [
                {
                  "model": 0,
                  "metrics": {}
                },
                {
                  "model": 1,
                  "metrics": {
                    "change_norm": 3,
                    "relative_change": 0.5,
                    "cosine_to_merged": 1
                  }
                },
                {
                  "model": 2,
                  "metrics": {
                    "change_norm": 0,
                    "relative_change": 0,
                    "cosine_to_merged": null
                  }
                }
              ],
              "cosines": [
                null
              ],
              "before": {
                "alpha": 3.5,
                "stable_rank": 2,
                "effective_rank": null,
                "hard_rank": null,
                "log_norm": null,
                "log_spectral_norm": null,
                "spectral_entropy": null,
                "phase": null
              },
              "after": {
                "alpha": 3,
                "stable_rank": null,
                "effective_rank": null,
                "hard_rank": null,
                "log_norm": null,
                "log_spectral_norm": null,
                "spectral_entropy": null,
                "phase": null
              },
              "warnings": [
                "rounding to BF16 loses 50 % of it, \"much\"",
                "another"
              ]
            },
            {
              "name": "h.0.mlp.c_fc.bias",
              "role": "bias",
              "block": 0,
              "dtype": "F32",
              "shape": [
                4
              ],
              "method": "task_arithmetic",
              "route": "weighted_average",
              "reason": "a vector has no singular values",
              "note": null,
              "metrics": {
                "base_norm": 8,
                "change_norm": 4,
                "sign_conflicts": 0.75,
                "rounding_loss": 0
              },
              "inputs": [
                {
                  "model": 1,
                  "metrics": {
                    "change_norm": 5,
                    "weight": 0.5
                  }
                },
                {
                  "model": 2,
                  "metrics": {
                    "change_norm": 4,
                    "weight": 0.25
                  }
                }
              ],
              "cosines": [
                -0.5
              ],
              "before": null,
              "after": null,
              "warnings": []
            },
            {
              "name": "ln_f.weight",
              "role": "norm",
              "block": null,
              "dtype": "F32",
              "shape": [
                4
              ],
              "method": "copy",
              "route": "copied",
              "reason": null,
              "note": null,
              "metrics": {},
              "inputs": [
                {
                  "model": 0,
                  "metrics": {}
                }
              ],
              "cosines": [],
              "before": null,
              "after": null,
              "warnings": []
            }
          ],
          "summary": {
            "tensors": 3,
            "routes": {
              "copied": 1,
              "sum_of_changes": 1,
              "weighted_average": 1
            },
            "relative_change": 0.5,
            "rounding_loss": 0.3,
            "alpha_before": 3.5,
            "alpha_after": 3,
            "stable_rank_before": null,
            "stable_rank_after": null,
            "effective_rank_before": null,
            "effective_rank_after": null,
            "hard_rank_before": null,
            "hard_rank_after": null,
            "log_norm_before": null,
            "log_norm_after": null,
            "log_spectral_norm_before": null,
            "log_spectral_norm_after": null,
            "spectral_entropy_before": null,
            "spectral_entropy_after": null,
            "tensors_with_warnings": 1
          },
          "warnings": [
            "chat: another tokenizer"
          ]
        }

        """;

    private const string Unused = "effective_rank,hard_rank,log_norm,log_spectral_norm,spectral_entropy";

    [Fact]
    public void A_small_merge_as_JSON()
    {
        var merge = SmallMerge.Result();
        var wanted = Document.Replace("VERSION", JsonReport.Version, StringComparison.Ordinal).Replace("FINGERPRINT", merge.Models[0].Fingerprint, StringComparison.Ordinal);
        Assert.Equal(wanted, Encoding.UTF8.GetString(MergeJson.Of(merge)));
    }

    [Fact]
    public void A_small_merge_as_CSV() => Assert.Equal(
        $"""
        name,role,block,dtype,shape,method,route,reason,note,base_norm,change_norm,sign_conflicts,rounding_loss,model1_change_norm,model1_relative_change,model1_cosine_to_merged,model1_weight,model2_change_norm,model2_relative_change,model2_cosine_to_merged,model2_weight,before_alpha,before_stable_rank,{Before(Unused)},after_alpha,after_stable_rank,{After(Unused)},warnings
        h.0.mlp.c_fc.weight,mlp_up,0,BF16,2x4,task_arithmetic,sum_of_changes,,"cropped from 2x6, é",6,3,,0.5,3,0.5,1,,0,0,,,3.5,2,,,,,,3,,,,,,,"rounding to BF16 loses 50 % of it, ""much""; another"
        h.0.mlp.c_fc.bias,bias,0,F32,4,task_arithmetic,weighted_average,a vector has no singular values,,8,4,0.75,0,5,,,0.5,4,,,0.25,,,,,,,,,,,,,,,
        ln_f.weight,norm,,F32,4,copy,copied,,,,,,,,,,,,,,,,,,,,,,,,,,,,,

        """,
        Encoding.UTF8.GetString(MergeCsv.Of(SmallMerge.Result())));

    [Fact]
    public void Without_spectra_and_base_these_are_null()
    {
        using var json = JsonDocument.Parse(MergeJson.Of(SmallMerge.Result() with { Before = null, After = null, Base = null }));
        Assert.Equal("none", json.RootElement.GetProperty("settings").GetProperty("spectra").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("base").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("summary").GetProperty("alpha_before").ValueKind);
        Assert.All(json.RootElement.GetProperty("tensors").EnumerateArray(), tensor => Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (tensor.GetProperty("before").ValueKind, tensor.GetProperty("after").ValueKind)));
    }

    /// <summary>What rounding loses is added up over tensors as their changes are: by squares, not as a mean of shares.</summary>
    [Fact]
    public void Shares_of_the_whole_are_those_of_all_elements_together()
    {
        var merge = SmallMerge.Result();
        Assert.Equal((0.5, 0.3), (merge.RelativeChange!.Value, merge.RoundingLoss!.Value));
        Assert.Equal((null, null), (Without(merge, "base_norm").RelativeChange, Without(merge, "change_norm").RoundingLoss));
    }

    [Fact]
    public void Routes_come_by_how_many_took_them()
    {
        var merge = SmallMerge.Result();
        merge = merge with { Tensors = [.. merge.Tensors, merge.Tensors[1], merge.Tensors[2], merge.Tensors[1]] };
        Assert.Equal([new("weighted_average", 3), new("copied", 2), new("sum_of_changes", 1)], merge.Routes);
    }

    private static MergeResult Without(MergeResult merge, string number) =>
        merge with { Tensors = [.. merge.Tensors.Select(tensor => tensor with { Values = tensor.Values.Where(value => value.Key != number).ToDictionary(StringComparer.Ordinal) })] };

    private static string Before(string names) => $"before_{names.Replace(",", ",before_", StringComparison.Ordinal)}";

    private static string After(string names) => $"after_{names.Replace(",", ",after_", StringComparison.Ordinal)}";
}
