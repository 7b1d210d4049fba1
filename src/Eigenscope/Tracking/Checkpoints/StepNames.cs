using System.Globalization;
using System.Text.RegularExpressions;

namespace Eigenscope.Tracking;

/// <summary>
/// The numbers in the names of checkpoints. A word before a number tells what it counts (<c>epoch=3-step=1200</c>); where no word does, it is the last number that differs between the names.
/// </summary>
internal static partial class StepNames
{
    /// <summary>Words that trainers put before a number, the one that says most first; each with what it counts.</summary>
    private static readonly (string Word, string Unit)[] Words =
    [
        ("step", "step"), ("steps", "step"), ("update", "step"), ("updates", "step"), ("batch", "step"), ("iteration", "iteration"), ("iterations", "iteration"), ("iter", "iteration"), ("it", "iteration"),
        ("checkpoint", "step"), ("ckpt", "step"), ("epoch", "epoch"), ("epochs", "epoch"), ("ep", "epoch"), ("tokens", "token"),
    ];

    private static readonly (char Suffix, long Factor)[] Factors = [('k', 1_000), ('m', 1_000_000), ('b', 1_000_000_000)];

    /// <summary>The step of each name, all of one unit; null where the names do not tell all of them apart.</summary>
    /// <param name="names">The names, at least one.</param>
    public static (string Unit, IReadOnlyList<long> Steps)? Of(IReadOnlyList<string> names)
    {
        var numbers = names.Select(NumbersOf).ToList();
        return Words.Select(word => OfWord(word, numbers)).FirstOrDefault(found => found is not null) ?? ByPlace(numbers);
    }

    /// <summary>True where a word of a name tells what a number of it counts.</summary>
    public static bool HasWord(string name) => NumbersOf(name).Exists(number => Array.Exists(Words, word => word.Word == number.Word));

    private static (string Unit, IReadOnlyList<long> Steps)? OfWord((string Word, string Unit) word, List<List<(string Word, long Value)>> numbers)
    {
        var steps = numbers.ConvertAll(own => own.FindIndex(number => number.Word == word.Word) is >= 0 and var at ? own[at].Value : (long?)null);
        return IsAll(steps) ? (word.Unit, [.. steps.OfType<long>()]) : null;
    }

    /// <summary>The last number that every name has at its place from the end, and that differs; no name may have another count of numbers.</summary>
    private static (string Unit, IReadOnlyList<long> Steps)? ByPlace(List<List<(string Word, long Value)>> numbers)
    {
        var count = numbers[0].Count;
        if (numbers.Exists(own => own.Count != count))
        {
            return null;
        }

        for (var place = count - 1; place >= 0; place--)
        {
            var steps = numbers.ConvertAll(own => (long?)own[place].Value);
            if (IsAll(steps))
            {
                return ("step", [.. steps.OfType<long>()]);
            }
        }

        return null;
    }

    private static bool IsAll(List<long?> steps) => steps.TrueForAll(step => step is not null) && steps.Distinct().Count() == steps.Count;

    private static List<(string Word, long Value)> NumbersOf(string name) =>
        [.. Number().Matches(name).Select(match => (match.Groups["word"].Value.ToLowerInvariant(), ValueOf(match))).Where(number => number.Item2 is not null).Select(number => (number.Item1, number.Item2!.Value))];

    private static long? ValueOf(Match match)
    {
        var factor = match.Groups["suffix"] is { Success: true, Value: [var suffix] } ? Array.Find(Factors, one => one.Suffix == char.ToLowerInvariant(suffix)).Factor : 1;
        return long.TryParse(match.Groups["digits"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= long.MaxValue / factor ? value * factor : null;
    }

    [GeneratedRegex(@"(?:(?<word>[A-Za-z]+)[-_=. ]?)?(?<digits>\d+)(?<suffix>[kKmMbB](?![A-Za-z0-9]))?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
