using System.Text;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>What <c>merge</c> and <c>merge --plan</c> print for people.</summary>
public sealed class MergeTableTests : IDisposable
{
    private const int Narrow = 60;
    private const int Blocks = 201;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_models_the_tensors_and_what_to_do_next_are_told()
    {
        var result = Tool.Run(["merge", Recipe("task_arithmetic"), folder["made"]], [("COLUMNS", "400")]);

        var lines = result.Output.Split('\n');
        Assert.Equal("task_arithmetic of 2 models", lines[0]);
        Assert.Equal($"A  {Repository.UntrainedTinyGpt}: safetensors, 3,257,856 parameters; the base", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("transformer.h.0.attn.c_attn ", StringComparison.Ordinal) && line.Contains(" → ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("the merged change is ", StringComparison.Ordinal) && line.Contains("of the norm of the base, 0.50 times the plain average of the changes", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("mean alpha ", StringComparison.Ordinal) && line.EndsWith(" over 18 tensors", StringComparison.Ordinal));
        Assert.Contains($"52 tensors written to {folder["made"]}", lines);
        Assert.Contains($"next: eigenscope compare {folder["made"]} {Repository.UntrainedTinyGpt}", lines);
        Assert.DoesNotContain("arXiv", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ties")]
    [InlineData("tsv_m")]
    public void Other_methods_come_with_what_is_known_of_them(string method) =>
        Assert.Contains("only plain task arithmetic reliably improved on the base", Tool.Run(["merge", Recipe(method), folder["made"], "--spectra", "none"], [("COLUMNS", "400")]).Output, StringComparison.Ordinal);

    [Fact]
    public void A_narrow_terminal_has_no_longer_lines()
    {
        var lines = Tool.Run(["merge", Recipe("task_arithmetic"), folder["made"]], [("COLUMNS", "60")]).Output.Split('\n').Where(line => !line.Contains('/', StringComparison.Ordinal)).ToList();

        Assert.All(lines, line => Assert.True(line.Length <= Narrow, line));
        Assert.Contains(lines, line => line.StartsWith("h.0.attn.c_attn ", StringComparison.Ordinal) && line.Contains("sum of changes", StringComparison.Ordinal));
    }

    [Fact]
    public void Warnings_that_differ_in_numbers_are_told_once()
    {
        var result = Tool.Run(["merge", Recipe("task_arithmetic", "0.001", "out_dtype: bfloat16"), folder["made"], "--spectra", "none"], [("COLUMNS", "400")]);

        var warning = Assert.Single(result.Output.Split('\n'), line => line.StartsWith("! rounding to BF16 loses ", StringComparison.Ordinal));
        Assert.EndsWith(" more tensors)", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_copied_is_one_line()
    {
        var recipe = folder.Write("recipe.yml", Encoding.UTF8.GetBytes($"merge_method: passthrough\nmodels: [{{model: {Repository.TinyGpt}}}]\n"));

        var result = Tool.Run("merge", recipe, folder["made"], "--spectra", "none");

        Assert.Contains("all 52 tensors were copied byte by byte: transformer.h.0.attn.c_attn.bias and 51 more tensors", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("plain average", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_changes_its_type_is_one_line()
    {
        var recipe = folder.Write("recipe.yml", Encoding.UTF8.GetBytes($"merge_method: passthrough\nmodels: [{{model: {Repository.TinyGpt}}}]\nout_dtype: float32\n"));

        var result = Tool.Run("merge", recipe, folder["made"], "--spectra", "none");

        Assert.Contains("all 52 tensors were stored in another type and else unchanged: transformer.h.0.attn.c_attn.bias and 51 more tensors", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Tensors of one kind and route become one line, whose change is that of all of them.</summary>
    [Fact]
    public void Very_many_tensors_are_told_by_kinds()
    {
        (string Name, int[] Shape, float[] Values)[] Of(float change) => [.. Enumerable.Range(0, Blocks).Select(i => ($"model.layers.{i}.mlp.up_proj.weight", (int[])[4, 3], Enumerable.Range(0, 12).Select(_ => 1 + change).ToArray()))];
        var (one, other) = (folder.Write("base.safetensors", SafeTensors.Of(Of(0))), folder.Write("tuned.safetensors", SafeTensors.Of(Of(0.25f))));
        var recipe = folder.Write("recipe.yml", Encoding.UTF8.GetBytes($"merge_method: task_arithmetic\nbase_model: {one}\nmodels: [{{model: {other}, parameters: {{weight: 1}}}}]\n"));

        var result = Tool.Run(["merge", recipe, folder["made"], "--spectra", "none"], [("COLUMNS", "120")]);

        var row = Assert.Single(result.Output.Split('\n'), line => line.StartsWith("model.layers", StringComparison.Ordinal));
        Assert.StartsWith($"model.layers.*.mlp.up_proj ({Blocks})", row, StringComparison.Ordinal);
        Assert.Contains("  25%", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60")]
    [InlineData("120")]
    public void A_plan_tells_what_is_made_and_what_it_takes(string columns)
    {
        var result = Tool.Run(["merge", Recipe("ties"), "--plan"], [("COLUMNS", columns)]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("ties, a plan: headers were read, nothing was", result.Output, StringComparison.Ordinal);
        Assert.Contains("makes 52 tensors", result.Output, StringComparison.Ordinal);
        Assert.Contains("nothing stands in the way", result.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^A .* base +3,257,856", result.Output);
    }

    [Fact]
    public void A_plan_tells_every_problem()
    {
        var recipe = folder.Write("recipe.yml", Encoding.UTF8.GetBytes($"merge_method: ties\nbase_model: {Repository.TinyGpt}\nmodels: [{{model: {folder["nowhere"]}}}, {{model: {folder["neither"]}}}]\n"));

        var result = Tool.Run("merge", recipe, "--plan");

        Assert.Equal(2, result.ExitCode);
        Assert.Matches("(?m)^[0-9]+ problems: the merge cannot be done as it is$", result.Output);
        Assert.Contains("nowhere", result.Output, StringComparison.Ordinal);
        Assert.Contains("neither", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("makes", result.Output, StringComparison.Ordinal);
    }

    private string Recipe(string method, string weight = "0.5", string more = "") =>
        folder.Write("recipe.yml", Encoding.UTF8.GetBytes($"merge_method: {method}\nbase_model: {Repository.UntrainedTinyGpt}\nmodels: [{{model: {Repository.TinyGpt}, parameters: {{weight: {weight}}}}}]\n{more}\n"));
}
