using System.CommandLine;

namespace Eigenscope.Cli.Commands;

/// <summary>An option that takes a size in bytes as people write it (<see cref="ByteSize"/>).</summary>
internal static class SizeOption
{
    /// <summary>Makes the option; null where it is not given and has no default.</summary>
    public static Option<long?> Create(string name, string description, long? standard = null)
    {
        var option = new Option<long?>(name)
        {
            Description = description,
            HelpName = "SIZE",
            CustomParser = argument =>
            {
                if (ByteSize.TryParse(argument.Tokens[0].Value, out var bytes))
                {
                    return bytes;
                }

                argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a size such as 512MB or 4GiB");
                return null;
            },
        };
        if (standard is { } given)
        {
            option.DefaultValueFactory = _ => given;
        }

        return option;
    }
}
