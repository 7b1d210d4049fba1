using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models.Zip;
using Eigenscope.Transforms;

namespace Eigenscope.Tests.Reports;

/// <summary>A merge of two models on a base, whose numbers are written down.</summary>
internal static class SmallMerge
{
    /// <summary>The merge, with spectra of its only matrix.</summary>
    public static MergeResult Result()
    {
        Model[] models = [Of("base"), Of("my \"code\", v1"), Of("chat")];
        return new(new("task_arithmetic", "merge_method: task_arithmetic\nmodels: # é\n", 7, RoundsAtRandom: true), models, 0, [Weight(), Bias(), Norm()], ["chat: another tokenizer"])
        {
            Before = Spectra(models[0], ("alpha", 3.5), ("stable_rank", 2)),
            After = Spectra(models[1], ("alpha", 3), ("stable_rank", null)),
        };
    }

    /// <summary>Numbers by name.</summary>
    public static Dictionary<string, double?> Numbers(params (string Name, double? Value)[] numbers) => numbers.ToDictionary(number => number.Name, number => number.Value, StringComparer.Ordinal);

    private static MergedTensor Weight() => new(
        "h.0.mlp.c_fc.weight", "BF16", [2, 4], "task_arithmetic", "sum_of_changes", null, "cropped from 2x6, é",
        [new(0, Numbers()), new(1, Numbers(("change_norm", 3), ("relative_change", 0.5), ("cosine_to_merged", 1))), new(2, Numbers(("change_norm", 0), ("relative_change", 0), ("cosine_to_merged", null)))], [null],
        Numbers(("base_norm", 6), ("change_norm", 3), ("sign_conflicts", null), ("rounding_loss", 0.5)), ["rounding to BF16 loses 50 % of it, \"much\"", "another"], "00");

    private static MergedTensor Bias() => new(
        "h.0.mlp.c_fc.bias", "F32", [4], "task_arithmetic", "weighted_average", "a vector has no singular values", null,
        [new(1, Numbers(("change_norm", 5), ("weight", 0.5))), new(2, Numbers(("change_norm", 4), ("weight", 0.25)))], [-0.5],
        Numbers(("base_norm", 8), ("change_norm", 4), ("sign_conflicts", 0.75), ("rounding_loss", 0)), [], "01");

    private static MergedTensor Norm() => new("ln_f.weight", "F32", [4], "copy", "copied", null, null, [new(0, Numbers())], [], Numbers(), [], "02");

    private static Model Of(string path)
    {
        var bytes = new MemoryBytes(new byte[64]);
        Tensor[] tensors = [new("h.0.mlp.c_fc.weight", DType.F32, [2, 4], bytes, 0), new("h.0.mlp.c_fc.bias", DType.F32, [4], bytes, 32), new("ln_f.weight", DType.F32, [4], bytes, 48)];
        return new(path, "safetensors", new ModelTraits("GPT2LMHeadModel"), [bytes], tensors);
    }

    private static ModelAnalysis Spectra(Model model, params (string Name, double? Value)[] metrics)
    {
        var rows = WeightTable.Of(model, new() { CompareValues = false });
        LayerAnalysis[] layers = [Analysis.Layers.Analyzed(rows[0], metrics), LayerAnalysis.Skipped(rows[1], "a bias"), LayerAnalysis.Skipped(rows[2], "a normalisation weight")];
        return new(model, new AnalysisOptions(), layers, new ModelSummary(1, 2, 0, 0, 0, 0, []));
    }
}
