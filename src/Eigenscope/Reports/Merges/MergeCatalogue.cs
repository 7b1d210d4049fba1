using System.Globalization;
using System.Text;
using Eigenscope.Transforms;

namespace Eigenscope.Reports;

/// <summary>All methods of merging with their parameters as a page of Markdown: <c>docs/merge-methods.md</c>.</summary>
public static class MergeCatalogue
{
    private const string Opening = """
        # Methods of merging

        This page is generated from the table of methods in `src/Eigenscope/Transforms/Methods`; a test keeps it true. [merging.md](merging.md) defines them.

        D_i = W_i - W_0 is the change of model i from the base. A parameter stands under `parameters` of the recipe, of a slice or of a model; the nearest counts. One of
        each model (column *where*: model) may differ from model to model. Numbers may be gradients over the blocks and lists of filters.

        """;

    /// <summary>The page.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder(Opening);
        foreach (var method in MergeMethods.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {method.Name}\n\n{Sentence(method.Meaning)} {Wants(method)}\n");
            AppendParameters(text, method);
        }

        return text.ToString();
    }

    private static void AppendParameters(StringBuilder text, MergeMethod method)
    {
        if (method.Parameters.Count == 0)
        {
            return;
        }

        text.Append("\n| parameter | where | default | range | meaning |\n|---|---|---|---|---|\n");
        foreach (var parameter in method.Parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {(parameter.IsPerModel ? "model" : "tensor")} | {Text(parameter.Default)} | {Range(parameter)} | {parameter.Meaning} |\n");
        }
    }

    private static string Wants(MergeMethod method)
    {
        var models = method.LeastModels == method.MostModels ? method.LeastModels == 1 ? "one model" : $"{method.LeastModels} models"
            : method.LeastModels > 1 ? $"at least {method.LeastModels} models" : "any number of models";
        return method.Base switch
        {
            BaseUse.None => $"Takes {models} and no base.",
            BaseUse.Optional => $"Takes {models}, and a base where there is one.",
            _ => $"Takes a base and {models}.",
        };
    }

    private static string Sentence(string clause) => $"{char.ToUpperInvariant(clause[0])}{clause[1..]}.";

    private static string Text(object? value) => value switch
    {
        null => "must be given",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => $"`{value}`",
    };

    private static string Range(ParameterDefinition parameter) => parameter switch
    {
        { Kind: ParameterKind.Word } => string.Join(", ", parameter.Words.Select(word => $"`{word}`")),
        { Kind: ParameterKind.Flag } => "true, false",
        { Least: double.NegativeInfinity, Most: double.PositiveInfinity } => "any number",
        { Most: double.PositiveInfinity } => string.Create(CultureInfo.InvariantCulture, $"{parameter.Least:R} or more"),
        { Least: double.NegativeInfinity } => string.Create(CultureInfo.InvariantCulture, $"up to {parameter.Most:R}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{parameter.Least:R} to {parameter.Most:R}"),
    };
}
