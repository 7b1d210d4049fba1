using System.CommandLine;
using Eigenscope.Cli.Commands;
using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cli.Shards.Engines;

/// <summary>Which engine, and what it is given of its own.</summary>
internal sealed class EngineOptions
{
    private readonly Option<string?> engine = ChoiceOption.Create("--engine", "who runs the shards", hasDefault: false, "slurm", "kubernetes");
    private readonly Option<string?> sbatch = new("--sbatch") { Description = "options for sbatch, such as '-p gpu -A project --time=04:00:00'; they win over what is chosen here, and go to the job that collects too, but for the array, memory and processors", HelpName = "ARGS" };

    private readonly KubernetesOptions kubernetes;

    public EngineOptions(Command command)
    {
        engine.Required = true;
        command.Options.Add(engine);
        command.Options.Add(sbatch);
        kubernetes = new(command);
    }

    /// <summary>What is printed for Kubernetes, which is given its work by other programs; null for an engine that this tool submits to.</summary>
    public KubernetesOptions? Printed(ParseResult parsed)
    {
        if (parsed.GetValue(engine) != "kubernetes")
        {
            kubernetes.RequireNone(parsed);
            return null;
        }

        return parsed.GetValue(sbatch) is null ? kubernetes : throw new UsageException("--sbatch goes with --engine slurm");
    }

    /// <summary>The engine that this tool submits to.</summary>
    /// <exception cref="UsageException">Its options break off, or name another cluster, whose queue would not be asked.</exception>
    public IEngine Read(ParseResult parsed)
    {
        var words = Words(parsed.GetValue(sbatch) ?? "");
        return SbatchOptions.ValueOf(words, "-M", "--clusters") is { } cluster
            ? throw new UsageException($"--sbatch: tasks on another cluster ({cluster}) could not be followed; submit from a machine of that cluster")
            : new SlurmEngine(words);
    }

    private static IReadOnlyList<string> Words(string text)
    {
        try
        {
            return ShellWords.Split(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--sbatch {text}: {e.Message}");
        }
    }
}
