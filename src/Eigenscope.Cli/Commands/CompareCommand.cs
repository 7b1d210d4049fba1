using System.CommandLine;
using Eigenscope.Cli.Shards;
using Eigenscope.Cli.Terminal;
using Eigenscope.Comparison;

namespace Eigenscope.Cli.Commands;

/// <summary><c>compare A B...</c>: models side by side, and what is between them.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var models = ModelArgument.Compared();
        var command = new Command("compare", "Compare models layer by layer: spectra, weights, singular subspaces, and what became of one on the way to the other.") { models };
        var comparison = new ComparisonOptionSet(command);
        var shards = new ShardOptions(command, ShardOptions.OutIsFolder);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            var named = parsed.GetValue(models)!;
            if (shards.AreGiven(parsed))
            {
                ShardOptions.RequireNone(parsed, ["--report", "--figures", "--format"], "collect makes the result of all shards");
                return Task.FromResult(shards.Run(parsed, ShardedWork.Of(named, comparison.Read(parsed, named)), output.File(parsed), output.Progress(parsed), cancellation));
            }

            output.Check(parsed);
            page.Check(parsed);
            var (paths, options) = comparison.Read(parsed, named);
            var result = ResultForms.Of(Compare(paths, options, output.Progress(parsed), cancellation));
            result.Write(parsed, output, page, cancellation);
            return Task.FromResult(result.Code);
        });
        HelpExample.AddTo(command, "eigenscope compare samples/tiny-gpt samples/tiny-gpt-step0");
        return command;
    }

    private static ModelComparison Compare(IReadOnlyList<string> paths, ComparisonOptions options, ProgressWish wish, CancellationToken cancellation)
    {
        using var models = new OpenedModels(paths);
        LayerChoice.RequireAny(models.All, options.Analysis);
        return ProgressDisplay.Run(wish, progress => ModelComparison.Of(models.All, options, progress, cancellation));
    }
}
