using System.CommandLine;

namespace Eigenscope.Cli.Commands;

/// <summary>An option that takes one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>Makes the option; its first choice is the default where <paramref name="hasDefault"/> says so.</summary>
    public static Option<string?> Create(string name, string description, bool hasDefault, params string[] choices)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', choices) };
        if (hasDefault)
        {
            option.DefaultValueFactory = _ => choices[0];
        }

        option.CompletionSources.Add(choices);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !choices.Contains(token.Value)))
            {
                result.AddError($"{name} '{token.Value}' is none of {string.Join(", ", choices)}");
            }
        });
        return option;
    }
}
