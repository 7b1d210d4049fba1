using System.CommandLine;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Commands;

/// <summary>The options by which a rank is chosen, of which one may be given.</summary>
internal static class RankOptions
{
    /// <summary>The only one of some rules that is given; null for none.</summary>
    /// <exception cref="UsageException">Two are.</exception>
    public static RankRule? One(params (string Name, RankRule? Rule)[] rules)
    {
        var given = Array.FindAll(rules, rule => rule.Rule is not null);
        return given.Length > 1 ? throw new UsageException($"{given[0].Name} and {given[1].Name} exclude each other") : given.Length == 0 ? null : given[0].Rule;
    }

    /// <summary>A rule of a share above 0 and below an end, or at it.</summary>
    /// <exception cref="UsageException">The share is 0, or the end that is not allowed.</exception>
    public static RankRule? Share(ParseResult parsed, Option<double?> option, RankCriterion criterion, bool mayBeAll) =>
        parsed.GetValue(option) is not { } value ? null
        : value == 0 || (value == 1 && !mayBeAll) ? throw new UsageException($"{option.Name} '{value}' leaves nothing to choose; a number above 0 and {(mayBeAll ? "up to" : "below")} 1 is wanted")
        : new(criterion, value);
}
