using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Eigenscope.Cli.Commands;

/// <summary>An option that takes the seed of something drawn at random: any whole number of 64 bits.</summary>
internal static class SeedOption
{
    /// <summary>0 where it is not given.</summary>
    public static Option<long> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => 0,
        CustomParser = argument => Parse(name, argument) ?? 0,
    };

    /// <summary>Null where it is not given.</summary>
    public static Option<long?> Optional(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument => Parse(name, argument),
    };

    private static long? Parse(string name, ArgumentResult argument)
    {
        if (long.TryParse(argument.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
        {
            return seed;
        }

        argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a whole number");
        return null;
    }
}
