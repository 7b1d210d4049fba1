using Eigenscope.Cli;
using Eigenscope.Cli.Recipes;
using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Recipes;

public sealed class YamlRecipeTests
{
    [Fact]
    public void A_tree_has_texts_lists_and_maps_with_their_places()
    {
        var root = YamlRecipe.Parse("recipe.yml", "# a comment\nname: 'quoted'\nlist: [1, two]\nmap:\n  inner: ~\n");
        Assert.Equal(["name", "list", "map"], root.Entries.Select(entry => entry.Name));
        Assert.Equal([2, 3, 4], root.Entries.Select(entry => entry.Line));
        var quoted = root["name"]!;
        Assert.Equal(("quoted", true, 2, 7), (quoted.Text, quoted.IsQuoted, quoted.Line, quoted.Column));
        Assert.Equal([("1", false), ("two", false)], root["list"]!.Items.Select(item => (item.Text, item.IsQuoted)));
        Assert.Equal(RecipeNodeKind.Map, root["map"]!.Kind);
        Assert.Null(root["map"]!["inner"]);
    }

    [Fact]
    public void An_alias_is_what_it_stands_for()
    {
        var root = YamlRecipe.Parse("recipe.yml", "a: &x {weight: [1, 2]}\nb: *x\n");
        Assert.Same(root["a"], root["b"]);
    }

    [Theory]
    [InlineData("a: 1\nb:\n\t- x", "recipe.yml:3: a tab in the indentation, where YAML takes blanks only")]
    [InlineData("a: 1\nb: 2\na: 3", "recipe.yml:3: 'a' is given twice, first on line 1")]
    [InlineData("a: {x: 1, x: 2}", "recipe.yml:1: 'x' is given twice, first on line 1")]
    [InlineData("a: 1\n---\nb: 2", "recipe.yml:2: a second document begins, and a recipe is one: write a file for each")]
    [InlineData("", "recipe.yml:1: the recipe is empty")]
    [InlineData("# nothing", "recipe.yml:1: the recipe is empty")]
    [InlineData("a: *x", "recipe.yml:1: '*x' stands for nothing: no '&x' ends before it")]
    [InlineData("a: &x [*x]", "recipe.yml:1: '*x' stands for nothing: no '&x' ends before it")]
    [InlineData("a: &x {b: 1}\nc:\n  <<: *x", "recipe.yml:3: merge keys (<<) are not read: write the keys out")]
    [InlineData("[a, b]: 1", "recipe.yml:1: a key is a text, and neither a list nor a map")]
    public void What_is_no_recipe_is_refused_in_one_line(string yaml, string message) => Assert.Equal(message, Refusal(yaml));

    [Theory]
    [InlineData("a: [1, 2", 1)]
    [InlineData("a: 1\nb: 'x", 2)]
    [InlineData("a: b: c", 1)]
    [InlineData("a: 1\n  b: 2", 2)]
    [InlineData("a: @x", 1)]
    [InlineData("a:\n  b: [1,\n  -1]", 2)]
    public void What_is_no_yaml_is_refused_with_its_line(string yaml, int line)
    {
        var message = Refusal(yaml);
        Assert.StartsWith($"recipe.yml:{line}: not YAML: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused()
    {
        var levels = string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 6))}]\n"));
        Assert.Contains("aliases", Refusal("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + levels), StringComparison.Ordinal);
        Assert.Contains("more than 64 aliases", Refusal("a: &a 1\nb: [" + string.Join(", ", Enumerable.Repeat("*a", 65)) + "]"), StringComparison.Ordinal);
        Assert.Contains("more than 32 levels", Refusal(new string('[', 100_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var absent = Path.Combine(folder.Path, "absent.yml");
        Assert.Equal($"{absent}: no such file", Assert.Throws<UsageException>(() => YamlRecipe.Read(absent)).Message);
        var binary = folder.Write("binary.yml", [0x61, 0xFF, 0xFE, 0x00]);
        Assert.Equal($"{binary}: not a text in UTF-8", Assert.Throws<UsageException>(() => YamlRecipe.Read(binary)).Message);
        var large = folder.Write("large.yml", new byte[(4 << 20) + 1]);
        Assert.Contains("a recipe has at most", Assert.Throws<UsageException>(() => YamlRecipe.Read(large)).Message, StringComparison.Ordinal);
        Assert.Equal("1", YamlRecipe.Read(folder.Write("good.yml", "a: 1"))["a"]!.Text);
    }

    /// <summary>Whatever is done to a recipe, it is read or refused in one line.</summary>
    [Fact]
    public void A_spoiled_recipe_is_read_or_refused()
    {
        var texts = Directory.EnumerateFiles(Path.Combine(SharedFiles.Repository, "samples", "recipes"), "*.yml").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var random = new SplitMix64(20261129);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = Spoiled(texts[round % texts.Count], ref random);
            try
            {
                Recipe.Of(YamlRecipe.Parse("recipe.yml", text), new RecipeOptions("recipe.yml") { Methods = NamedMethod.Table, Exists = _ => false });
            }
            catch (UsageException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.InRange(refused, 1000, 19_000);
    }

    private static string Spoiled(string text, ref SplitMix64 random)
    {
        const string Marks = ":-[]{},&*!|>'\"%@`#? \t\n~0x";
        var spoiled = text;
        for (var i = random.Next() % 4; ; i--)
        {
            var at = (int)(random.Next() % (ulong)spoiled.Length);
            var mark = Marks[(int)(random.Next() % (ulong)Marks.Length)];
            spoiled = (random.Next() % 3) switch
            {
                0 => spoiled.Remove(at, 1) + " ",
                1 => spoiled.Insert(at, mark.ToString()),
                _ => string.Concat(spoiled.AsSpan(0, at), mark.ToString(), spoiled.AsSpan(at + 1)),
            };
            if (i == 0)
            {
                return spoiled;
            }
        }
    }

    private static string Refusal(string yaml) => Assert.Throws<UsageException>(() => YamlRecipe.Parse("recipe.yml", yaml)).Message;
}
