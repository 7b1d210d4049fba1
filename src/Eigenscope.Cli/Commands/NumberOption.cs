using System.CommandLine;
using System.Globalization;

namespace Eigenscope.Cli.Commands;

/// <summary>An option that takes a number from a range, and is null where it is not given.</summary>
internal static class NumberOption
{
    /// <summary>A whole number.</summary>
    public static Option<int?> Whole(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            {
                return value;
            }

            argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a whole number {(most == int.MaxValue ? $"of {least} or more" : $"from {least} to {most}")}");
            return null;
        },
    };

    /// <summary>A finite number.</summary>
    public static Option<double?> Real(string name, string description, double least, double most) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = argument =>
        {
            if (double.TryParse(argument.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= least && value <= most)
            {
                return value;
            }

            argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a number {(most == double.MaxValue ? $"of {least} or more" : $"from {least} to {most}")}");
            return null;
        },
    };
}
