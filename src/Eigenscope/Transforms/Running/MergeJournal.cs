using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>
/// What a run has finished, a line a tensor, in a file of the unfinished folder. A later run believes a line only where it belongs to the same plan, is whole, and the bytes of the tensor still have
/// its digest.
/// </summary>
internal sealed class MergeJournal : IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string Name = "merge.journal";

    private readonly FileStream file;
    private readonly Dictionary<string, MergedTensor> done = new(StringComparer.Ordinal);

    private MergeJournal(FileStream file) => this.file = file;

    /// <summary>Reads what is there, as far as it belongs to the plan, and writes on behind it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">What tells one plan from another (<see cref="Identity"/>).</param>
    public static MergeJournal Open(string path, string plan)
    {
        var journal = new MergeJournal(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        journal.Read(plan);
        return journal;
    }

    /// <summary>SHA-256 over all that the bytes of the result depend on: the plan, the files of the models, the seed and how numbers are rounded.</summary>
    public static string Identity(MergePlan plan, OutputLayout layout, MergeOptions options)
    {
        var text = new StringBuilder().Append(options.Seed).Append(' ').Append(options.RoundsAtRandom).Append('\n');
        foreach (var model in plan.Models.Concat(plan.Statistics))
        {
            text.Append(model.Path).Append(' ').Append(model.Bytes).Append(' ').Append(model.Fingerprint).Append(' ').Append(Changed(model)).Append('\n');
        }

        foreach (var tensor in plan.Tensors)
        {
            text.Append(tensor.Name).Append(' ').Append(layout[tensor.Name]).Append(' ').Append(tensor.Type).Append(' ').Append(tensor.Method?.Name).Append(' ').Append(tensor.Parameters.Text);
            foreach (var input in tensor.Inputs.Prepend(tensor.Base).OfType<PlannedInput>())
            {
                text.Append(" | ").Append(input.Model).Append(' ').Append(input.Tensor.Name).Append(' ').Append(input.IsBase).Append(' ').Append(input.Statistic?.Bytes.Path).Append(' ').Append(input.Parameters.Text);
            }

            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>What is known of a tensor from a run before; null for nothing.</summary>
    public MergedTensor? Of(string name) => done.GetValueOrDefault(name);

    /// <summary>Notes that a tensor is written.</summary>
    public void Add(MergedTensor tensor)
    {
        JsonSerializer.Serialize(file, tensor, MergeJournalJson.Default.MergedTensor);
        file.WriteByte((byte)'\n');
        file.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    /// <summary>When the files of a model were last written.</summary>
    private static long Changed(Model model) =>
        Directory.Exists(model.Path) ? Directory.EnumerateFiles(model.Path).Select(file => File.GetLastWriteTimeUtc(file).Ticks).DefaultIfEmpty().Max()
        : File.Exists(model.Path) ? File.GetLastWriteTimeUtc(model.Path).Ticks
        : 0;

    private void Read(string plan)
    {
        var end = 0L;
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadLine() == plan)
        {
            end = plan.Length + 1;
            while (reader.ReadLine() is { } line && Parse(line) is { } tensor)
            {
                done[tensor.Name] = tensor;
                end += Encoding.UTF8.GetByteCount(line) + 1;
            }
        }

        file.SetLength(Math.Min(end, file.Length));
        file.Position = file.Length;
        if (end == 0)
        {
            file.Write(Encoding.UTF8.GetBytes(plan + "\n"));
            file.Flush();
        }
    }

    /// <summary>The tensor of a line; null where it broke off.</summary>
    private static MergedTensor? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, MergeJournalJson.Default.MergedTensor);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How lines of the journal are written and read.</summary>
[JsonSerializable(typeof(MergedTensor))]
internal sealed partial class MergeJournalJson : JsonSerializerContext;
