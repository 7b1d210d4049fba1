using System.Text;
using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>What a merge comes to before it begins, from headers alone.</summary>
/// <param name="Method">The method of the recipe; null where it names none that there is.</param>
/// <param name="Models">The models that could be opened, in the order of the recipe.</param>
/// <param name="Base">The place of the base among them; null where there is none.</param>
/// <param name="Tensors">The tensors that are made.</param>
/// <param name="Copied">Those of them whose bytes are copied.</param>
/// <param name="Bytes">The bytes that are written.</param>
/// <param name="Shards">The files of weights.</param>
/// <param name="Memory">The most bytes of working memory at a time.</param>
/// <param name="MemoryTensor">The tensor that needs them; null for none.</param>
/// <param name="Warnings">What a user should know.</param>
/// <param name="Problems">What stands in the way, one line each; empty where it can run.</param>
public sealed record MergeOverview(
    string? Method,
    IReadOnlyList<Model> Models,
    int? Base,
    int Tensors,
    int Copied,
    long Bytes,
    int Shards,
    long Memory,
    string? MemoryTensor,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Problems);

/// <summary>A recipe and the models that it names, ready to be merged.</summary>
public sealed class ModelMerge : IDisposable
{
    /// <summary>The name under which the recipe lies beside the weights.</summary>
    public const string RecipeName = "recipe.yml";

    private readonly Recipe recipe;
    private readonly MergePlan plan;
    private readonly string text;
    private readonly string folder;
    private readonly MergeOptions options;

    private ModelMerge(Recipe recipe, MergePlan plan, string text, string folder, MergeOptions options)
    {
        (this.recipe, this.plan, this.text, this.folder, this.options) = (recipe, plan, text, folder, options);
        Overview = View();
    }

    /// <summary>What it comes to.</summary>
    public MergeOverview Overview { get; }

    /// <summary>Where a folder lies while it is unfinished.</summary>
    public static string Unfinished(string folder) => Path.TrimEndingDirectorySeparator(folder) + OutputFolder.Ending;

    /// <summary>Opens the models of a recipe and plans every tensor. What is wrong is in <see cref="MergeOverview.Problems"/>, all of it at once.</summary>
    /// <param name="root">The recipe as a tree.</param>
    /// <param name="file">Its path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="folder">The folder that is to be made; null where nothing is.</param>
    /// <param name="options">How it is done; the seed of the recipe counts where there is none.</param>
    /// <exception cref="MergeException">There is something in the folder already, or it cannot be made.</exception>
    public static ModelMerge Plan(RecipeNode root, string file, string text, string? folder, MergeOptions options)
    {
        if (folder is not null)
        {
            OutputFolder.RequireFree(folder);
        }

        var read = Recipe.Of(root, new RecipeOptions(file));
        var planned = MergePlan.Of(read, new PlanOptions { Allow = options.Allow });
        return new ModelMerge(read, planned, text, folder ?? ".", options with { Seed = options.Seed ?? read.Seed });
    }

    /// <summary>Merges into a folder that appears when all is done.</summary>
    /// <param name="spectra">How spectra are computed before and after; null for none.</param>
    /// <param name="files">Files that are to lie beside the weights, made of the result.</param>
    /// <param name="progress">Told of every tensor, then of every layer whose spectrum is known.</param>
    /// <param name="cancellation">Stops within a fraction of a second; an unfinished folder stays, and a run with <see cref="MergeOptions.Resumes"/> goes on from it.</param>
    /// <exception cref="MergeException">It cannot be done.</exception>
    /// <exception cref="ModelFormatException">A model cannot be read to its end.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public MergeResult Run(AnalysisOptions? spectra, Func<MergeResult, IReadOnlyList<KeyValuePair<string, byte[]>>> files, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var run = MergeRun.Begin(plan, folder, options);
        try
        {
            var result = new MergeResult(new MergeSettings(recipe.Method!.Name, text, options.Seed ?? 0, options.RoundsAtRandom), plan.Models, plan.Base, run.Merge(progress, cancellation), plan.Warnings);
            WriteCompanions(run);
            result = spectra is null ? result : WithSpectra(result, run, spectra, progress, cancellation);
            foreach (var (name, content) in files(result))
            {
                run.WriteFile(name, content);
            }

            run.Complete();
            return result;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            run.Abandon();
            throw;
        }
    }

    /// <summary>Closes the models.</summary>
    public void Dispose() => plan.Dispose();

    private MergeResult WithSpectra(MergeResult result, MergeRun run, AnalysisOptions spectra, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        using var execution = Execution.On(run.Needs.Threads, cancellation);
        var largest = spectra.Approximate ? LanczosSpectrum.LargestExact : int.MaxValue;
        using var model = Model.Open(run.Work);
        return result with
        {
            Tensors = [.. result.Tensors.Zip(plan.Tensors, (tensor, planned) => ChangeRanks.With(tensor, planned, largest, execution))],
            Before = ModelAnalysis.Of(result.Reference, spectra, progress, cancellation),
            After = ModelAnalysis.Of(model, spectra, progress, cancellation),
        };
    }

    private void WriteCompanions(MergeRun run)
    {
        run.WriteFile(RecipeName, Encoding.UTF8.GetBytes(text));
        if (plan.Reference is not { } reference)
        {
            return;
        }

        var tokenizer = plan.Models.FirstOrDefault(model => model.Path == plan.Tokenizer) ?? plan.Models[reference];
        ModelCompanions.Copy(plan.Models[reference], tokenizer, recipe.OutputType, plan.Blocks, (name, content) => run.WriteFile(name, content));
        if (recipe.ChatTemplate is { } template)
        {
            run.WriteFile("chat_template.jinja", Encoding.UTF8.GetBytes(template));
        }
    }

    private MergeOverview View()
    {
        var layout = plan.Problems.Count == 0 ? MergeRun.Layout(plan, options) : null;
        var needs = layout is null ? null : MergeNeeds.Of(plan, layout, folder, options);
        return new(
            recipe.Method?.Name, plan.Models, plan.Base, plan.Tensors.Count, plan.Tensors.Count(tensor => tensor.Method is null), layout?.Bytes ?? 0, layout?.Shards.Count ?? 0,
            needs?.Memory ?? 0, needs?.MemoryTensor, plan.Warnings, [.. plan.Problems, .. needs?.Problems ?? []]);
    }
}
