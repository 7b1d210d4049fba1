using System.CommandLine;
using System.Text;
using Eigenscope.Cli.Commands;
using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cli.Shards;

/// <summary>The options of <c>submit</c> for Kubernetes, and the manifest that is printed: nothing is applied.</summary>
internal sealed class KubernetesOptions
{
    private const string DefaultClaim = "eigenscope";
    private const string DefaultMount = "/data";

    private readonly Option<string?> image = new("--image") { Description = "Kubernetes: the image of the pods, with eigenscope on its path", HelpName = "IMAGE" };
    private readonly Option<string> claim = new("--claim") { Description = "Kubernetes: the PersistentVolumeClaim (ReadWriteMany) that holds the model and DIR", HelpName = "NAME", DefaultValueFactory = _ => DefaultClaim };
    private readonly Option<string> mount = new("--mount") { Description = "Kubernetes: where it is mounted in the pods", HelpName = "PATH", DefaultValueFactory = _ => DefaultMount };
    private readonly Option<string?> space = new("--namespace") { Description = "Kubernetes: the namespace of the Jobs", HelpName = "NAME" };
    private readonly Option<int?> parallelism = NumberOption.Whole("--parallelism", "Kubernetes: the most pods at the same time", 1, 100_000);

    public KubernetesOptions(Command command)
    {
        foreach (var option in (Option[])[image, claim, mount, space, parallelism])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Throws where one of these options was given though another engine was asked for.</summary>
    public void RequireNone(ParseResult parsed)
    {
        if (((Option[])[image, claim, mount, space, parallelism]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"{given.Name} goes with --engine kubernetes");
        }
    }

    /// <summary>Where the pods run.</summary>
    /// <exception cref="UsageException">No image is named, or the mount is no absolute path.</exception>
    public KubernetesPlace Read(ParseResult parsed) => parsed.GetValue(mount)! is ['/', ..] path
        ? new(parsed.GetValue(image) ?? throw new UsageException("--engine kubernetes needs --image IMAGE, with eigenscope on its path"), parsed.GetValue(claim)!, path, parsed.GetValue(space), parsed.GetValue(parallelism))
        : throw new UsageException($"--mount '{parsed.GetValue(mount)}' is no absolute path");

    /// <summary>Prints the manifest to standard output, and says on standard error which paths pods will not see.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="models">The models, as the pods see them.</param>
    /// <param name="run">What is to be done.</param>
    public void Print(ParseResult parsed, IReadOnlyList<string> models, KubernetesRun run)
    {
        var place = Read(parsed);
        foreach (var path in models.Append(run.Folder).Where(path => !ModelArgument.IsAddress(path) && !IsBelow(path, place.Mount)))
        {
            Console.Error.WriteLine($"eigenscope: {path} is not below {place.Mount}, where the pods see the volume; paths are taken as the pods see them");
        }

        OutputFile.Write(null, Encoding.UTF8.GetBytes(KubernetesManifest.Of(run, place)));
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
