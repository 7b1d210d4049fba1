using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Models;

namespace Eigenscope.Cli.Commands;

/// <summary>The options that cut attention into its heads.</summary>
internal sealed class HeadOptions
{
    private readonly Option<string?> split = ChoiceOption.Create("--split", "a row for each attention head, beside the whole", hasDefault: false, "heads");
    private readonly Option<AttentionHeads?> heads = new("--heads") { Description = "how many heads there are, where the model does not say: N, or N,K for K key and value heads", HelpName = "N[,K]", CustomParser = Parse };

    /// <summary>Both options.</summary>
    public IReadOnlyList<Option> All => [split, heads];

    /// <summary>Whether heads are asked for, and how many there are.</summary>
    public (bool Split, AttentionHeads? Heads) Read(ParseResult parsed) => (parsed.GetValue(split) is not null, parsed.GetValue(heads));

    private static AttentionHeads? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        var numbers = text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        if (numbers.Length is 1 or 2 && Array.TrueForAll(numbers, number => number > 0) && numbers[0] % numbers[^1] == 0)
        {
            return new AttentionHeads(numbers[0], numbers[^1]);
        }

        argument.AddError($"--heads '{text}' is not a number of heads such as 32, or 32,8 where each key and value serves several queries");
        return null;
    }
}
