using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eigenscope.Cli.Commands;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Shards;

/// <summary>What a folder of shards is of, as <c>run.json</c> in it: every shard writes the same, and whoever collects needs to know no more than the folder.</summary>
/// <param name="Schema">The version of this file.</param>
/// <param name="Version">The version of the tool.</param>
/// <param name="Command">The command whose work it is: analyze or compare.</param>
/// <param name="Models">Its models as they were named.</param>
/// <param name="From">The folder from which they were named; the root where that does not matter, so that shards may start anywhere.</param>
/// <param name="Arguments">The options that change a number, as they were given.</param>
internal sealed record ShardFolder(string Schema, string Version, string Command, IReadOnlyList<string> Models, string From, IReadOnlyList<string> Arguments)
{
    private const string FileName = "run.json";
    private const string CurrentSchema = "eigenscope/shards/1";

    /// <summary>Options that change no number, or belong to one process alone.</summary>
    private static readonly string[] Own = ["--shard", "--of", "--out", "--threads", "--max-memory", "--quiet", "--no-color", "--format", "--engine", "--shards", "--sbatch", "--dry-run", "--wait", "--force", "--image", "--claim", "--mount", "--namespace", "--parallelism"];

    /// <summary>What a command line is of.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="work">What is dealt out.</param>
    public static ShardFolder Of(ParseResult parsed, ShardedWork work) => new(
        CurrentSchema, JsonReport.Version, work.Command, work.Models, FolderOf(work.Paths),
        [.. parsed.CommandResult.Command.Options.Where(option => !Own.Contains(option.Name)).Select(parsed.GetResult).Where(given => given is { Implicit: false }).SelectMany(given => given!.Tokens.Count == 0 ? [given.Option.Name] : given.Tokens.SelectMany(token => Words(given.Option.Name, token.Value)))]);

    /// <summary>Makes the folder one of this run.</summary>
    /// <exception cref="UsageException">It is one of another.</exception>
    public void Claim(string folder)
    {
        RequireFolder(folder);
        Directory.CreateDirectory(folder);
        if (!File.Exists(Path.Combine(folder, FileName)))
        {
            OutputFile.Write(Path.Combine(folder, FileName), [.. JsonSerializer.SerializeToUtf8Bytes(this, ShardFolderJson.Default.ShardFolder), (byte)'\n']);
        }

        RequireSame(folder);
    }

    /// <summary>The full path of a folder that was named.</summary>
    /// <exception cref="UsageException">It is empty, or a file.</exception>
    public static string FullPath(string folder)
    {
        RequireFolder(folder);
        return Path.GetFullPath(folder);
    }

    /// <summary>Throws at once where a folder is named that cannot be one.</summary>
    /// <exception cref="UsageException">It is empty, or a file.</exception>
    public static void RequireFolder(string folder)
    {
        if (folder.Length == 0 || File.Exists(folder))
        {
            throw new UsageException(folder.Length == 0 ? "'' names no folder" : $"{folder} is a file, and a folder is wanted that all shards share");
        }
    }

    /// <summary>Throws where the folder is one of another run; one that is of none may become one of this.</summary>
    /// <exception cref="UsageException">It is one of another.</exception>
    public void RequireSame(string folder)
    {
        if (!File.Exists(Path.Combine(folder, FileName)))
        {
            return;
        }

        var known = Read(folder);
        if (known.Command != Command || !known.Models.SequenceEqual(Models) || known.From != From || known.Version != Version || !known.Arguments.SequenceEqual(Arguments))
        {
            throw new UsageException($"{folder} is of another run: eigenscope {known.Version} {string.Join(' ', [known.Command, .. known.Models, .. known.Arguments])}, from {known.From}; take another --out");
        }
    }

    /// <summary>What a folder is of.</summary>
    /// <exception cref="UsageException">It is no folder of shards.</exception>
    public static ShardFolder Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(path), ShardFolderJson.Default.ShardFolder);
            return read is { Schema: CurrentSchema, Version: not null, Command: not null, Models.Count: > 0, From: not null, Arguments: not null } && !read.Models.Concat(read.Arguments).Contains(null) ? read : throw new UsageException($"{path}: no {CurrentSchema}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{folder}: no folder of shards, {FileName} is not there; analyze --shard and submit make one");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path}: not what eigenscope wrote, from line {(e.LineNumber ?? 0) + 1} on");
        }
    }

    /// <summary>Takes the run up where its models were named: the current folder becomes that.</summary>
    /// <exception cref="UsageException">It is of another version, not what eigenscope wrote, or that folder is not there.</exception>
    public ShardedRun Open()
    {
        var work = Version == JsonReport.Version ? ShardedWork.Of(this) : throw new UsageException($"the shards are of eigenscope {Version}, and this is {JsonReport.Version}: take that version, or another folder for all of them");
        Environment.CurrentDirectory = Directory.Exists(From) ? From : throw new UsageException($"{FileName} says that the models were named from the folder '{From}', which is not here");
        return work.Open();
    }

    private static string FolderOf(IReadOnlyList<string> paths) =>
        paths.All(path => Path.IsPathFullyQualified(path) || ModelArgument.IsAddress(path)) ? Path.GetPathRoot(Environment.CurrentDirectory)! : Environment.CurrentDirectory;

    /// <summary>An option and its value as they are read again: a value that looks like an option is tied to its own.</summary>
    private static string[] Words(string option, string value) => value.StartsWith('-') ? [$"{option}={value}"] : [option, value];
}

/// <summary>How <see cref="ShardFolder"/> is written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ShardFolder))]
internal sealed partial class ShardFolderJson : JsonSerializerContext;
