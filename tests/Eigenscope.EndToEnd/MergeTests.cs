using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Merges as a process: the folder that is made, the same bytes whatever the machine, and nothing left behind where one cannot be done.</summary>
public sealed class MergeTests : IDisposable
{
    /// <summary>Around the sizes of tiles, panels and portions, tall and wide.</summary>
    private static readonly int[][] Shapes = [[65, 33], [31, 64], [17, 150], [48, 48], [520, 260]];

    private static readonly Lazy<string> Plain = new(() =>
    {
        using var alone = new MergeTests();
        return alone.Merged(alone.Masked(), "plain", [], []);
    });

    private readonly TemporaryFolder folder = new();

    /// <summary>A recipe, in which BASE and TUNED stand for models, and what the error must say.</summary>
    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "merge_method: ites\nbase_model: BASE\nmodels: [{model: TUNED, parameters: {weight: 1}}]", "recipe.yml:1: unknown merge_method 'ites'; the nearest is 'ties'" },
        { "merge_method: ties\nbase_model: BASE\nmodels: [{model: TUNED, parameters: {weight: 1, density: 2}}]", "density" },
        { "merge_method: ties\nbase_model: BASE\nmodels: [{model: TUNED, parameters: {weight: 1, densty: 1}}]", "unknown parameter 'densty' of ties; the nearest is 'density'" },
        { "merge_method: ties\nmodels: [{model: TUNED, parameters: {weight: 1}}]", "base_model" },
        { "merge_method: ties\nbase_model: nowhere\nmodels: [{model: TUNED, parameters: {weight: 1}}]", "nowhere" },
        { "merge_method: linear\nmodels:\n\t- model: TUNED", "recipe.yml:3" },
        { "", "recipe.yml" },
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_recipe_becomes_a_model_with_a_report()
    {
        var recipe = Recipe($"merge_method: task_arithmetic\nbase_model: {Repository.UntrainedTinyGpt}\nmodels: [{{model: {Repository.TinyGpt}, parameters: {{weight: 1}}}}]");
        var result = Tool.Run("merge", recipe, folder["made"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string[] files = ["config.json", "model.safetensors", "recipe.yml", "report.json"];
        Assert.Equal(files, Directory.EnumerateFiles(folder["made"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var compared = Tool.Run("compare", folder["made"], Repository.TinyGpt, "--format", "csv");
        Assert.All(CsvTable.Parse(compared.Output).Rows, row => Assert.Equal("identical", row["verdict"]));
        using var report = JsonDocument.Parse(File.ReadAllBytes(folder["made/report.json"]));
        Assert.Equal("eigenscope/merge/1", report.RootElement.GetProperty("schema").GetString());
        Assert.Equal(52, report.RootElement.GetProperty("tensors").GetArrayLength());
    }

    [Fact]
    public void A_plan_writes_nothing()
    {
        var recipe = Recipe($"merge_method: linear\nmodels: [{{model: {Repository.UntrainedTinyGpt}, parameters: {{weight: 1}}}}, {{model: {Repository.TinyGpt}, parameters: {{weight: 1}}}}]");
        var result = Tool.Run("merge", recipe, "--plan");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("52 tensors", result.Output, StringComparison.Ordinal);
        Assert.Equal([recipe], Directory.EnumerateFileSystemEntries(folder.FullPath));
    }

    [Theory]
    [InlineData("--threads", "1")]
    [InlineData("--max-memory", "300MB")]
    public void Options_of_the_machine_change_no_byte(string option, string value) =>
        Assert.Equal(Plain.Value, Merged(Masked(), "other", [option, value], []));

    /// <summary>The weights of every tensor, and spectra of matrices around the sizes of blocks: without vectors those of the whole model take long.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Vector_widths_change_no_byte(string variable)
    {
        var whole = Masked();
        Assert.Equal(Merged(whole, "plain", ["--spectra", "none"], []), Merged(whole, "other", ["--spectra", "none"], [(variable, "0")]));
        var small = Masked(AroundBlocks("origin", 0), AroundBlocks("changed", 10));
        Assert.Equal(Merged(small, "small plain", [], []), Merged(small, "small other", [], [(variable, "0")]));
    }

    [Fact]
    public void A_seed_changes_masks()
    {
        Assert.NotEqual(Plain.Value, Merged(Masked(), "other", ["--seed", "5"], []));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_bad_recipe_is_one_line_and_exit_code_2(string text, string subject)
    {
        var recipe = Recipe(text.Replace("BASE", Repository.UntrainedTinyGpt, StringComparison.Ordinal).Replace("TUNED", Repository.TinyGpt, StringComparison.Ordinal));
        RequireRefused(Tool.Run("merge", recipe, folder["made"]), subject);
    }

    [Fact]
    public void Several_slips_are_a_line_each()
    {
        var result = Tool.Run("merge", Recipe("merge_method: ties\nbase_model: nowhere\ncolour: red\nmodels: [{model: neither, parameters: {weigth: 1}}]"), folder["made"]);
        Assert.Equal(2, result.ExitCode);
        Assert.All((string[])["'colour'", "'weigth'", "nowhere", "neither"], subject => Assert.Contains(result.ErrorLines, line => line.StartsWith("eigenscope: ", StringComparison.Ordinal) && line.Contains(subject, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_truncated_file_is_one_line()
    {
        var copy = Repository.CopyOfTinyGpt(folder, "copy");
        using (var file = File.OpenWrite(Path.Combine(copy, "model.safetensors")))
        {
            file.SetLength(file.Length - 1000);
        }

        RequireRefused(Tool.Run("merge", Ties(Repository.UntrainedTinyGpt, copy), folder["made"]), "model.safetensors");
    }

    [Fact]
    public void A_missing_tensor_is_one_line()
    {
        var (a, b) = (Small("a", ("x.weight", [4, 6]), ("y.weight", [4, 6])), Small("b", ("x.weight", [4, 6])));
        RequireRefused(Tool.Run("merge", Ties(a, b), folder["made"]), "y.weight");
    }

    [Fact]
    public void Another_vocabulary_is_one_line()
    {
        var (a, b) = (Small("a", ("model.embed_tokens.weight", [40, 6])), Small("b", ("model.embed_tokens.weight", [44, 6])));
        RequireRefused(Tool.Run("merge", Ties(a, b), folder["made"]), "44");
        Assert.Equal(0, Tool.Run("merge", Ties(a, b), folder["made"], "--allow", "crop", "--spectra", "none").ExitCode);
    }

    /// <summary>The weights fit, and what lies beside them does not.</summary>
    [Fact]
    public void A_full_disk_is_one_line_and_leaves_nothing()
    {
        using var disk = new SmallDisk(folder.MakeFolder("disk"), "6380k");
        var result = Tool.Run("merge", Ties(Repository.UntrainedTinyGpt, Repository.TinyGpt), Path.Combine(disk.Path, "made"));
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("No space left on device", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Fact]
    public void Too_small_a_disk_is_said_before_anything_is_written()
    {
        using var disk = new SmallDisk(folder.MakeFolder("disk"), "1m");
        RequireRefused(Tool.Run("merge", Ties(Repository.UntrainedTinyGpt, Repository.TinyGpt), Path.Combine(disk.Path, "made")), "are free on that disk");
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Fact]
    public void An_interrupted_merge_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill, and clears ignored ones with GNU env");
        var recipe = Ties(Large("base", 0), Large("tuned", 1));
        using var running = Started(recipe, "made");
        WaitForTensors("made", 3);
        running.Send("INT");
        var result = running.Finish(Tool.Patience);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("--resume goes on from it", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("merge", recipe, folder["made"], "--spectra", "none", "--resume").ExitCode);
        Assert.False(Directory.Exists(folder["made.partial"]));
    }

    /// <summary>Two models of 200 MB; the process is killed three times, at points that a seed chooses.</summary>
    [Fact]
    public void A_merge_that_was_killed_three_times_has_the_same_bytes()
    {
        var recipe = Ties(Large("base", 0), Large("tuned", 1));
        var random = new Random(11);
        var tensors = 0;
        for (var kill = 0; kill < 3; kill++)
        {
            tensors += random.Next(2, 7);
            using var running = Started(recipe, "parts");
            WaitForTensors("parts", tensors);
            running.Kill();
            running.Finish(Tool.Patience);
        }

        Assert.False(Directory.Exists(folder["parts"]));
        Assert.Equal(0, Tool.Run("merge", recipe, folder["parts"], "--spectra", "none", "--resume").ExitCode);
        Assert.Equal(0, Tool.Run("merge", recipe, folder["whole"], "--spectra", "none").ExitCode);
        Assert.Equal(Digests("whole"), Digests("parts"));
    }

    private void RequireRefused(ToolResult result, string subject)
    {
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(subject, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["made"]) || Directory.Exists(folder["made.partial"]));
    }

    private RunningTool Started(string recipe, string name) =>
        Tool.Start("merge", recipe, folder[name], "--spectra", "none", "--threads", "1", "--resume");

    /// <summary>Until so many lines stand in the journal, the first of which is no tensor.</summary>
    private void WaitForTensors(string name, int tensors)
    {
        var journal = folder[Path.Combine($"{name}.partial", "merge.journal")];
        Assert.True(SpinWait.SpinUntil(() => Lines(journal) > tensors, Tool.Patience));
    }

    private static int Lines(string journal)
    {
        try
        {
            using var file = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Count(c => c == '\n');
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private string[] Digests(string name) =>
        [.. Directory.EnumerateFiles(folder[name]).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}")];

    private string Merged(string recipe, string name, string[] options, IEnumerable<(string Name, string Value)> environment)
    {
        var result = Tool.Run(["merge", recipe, folder[name], .. options], environment);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return string.Join('\n', Digests(name));
    }

    private string Recipe(string text) => folder.Write("recipe.yml", System.Text.Encoding.UTF8.GetBytes(text));

    private string Ties(string origin, string tuned) => Recipe($"merge_method: ties\nbase_model: {origin}\nmodels: [{{model: {tuned}, parameters: {{weight: 1, density: 0.5}}}}]");

    private string Masked() => Masked(Repository.UntrainedTinyGpt, Repository.TinyGpt);

    private string Masked(string origin, string tuned) =>
        Recipe($"merge_method: dare_ties\nbase_model: {origin}\nmodels: [{{model: {tuned}, parameters: {{weight: 0.7, density: 0.4}}}}]\nparameters: {{normalize: false}}");

    /// <summary>A model of <see cref="Shapes"/>.</summary>
    private string AroundBlocks(string name, int seed)
    {
        folder.MakeFolder(name);
        return folder.Write($"{name}/model.safetensors", SafeTensors.Of([.. Shapes.Select((shape, place) => RandomWeights.Tensor($"{place}.weight", seed + place, shape))]));
    }

    private string Small(string name, params (string Name, int[] Shape)[] tensors)
    {
        folder.MakeFolder(name);
        return folder.Write($"{name}/model.safetensors", SafeTensors.Of([.. tensors.Select(tensor => (tensor.Name, tensor.Shape, Enumerable.Range(0, tensor.Shape[0] * tensor.Shape[1]).Select(i => i + name[0] + 0.5f).ToArray()))]));
    }

    /// <summary>Fifty matrices of four megabytes, each the one before moved on by an element.</summary>
    private string Large(string name, int seed)
    {
        const int Count = 50, Bytes = 4 << 20;
        folder.MakeFolder(name);
        var data = new byte[Count * Bytes];
        var drawn = MemoryMarshal.AsBytes<float>(RandomWeights.Uniform((Bytes / sizeof(float)) + Count, seed));
        for (var i = 0; i < Count; i++)
        {
            drawn.Slice(sizeof(float) * i, Bytes).CopyTo(data.AsSpan(i * Bytes));
        }

        var entries = Enumerable.Range(0, Count).Select(i => SafeTensors.Entry($"layers.{i}.weight", "F32", [1024, 1024], i * Bytes, (i + 1) * Bytes));
        return folder.Write($"{name}/model.safetensors", SafeTensors.Of($"{{{string.Join(',', entries)}}}", data));
    }
}
