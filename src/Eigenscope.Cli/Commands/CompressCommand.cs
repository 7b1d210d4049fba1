using System.CommandLine;
using Eigenscope.Models;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Commands;

/// <summary><c>compress MODEL OUT</c>: weight matrices of lower rank.</summary>
internal static class CompressCommand
{
    public static Command Create()
    {
        var model = ModelArgument.One();
        var command = new Command("compress", "Replace weight matrices by their nearest ones of lower rank, as two factors or as a matrix, and say what that loses.") { model };
        var rules = new Rules(command);
        var form = ChoiceOption.Create("--as", "two factors where these are fewer numbers (factors), or a matrix of the same name and shape (dense)", hasDefault: true, "factors", "dense");
        command.Options.Add(form);
        var shared = new ReshapingOptionSet(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (analysis, rule) = (shared.Read(parsed), rules.Read(parsed));
            using var opened = Model.Open(parsed.GetValue(model)!);
            var options = new CompressionOptions
            {
                Rule = rule,
                Form = parsed.GetValue(form) == "dense" ? CompressedForm.Dense : CompressedForm.Factors,
                Filter = analysis.Filter,
                Type = shared.Type(parsed),
                Threads = analysis.Threads,
                MaxMemory = analysis.MaxMemory,
            };
            return Task.FromResult(shared.Run(parsed, progress => ModelCompression.Of(opened, shared.Folder(parsed), options, progress, cancellation)));
        });
        HelpExample.AddTo(command, "eigenscope compress samples/tiny-gpt small --ratio 0.5 --allocation alpha");
        return command;
    }

    /// <summary>The options of the rank.</summary>
    private sealed class Rules
    {
        private readonly Option<int?> rank = NumberOption.Whole("--rank", "keep N singular values of each matrix", 1, int.MaxValue);
        private readonly Option<double?> energy = NumberOption.Real("--energy", "keep the fewest that hold this share of the squared norm (0.9 without any rule)", 0, 1);
        private readonly Option<string?> edge = ChoiceOption.Create("--edge", "keep those beyond the random part (mp), or the tail of unit determinant (detx)", hasDefault: false, "mp", "detx");
        private readonly Option<double?> ratio = NumberOption.Real("--ratio", "leave this share of the numbers of all chosen matrices together", 0, 1);
        private readonly Option<string?> allocation = ChoiceOption.Create("--allocation", "with --ratio: every matrix loses the same share (uniform), or the more the larger its exponent alpha is (alpha)", hasDefault: false, "uniform", "alpha");
        private readonly Option<double?> spread = NumberOption.Real("--spread", "with --allocation alpha: the shares lost reach from 1 - X to 1 + X of their mean (0.3 by default)", 0, 1);

        public Rules(Command command)
        {
            foreach (var option in (Option[])[rank, energy, edge, ratio, allocation, spread])
            {
                command.Options.Add(option);
            }
        }

        public RankRule Read(ParseResult parsed)
        {
            var byRatio = RankOptions.Share(parsed, ratio, RankCriterion.Ratio, mayBeAll: false);
            if (byRatio is null && parsed.GetValue(allocation) is not null)
            {
                throw new UsageException("--allocation spreads what --ratio leaves; give that too");
            }

            if (parsed.GetValue(allocation) != "alpha" && parsed.GetValue(spread) is not null)
            {
                throw new UsageException("--spread belongs to --allocation alpha");
            }

            var chosen = RankOptions.One(
                ("--rank", parsed.GetValue(rank) is { } count ? new(RankCriterion.Given, count) : null),
                ("--energy", RankOptions.Share(parsed, energy, RankCriterion.Energy, mayBeAll: true)),
                ("--edge", parsed.GetValue(edge) is { } where ? new(where == "mp" ? RankCriterion.RandomPart : RankCriterion.UnitDeterminant) : null),
                ("--ratio", byRatio)) ?? new CompressionOptions().Rule;
            return chosen with { Allocation = parsed.GetValue(allocation) == "alpha" ? RankAllocation.Alpha : RankAllocation.Uniform, Spread = parsed.GetValue(spread) ?? chosen.Spread };
        }
    }
}
