using System.IO.Enumeration;
using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Cli.Commands;

/// <summary>Which layers a name or patterns mean.</summary>
internal static class LayerChoice
{
    private const int MostShown = 5;

    /// <summary>The full name of the layer.</summary>
    /// <exception cref="UsageException">No layer has the name, or several match the pattern.</exception>
    public static string Of(Model model, string wanted, WeightTableOptions table)
    {
        var names = WeightTable.Of(model, table with { CompareValues = false }).Select(layer => layer.Name).ToList();
        if (names.Contains(wanted))
        {
            return wanted;
        }

        var matching = names.FindAll(name => FileSystemName.MatchesSimpleExpression(wanted, name, ignoreCase: false));
        return matching.Count switch
        {
            1 => matching[0],
            0 => throw new UsageException($"{model.Path}: no layer '{wanted}'{Nearest(names, wanted)}"),
            _ => throw new UsageException($"{model.Path}: '{wanted}' matches {matching.Count} layers: {string.Join(", ", matching.Take(MostShown))}{(matching.Count > MostShown ? ", ..." : "")}"),
        };
    }

    /// <summary>Patterns that leave nothing of models are a slip.</summary>
    public static void RequireAny(IReadOnlyList<Model> models, AnalysisOptions options)
    {
        var matrices = models.SelectMany(model => WeightTable.Of(model, options.Table with { CompareValues = false })).Where(layer => layer.SkipReason is null).ToList();
        if (matrices.Count > 0 && matrices.TrueForAll(layer => options.Filter.Reason(layer) is not null))
        {
            throw new UsageException($"{string.Join(", ", models.Select(model => model.Path))}: none of {(models.Count == 1 ? "its" : "their")} {matrices.Count} layers is chosen by --layers, --exclude and --role; inspect lists their names");
        }
    }

    private static string Nearest(List<string> names, string wanted)
    {
        var near = names.FindAll(name => name.Contains(wanted, StringComparison.OrdinalIgnoreCase));
        return near.Count == 0 ? "; inspect lists them" : $"; did you mean {string.Join(", ", near.Take(MostShown))}?";
    }
}
