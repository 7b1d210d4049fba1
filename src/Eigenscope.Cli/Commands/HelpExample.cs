using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Eigenscope.Cli.Commands;

/// <summary>Help that ends with an example to copy.</summary>
internal static class HelpExample
{
    public static void AddTo(Command command, string example)
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }

        help.Action = new Shown((HelpAction)help.Action!, example);
    }

    private sealed class Shown(HelpAction help, string example) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            HideArgumentsBefore(parseResult.CommandResult.Command);
            var code = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {example}\n");
            return code;
        }

        /// <summary>What the commands before it take is none of its own.</summary>
        private static void HideArgumentsBefore(Command command)
        {
            foreach (var argument in command.Parents.OfType<Command>().SelectMany(before => before.Arguments))
            {
                argument.Hidden = true;
            }
        }
    }
}
