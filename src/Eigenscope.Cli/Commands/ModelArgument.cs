using System.CommandLine;
using System.CommandLine.Parsing;

namespace Eigenscope.Cli.Commands;

/// <summary>The argument that names a model.</summary>
internal static class ModelArgument
{
    private const string Description = "a weight file, a folder of them, hf://ORG/MODEL or a URL";

    /// <summary>True for an address, false for a path.</summary>
    public static bool IsAddress(string model) => model.Contains("://", StringComparison.Ordinal);

    public static Argument<string> One() => Checked(new Argument<string>("MODEL") { Description = Description });

    public static Argument<string[]> Several() =>
        Checked(new Argument<string[]>("MODEL") { Description = $"{Description}; several are analysed one after another", Arity = ArgumentArity.OneOrMore });

    public static Argument<string[]> Compared() =>
        Checked(new Argument<string[]>("MODEL") { Description = $"{Description}; two or more, each compared with the last", Arity = ArgumentArity.OneOrMore });

    public static Argument<string[]> Checkpoints() =>
        Checked(new Argument<string[]>("CHECKPOINT") { Description = "a folder of checkpoints, a pattern such as 'run/*.pt', weight files or folders of one, hf://ORG/MODEL@REVISION; ordered by step in name, trainer's state, or time of writing", Arity = ArgumentArity.OneOrMore });

    public static Argument<string[]> OrResults() =>
        Checked(new Argument<string[]>("MODEL_OR_RESULT") { Description = $"{Description}, or a result that analyze --format json wrote; several are shown side by side, and without any there are only the lessons", Arity = ArgumentArity.ZeroOrMore });

    /// <summary>What looks like an option and is none is a mistake, not a path; ./-name reaches a file that begins with a hyphen.</summary>
    private static T Checked<T>(T argument)
        where T : Argument
    {
        argument.Validators.Add(RequireNoHyphen);
        return argument;
    }

    private static void RequireNoHyphen(ArgumentResult argument)
    {
        foreach (var token in argument.Tokens.Where(token => token.Value.StartsWith('-')))
        {
            argument.AddError($"unknown option '{token.Value}'");
        }
    }
}
