using System.CommandLine;
using System.Globalization;
using Eigenscope.Models;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Commands;

/// <summary><c>extract-lora BASE MODEL OUT</c>: what a training changed, as a low-rank adapter.</summary>
internal static class ExtractLoraCommand
{
    public static Command Create()
    {
        var @base = new Argument<string>("BASE") { Description = "the model that was trained further: a weight file, a folder of them, hf://ORG/MODEL or a URL" };
        var model = ModelArgument.One();
        var command = new Command("extract-lora", "Extract a LoRA adapter in PEFT's layout from a model and its base, and say what the adapter cannot hold.") { @base, model };
        var rules = new Rules(command);
        var shared = new ReshapingOptionSet(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (analysis, rule) = (shared.Read(parsed), rules.Read(parsed));
            using var before = Model.Open(parsed.GetValue(@base)!);
            using var after = Model.Open(parsed.GetValue(model)!);
            var options = rule with { Filter = analysis.Filter, Type = shared.Type(parsed), Threads = analysis.Threads, MaxMemory = analysis.MaxMemory };
            return Task.FromResult(shared.Run(parsed, progress => AdapterExtraction.Of(before, after, shared.Folder(parsed), options, progress, cancellation)));
        });
        HelpExample.AddTo(command, "eigenscope extract-lora samples/tiny-gpt-step0 samples/tiny-gpt adapter --max-rank 32");
        return command;
    }

    /// <summary>The options of the rank, and of what is no matrix.</summary>
    private sealed class Rules
    {
        private readonly Option<int?> maxRank = NumberOption.Whole("--max-rank", "the largest rank of a matrix (128 by default)", 1, int.MaxValue);
        private readonly Option<string?> rank = new("--rank") { Description = "the rank of every matrix; or auto, the default: the singular values of its change that lie beyond the random part", HelpName = "N|auto" };
        private readonly Option<double?> energy = NumberOption.Real("--energy", "the fewest singular values that hold this share of the squared norm of the change", 0, 1);
        private readonly Option<string?> edge = ChoiceOption.Create("--edge", "the singular values beyond the random part (mp), which is --rank auto", hasDefault: false, "mp");
        private readonly Option<double?> epsilon = NumberOption.Real("--sv-epsilon", "only singular values above X; alone, all of these", 0, double.MaxValue);
        private readonly Option<string?> embeddings = ChoiceOption.Create("--embeddings", "changed tables of vectors: whole in the adapter (full), as factors (low-rank), or left out (skip)", hasDefault: true, "full", "low-rank", "skip");

        public Rules(Command command)
        {
            foreach (var option in (Option[])[maxRank, rank, energy, edge, epsilon, embeddings])
            {
                command.Options.Add(option);
            }
        }

        public ExtractionOptions Read(ParseResult parsed)
        {
            var most = parsed.GetValue(maxRank) ?? new ExtractionOptions().MaxRank;
            var given = RankOptions.One(
                ("--rank", Rank(parsed.GetValue(rank))),
                ("--energy", RankOptions.Share(parsed, energy, RankCriterion.Energy, mayBeAll: true)),
                ("--edge", parsed.GetValue(edge) is null ? null : new(RankCriterion.RandomPart)));
            return new()
            {
                Rule = given ?? (parsed.GetValue(epsilon) is null ? new(RankCriterion.RandomPart) : new(RankCriterion.Given, most)),
                MaxRank = most,
                Epsilon = parsed.GetValue(epsilon),
                Embeddings = parsed.GetValue(embeddings) switch { "low-rank" => EmbeddingUse.LowRank, "skip" => EmbeddingUse.Skip, _ => EmbeddingUse.Full },
            };
        }

        private static RankRule? Rank(string? text) =>
            text is null ? null
            : text == "auto" ? new(RankCriterion.RandomPart)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? new(RankCriterion.Given, value)
            : throw new UsageException($"--rank '{text}' is neither auto nor a whole number of 1 or more");
    }
}
